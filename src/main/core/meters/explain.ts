import type { Checked, Output } from '#shared/contract/index.ts'
import { nextBucket, SECOND, startOfBucket, type ZoneOffset } from '#shared/time.ts'
import type { Effective } from './effective.ts'
import { figure, registerOf, type DecisionReader, type EventReader } from './event-rows.ts'
import type { Located } from './locate.ts'
import type { createSeries } from './series.ts'
import type { Usage } from './usage.ts'
import { meterIdOf } from './rows.ts'
import type { Register } from './usage-tables.ts'

/** Readings listed of one bucket. */
const MOST_READINGS = 200

type Explained = Output<'meters.explain'>

interface Parts {
  readonly effective: Effective
  readonly usage: Usage
  readonly events: EventReader
  readonly decisions: DecisionReader
  readonly series: ReturnType<typeof createSeries>
  zone(): ZoneOffset
}

/** Says of one figure what it is made of; usage itself comes from where the chart's comes from. */
export function createExplain(parts: Parts) {
  const { effective, usage, events, decisions, zone } = parts
  return async (meter: Located, { at, bucket }: Checked<'meters.explain'>): Promise<Explained> => {
    const from = startOfBucket(at, bucket, zone())
    const to = nextBucket(from, bucket, zone())
    const [after, upTo] = [from / SECOND, to / SECOND]
    const asked = [{ key: meter.key, id: meterIdOf(meter.source, meter.deviceId) }]
    const { rows } = await usage.rows(asked, { from, to }, bucket)
    const start = effective.upTo(meter.key, after, 1)[0] ?? null
    const last = effective.upTo(meter.key, upTo, 1)[0] ?? null
    const end = last && last.at > after ? last : null
    const since = start?.at ?? after
    return {
      from,
      to,
      usage: rows[0]?.usage ?? null,
      state: rows[0]?.state ?? 'gap',
      start: start && registerOf(start),
      end: end && registerOf(end),
      difference: start && end ? figure(end.value - start.value) : null,
      ...readingsOf(parts, meter.key, start, [after, upTo]),
      events: events.between(meter.key, since, end?.at ?? upTo),
      decisions: decisions.between(meter, since - 1, upTo),
    }
  }
}

/** The bucket is (after, upTo]: a reading exactly at its end belongs to it. */
function readingsOf(
  { series }: Parts,
  meter: number,
  start: Register | null,
  [after, upTo]: readonly [number, number],
): Pick<Explained, 'readings' | 'readingsTotal'> {
  const range = { from: (after + 1) * SECOND, to: (upTo + 1) * SECOND, limit: MOST_READINGS }
  const { rows, total } = series(meter, range)
  let before = start?.value ?? null
  const readings = rows.map(({ at, value, flags, original }) => {
    const counts = !flags?.includes('ignored')
    const scaled = Math.round(Number(value) * 10_000)
    const difference = counts && before !== null ? figure(scaled - before) : null
    if (counts) before = scaled
    return { at, value, difference, ...(flags ? { flags } : {}), ...(original ? { original } : {}) }
  })
  return { readings, readingsTotal: total }
}
