import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { clockHours } from '#shared/hours.ts'
import { formatDay, startOfDay, toCalendar } from '#shared/time.ts'
import { useKeyHint } from '../../../app/keys.tsx'
import { useSite } from '../../../app/site.tsx'
import { State } from '../../../ui/figures.tsx'
import { LockMark } from '../../timesheets/LockMark.tsx'
import type { Lock } from '../../timesheets/lock.ts'
import { weeksOf } from '../span.ts'
import { daysOf, type CalendarRow, type Day } from './days.ts'

const WEEK = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7'] as const
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

interface Props {
  readonly month: string
  readonly lock: Lock | null
  readonly rows: readonly CalendarRow[]
  readonly day: number | null
  readonly onDay: (day: number) => void
}

/** The days of a month, Monday first; arrows choose one. */
export function MonthGrid({ month, lock, rows, day, onDay }: Props) {
  const { t } = useTranslation()
  const { zone } = useSite()
  useKeyHint('← → ↑ ↓', 'attendance.calendar.key.day')
  const table = useRef<HTMLTableElement>(null)
  const weeks = weeksOf(month, zone)
  const known = weeks.flat().filter((one) => one !== null)
  const days = daysOf(rows)
  const at = known.indexOf(day ?? -1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const to = step === undefined ? undefined : known[Math.max(0, at) + (at < 0 ? 0 : step)]
    if (to === undefined) return
    event.preventDefault()
    onDay(to)
    table.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus()
  }
  return (
    <table className="att-month-grid" ref={table} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {WEEK.map((one) => (
            <th key={one} scope="col">
              {t(`attendance.calendar.week.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, w) => (
          <tr key={week.find((one) => one !== null)}>
            {week.map((one, i) =>
              one === null ? (
                <td key={`${w}-${WEEK[i] ?? ''}`} />
              ) : (
                <td key={one} data-chosen={one === day ? '' : undefined}>
                  <OneDay
                    at={one}
                    lock={lock}
                    day={days.get(one)}
                    chosen={one === day}
                    first={at < 0 && one === known[0]}
                    onDay={onDay}
                  />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function OneDay(props: {
  at: number
  lock: Lock | null
  day: Day | undefined
  chosen: boolean
  first: boolean
  onDay: (day: number) => void
}) {
  const { at, day, chosen } = props
  const { t } = useTranslation()
  const { zone, now } = useSite()
  const today = startOfDay(now(), zone) === at
  return (
    <button
      type="button"
      className="att-day"
      data-day={at}
      data-today={today ? '' : undefined}
      aria-pressed={chosen}
      title={formatDay(at, zone)}
      tabIndex={chosen || props.first ? 0 : -1}
      onClick={() => props.onDay(at)}
    >
      <span className="att-day-number sd-figure">
        {toCalendar(at, zone).day} <LockMark lock={props.lock} at={at} />
      </span>
      {day ? (
        <span className="att-day-what">
          <span className="sd-figure att-day-sums">
            <span>{t('attendance.people', { n: day.people })}</span>
            <span>{clockHours(day.minutes)}</span>
          </span>
          <Loud day={day} />
        </span>
      ) : null}
    </button>
  )
}

const LOUD = [
  ['forgotten', 'bad'],
  ['late', 'bad'],
  ['corrections', 'attention'],
  ['pending', 'attention'],
  ['open', 'good'],
] as const

/** What needs a person on that day, the worst first. */
function Loud({ day }: { day: Day }) {
  const { t } = useTranslation()
  return LOUD.map(([key, tone]) =>
    day[key] > 0 ? (
      <State key={key} tone={tone}>
        {t(`attendance.calendar.${key}`, { n: day[key] })}
      </State>
    ) : null,
  )
}
