import { memo, useCallback, useMemo, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { DAY } from '#shared/time.ts'
import { formatNumber } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import {
  CELL_STATES,
  countStates,
  dayByKey,
  isPicked,
  weeksOf,
  type Cell,
  type CoverageDay,
  type Picked,
  type Week,
} from './coverage-grid.ts'
import './coverage.css'

interface Props {
  readonly days: readonly CoverageDay[]
  readonly from: number
  readonly to: number
  readonly picked: Picked | null
  onPick(picked: Picked): void
}

/** The gap map: one square a day, picked with the pointer or the arrow keys; the one pointed at is told below. */
export function CoverageCalendar({ days, from, to, picked, onPick }: Props) {
  const { zone } = useFormat()
  const { t } = useTranslation()
  const weeks = useMemo(() => weeksOf(days, from, to, zone), [days, from, to, zone])
  const grid = useRef<HTMLDivElement>(null)
  const [reached, setReached] = useState(to - DAY)
  const [told, tell] = useState<number | null>(null)
  const focused = reached >= from && reached < to ? reached : to - DAY
  const pointAt = (event: SyntheticEvent) => tell(dayOf(event.target))
  const anchor = picked?.anchor
  const onDay = useCallback(
    (day: number, extend: boolean) => {
      setReached(day)
      onPick({ anchor: extend && anchor !== undefined ? anchor : day, end: day })
    },
    [anchor, onPick],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayByKey(event.key, focused, from, to)
    if (next === null) return
    event.preventDefault()
    setReached(next)
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${next}"]`)?.focus()
  }
  return (
    <>
      <div className="coverage-scroll">
        <Weekdays />
        <div
          ref={grid}
          className="coverage-grid"
          role="group"
          aria-label={t('sync.coverage.label')}
          onKeyDown={onKeyDown}
          onMouseOver={pointAt}
          onMouseLeave={() => tell(null)}
          onFocus={pointAt}
          onBlur={() => tell(null)}
        >
          {weeks.map((week) => (
            <WeekColumn
              key={week.cells.find((cell) => cell)?.day}
              week={week}
              focused={focused}
              picked={picked}
              onDay={onDay}
            />
          ))}
        </div>
      </div>
      <Legend weeks={weeks} told={told} />
    </>
  )
}

function dayOf(target: EventTarget): number | null {
  const day = target instanceof HTMLElement ? target.dataset['day'] : undefined
  return day === undefined ? null : Number(day)
}

function Weekdays() {
  const { t } = useTranslation()
  const rows = [
    t('sync.coverage.monday'),
    '',
    t('sync.coverage.wednesday'),
    '',
    t('sync.coverage.friday'),
    '',
    '',
  ]
  return (
    <div className="coverage-weekdays" aria-hidden>
      <span />
      {rows.map((text, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- seven fixed rows
        <span key={i} className="coverage-weekday">
          {text}
        </span>
      ))}
    </div>
  )
}

interface WeekProps {
  readonly week: Week
  readonly focused: number
  readonly picked: Picked | null
  readonly onDay: (day: number, extend: boolean) => void
}

function WeekColumn({ week, focused, picked, onDay }: WeekProps) {
  const { i18n } = useTranslation()
  return (
    <>
      <span className="coverage-month" aria-hidden>
        {week.month === null ? '' : monthName(week.month, i18n.language)}
      </span>
      {week.cells.map((cell, i) =>
        cell ? (
          <Day
            key={cell.day}
            cell={cell}
            focusable={cell.day === focused}
            selected={isPicked(cell.day, picked)}
            onDay={onDay}
          />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- empty slots of a fixed week
          <span key={i} />
        ),
      )}
    </>
  )
}

/** `3月`, `Mar` */
const monthName = (month: number, language: string) =>
  new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1))

interface DayProps {
  readonly cell: Cell
  readonly focusable: boolean
  readonly selected: boolean
  readonly onDay: (day: number, extend: boolean) => void
}

const Day = memo(function Day({ cell, focusable, selected, onDay }: DayProps) {
  return (
    <button
      type="button"
      className={`coverage-day coverage-${cell.state}`}
      data-day={cell.day}
      aria-label={useCellText()(cell)}
      aria-pressed={selected}
      tabIndex={focusable ? 0 : -1}
      onClick={(event) => onDay(cell.day, event.shiftKey)}
    />
  )
})

function useCellText() {
  const { t } = useTranslation()
  const format = useFormat()
  return (cell: Cell) =>
    t('sync.coverage.cell', {
      day: format.full(cell.day).slice(0, 10),
      state: t(`sync.coverage.${cell.state}`),
      readings: formatNumber(cell.readings),
    })
}

function Legend({ weeks, told }: { weeks: readonly Week[]; told: number | null }) {
  const { t } = useTranslation()
  const counts = countStates(weeks)
  const cell = told === null ? null : weeks.flatMap((week) => week.cells).find((one) => one?.day === told)
  return (
    <div className="coverage-legend">
      {CELL_STATES.filter((state) => counts[state] > 0 || state === 'complete').map((state) => (
        <span key={state}>
          <i className={`coverage-day coverage-${state}`} />
          {t(`sync.coverage.${state}`)} {counts[state]}
        </span>
      ))}
      {cell ? <Told cell={cell} /> : null}
    </div>
  )
}

function Told({ cell }: { cell: Cell }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useCellText()(cell)
  const fetched =
    cell.fetchedAt === null ? '' : t('sync.coverage.fetchedAt', { time: format.time(cell.fetchedAt) })
  return <strong className="coverage-told">{[text, fetched].filter(Boolean).join(' · ')}</strong>
}
