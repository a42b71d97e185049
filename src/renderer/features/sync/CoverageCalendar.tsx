import { Tooltip } from 'antd'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { DAY } from '#shared/time.ts'
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

/** The gap map: one square a day, picked with the pointer or the arrow keys. */
export function CoverageCalendar({ days, from, to, picked, onPick }: Props) {
  const { zone } = useFormat()
  const { t } = useTranslation()
  const weeks = useMemo(() => weeksOf(days, from, to, zone), [days, from, to, zone])
  const grid = useRef<HTMLDivElement>(null)
  const [reached, setReached] = useState(to - DAY)
  const focused = reached >= from && reached < to ? reached : to - DAY
  const pick = (day: number, extend: boolean) =>
    onPick({ anchor: extend && picked ? picked.anchor : day, end: day })
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
        <div style={{ display: 'flex' }}>
          <Weekdays />
          <div
            ref={grid}
            className="coverage-grid"
            role="group"
            aria-label={t('sync.coverage.label')}
            onKeyDown={onKeyDown}
          >
            {weeks.map((week) => (
              <WeekColumn
                key={week.cells.find((cell) => cell)?.day}
                week={week}
                focused={focused}
                picked={picked}
                onPick={(day, extend) => {
                  setReached(day)
                  pick(day, extend)
                }}
              />
            ))}
          </div>
        </div>
      </div>
      <Legend weeks={weeks} />
    </>
  )
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
  onPick(day: number, extend: boolean): void
}

function WeekColumn({ week, focused, picked, onPick }: WeekProps) {
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
            onPick={onPick}
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
  onPick(day: number, extend: boolean): void
}

function Day({ cell, focusable, selected, onPick }: DayProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = t('sync.coverage.cell', {
    day: format.full(cell.day).slice(0, 10),
    state: t(`sync.coverage.${cell.state}`),
    readings: cell.readings,
  })
  const fetched =
    cell.fetchedAt === null ? '' : t('sync.coverage.fetchedAt', { time: format.time(cell.fetchedAt) })
  return (
    <Tooltip title={fetched ? `${text} · ${fetched}` : text} mouseEnterDelay={0.15}>
      <button
        type="button"
        className={`coverage-day coverage-${cell.state}`}
        data-day={cell.day}
        aria-label={text}
        aria-pressed={selected}
        tabIndex={focusable ? 0 : -1}
        onClick={(event) => onPick(cell.day, event.shiftKey)}
      />
    </Tooltip>
  )
}

function Legend({ weeks }: { weeks: readonly Week[] }) {
  const { t } = useTranslation()
  const counts = countStates(weeks)
  return (
    <div className="coverage-legend">
      {CELL_STATES.filter((state) => counts[state] > 0 || state === 'complete').map((state) => (
        <span key={state}>
          <i className={`coverage-day coverage-${state}`} />
          {t(`sync.coverage.${state}`)} {counts[state]}
        </span>
      ))}
    </div>
  )
}
