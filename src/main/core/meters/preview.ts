import type { Checked, Output } from '#shared/contract/index.ts'
import { SECOND, type ZoneOffset } from '#shared/time.ts'
import { stepOf } from './check.ts'
import { dayOfReading, dayStartSecond } from './daily.ts'
import type { Effective } from './effective.ts'
import { fallOf, NEIGHBOURS, type RegisterEvent } from './events.ts'
import { usageBetween, type Mark, type Marks } from './marks.ts'
import { usageText } from './usage-rows.ts'
import { MEASURED, RESET, type Register } from './usage-tables.ts'

type Days = Output<'meters.previewDecision'>['days']
type Cell = Days[number]['before']

/** What is to be tried, in the units of the store. */
export interface Trial {
  /** readings that do not count */
  readonly ignored: readonly number[]
  readonly value: Register | null
  readonly estimated: boolean
  /** of a fall or jump at `at` */
  readonly step: (Parameters<typeof stepOf>[0] & { readonly at: number }) | null
}

interface Parts {
  readonly effective: Effective
  readonly marks: Marks
  zone(): ZoneOffset
}

/** Days before and after the reading that are shown. */
const AROUND = 2

/** The days around a reading as they are and as they would be; nothing is written. */
export function createPreview({ effective, marks, zone }: Parts) {
  return (meter: number, { at }: Pick<Checked<'meters.previewDecision'>, 'at'>, trial: Trial): Days => {
    const day = dayOfReading(Math.floor(at / SECOND), zone())
    const first = day - AROUND
    const [start, end] = [dayStartSecond(first - 1, zone()), dayStartSecond(day + AROUND + 1, zone())]
    const beyond = effective.after(meter, end, NEIGHBOURS)
    const earlier = effective.upTo(meter, start, NEIGHBOURS).toReversed()
    const inside = effective.between(meter, start, end).map(([second, value]) => ({ at: second, value }))
    const readings = [...earlier, ...inside, ...beyond]
    const held = marks.of([meter], earlier[0]?.at ?? start, end).get(meter) ?? []
    const tried = applied(readings, trial)
    const shown = { first, count: AROUND * 2 + 1, zone: zone() }
    const before = cells(readings, held, shown)
    const after = cells(tried, marksAfter(tried, held, trial), shown)
    return before.map((cell, i) => ({
      day: dayStartSecond(first + i, zone()) * SECOND,
      before: cell,
      after: after[i] ?? { usage: null, state: 'gap' },
    }))
  }
}

function applied(readings: readonly Register[], { ignored, value }: Trial): Register[] {
  const left = readings.filter(({ at }) => !ignored.includes(at) && at !== value?.at)
  return value ? [...left, value].toSorted((a, b) => a.at - b.at) : left
}

/** Falls of the readings as they would be; what is decided already and what is tried no longer parks. */
function marksAfter(readings: readonly Register[], held: readonly Mark[], trial: Trial): Mark[] {
  const decided = held.filter((mark) => mark.step !== null)
  const marks: Mark[] = [...decided]
  if (trial.value && trial.estimated)
    marks.push({ kind: 'estimate', from: trial.value.at, to: trial.value.at, step: 0 })
  for (let i = 1; i < readings.length; i++) {
    const [p, q] = [readings[i - 1], readings[i]]
    if (!p || !q) continue
    if (trial.step?.at === q.at)
      marks.push({
        kind: 'tried',
        from: p.at,
        to: q.at,
        step: stepOf(trial.step, { before: p.value, value: q.value }),
      })
    else if (q.value < p.value && !decided.some((mark) => mark.from <= p.at && mark.to >= q.at))
      marks.push(
        parked(
          fallOf(
            readings.slice(Math.max(0, i - NEIGHBOURS), i).toReversed(),
            readings.slice(i, i + NEIGHBOURS),
            null,
          ),
          p,
          q,
        ),
      )
  }
  const stillJumps = held.filter(
    (mark) =>
      mark.step === null && mark.kind === 'jump' && trial.step?.at !== mark.to && pairStands(readings, mark),
  )
  return [...marks, ...stillJumps]
}

const pairStands = (readings: readonly Register[], mark: Mark) =>
  readings.some(({ at }, i) => at === mark.to && readings[i - 1]?.at === mark.from)

const parked = (event: RegisterEvent | null, p: Register, q: Register): Mark => ({
  kind: event?.kind ?? 'drop',
  from: event?.from.at ?? p.at,
  to: event?.to.at ?? q.at,
  step: null,
})

function cells(
  readings: readonly Register[],
  marks: readonly Mark[],
  { first, count, zone }: { first: number; count: number; zone: ZoneOffset },
): Cell[] {
  const ends = new Map<number, Register>()
  for (const reading of readings) ends.set(dayOfReading(reading.at, zone), reading)
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [ends.get(first + i - 1), ends.get(first + i)]
    if (!start || !end) return { usage: null, state: 'gap' as const }
    const { usage, state } = usageBetween(start, end, marks)
    if (state === RESET) return { usage: null, state: 'reset' as const }
    return {
      usage: usageText(usage),
      state: state === MEASURED ? ('measured' as const) : ('estimated' as const),
    }
  })
}
