import { notFound } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import { DEFAULT_SEARCH_ROWS } from '#shared/contract/search.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { Shown } from './as-of.ts'
import type { Attributes } from './attributes.ts'
import type { createBands } from './bands.ts'
import type { createConsumption, createHas } from './consumption.ts'
import type { DecisionOperations } from './decide.ts'
import type { Meters } from './index.ts'
import type { MeterList } from './list.ts'
import type { Located } from './locate.ts'
import { meterIdOf, meterRowOf, type StoredMeter } from './rows.ts'
import type { SearchIndex } from './search.ts'
import type { createSeries } from './series.ts'
import type { createSummary } from './summary.ts'
import type { Usage, UsageMeter } from './usage.ts'

interface Parts {
  readonly db: HistoryDatabase
  readonly attributes: Attributes
  readonly list: MeterList
  readonly index: SearchIndex
  readonly usage: Usage
  readonly bands: ReturnType<typeof createBands>
  readonly consumption: ReturnType<typeof createConsumption>
  readonly has: ReturnType<typeof createHas>
  readonly series: ReturnType<typeof createSeries>
  readonly summary: ReturnType<typeof createSummary>
  locate(meterId: string): Located | null
  /** resolves when usage is what readings and decisions say */
  settled(of?: readonly number[]): Promise<void>
  asOf(shown: Shown): number | null
}

export function createHandlers(parts: Parts): Omit<Meters['handlers'], DecisionOperations> {
  const { list, usage, series, summary, asOf } = parts
  const must = (meterId: string): Located => {
    const found = parts.locate(meterId)
    if (!found) throw notFound('meter', meterId)
    return found
  }
  const held = heldOf(parts.db)
  const entered = enteredOf(parts.attributes)
  const asked = askedMeters(parts.db, must)
  return {
    'meters.list': async (_, input) => ({ ...(await list.page(input)), asOf: asOf(input) }),
    'meters.get': (_, { meterId }) => {
      const meter = must(meterId)
      const { key, source, deviceId } = meter
      const row = list.byDevice(source, deviceId)
      if (!row) throw notFound('meter', meterId)
      return {
        ...(list.linked([row])[0] ?? meterRowOf(row)),
        ...held(key),
        has: parts.has(key),
        ...entered(meter),
        asOf: asOf({ source, tableNo: row.table_no }),
      }
    },
    'meters.summary': async () => {
      // today's page shows what is known; it asks again when more is
      return { ...(await summary()), asOf: asOf({}) }
    },
    'meters.readings': async (_, { meterId, ...range }) => {
      const { key, source, tableNo } = must(meterId)
      await parts.settled([key])
      return { ...series(key, range), asOf: asOf({ source, tableNo, from: range.from, to: range.to }) }
    },
    'meters.bands': (_, { meterId, ...range }) => {
      const { key, source, tableNo } = must(meterId)
      const dataset = 'bands' as const
      const shown = { source, tableNo, dataset, from: range.from, to: range.to }
      return { ...parts.bands(key, range), asOf: asOf(shown) }
    },
    'meters.consumption': (_, input) => {
      const { key, source, tableNo } = must(input.meterId)
      const dataset = input.kind === 'daily' ? ('consumptionDaily' as const) : ('consumption' as const)
      const shown = { source, tableNo, dataset, from: input.from, to: input.to }
      return { ...parts.consumption(key, input), asOf: asOf(shown) }
    },
    'meters.usage': async (_, { meterIds, from, to, bucket }) => {
      const { meters, shown } = asked(meterIds)
      await parts.settled(meterIds && meters.map(({ key }) => key))
      return { ...(await usage.rows(meters, { from, to }, bucket)), asOf: asOf({ ...shown, from, to }) }
    },
    'search.find': async (_, { query, limit = DEFAULT_SEARCH_ROWS }) => ({
      rows: list
        .once(list.byKeys(await parts.index.find(query, limit * 2)))
        .slice(0, limit)
        .map(hitOf),
    }),
  }
}

/** What people entered about a meter, and what the vendor says instead. */
const enteredOf = (attributes: Attributes) => (meter: Located) => {
  const vendor = attributes.vendor(meter.key)
  const { digits } = attributes.own(meter)
  return {
    ...(vendor
      ? { vendor: { name: vendor.name, place: vendor.place, house: vendor.house, user: vendor.user_name } }
      : {}),
    ...(digits === null ? {} : { registerDigits: digits }),
  }
}

/** How much of a meter's history is held. */
function heldOf(db: HistoryDatabase) {
  const statement = db.statement<{ first: number | null; n: number }>(
    'SELECT min(at) AS first, count(*) AS n FROM reading WHERE meter = ?',
  )
  return (key: number) => {
    const { first = null, n = 0 } = statement.get(key) ?? {}
    return { firstReadAt: first === null ? null : first * SECOND, readings: n }
  }
}

/** The meters a usage is asked of, as asked; without a list all active ones by table number. */
function askedMeters(db: HistoryDatabase, must: (meterId: string) => Located) {
  const active = db.statement<UsageMeter>(
    // the campus platform gives no series: its meters would be gaps only
    `SELECT id AS key, source || ':' || device_id AS id FROM meter
     WHERE active = 1 AND source <> 'campus' ORDER BY table_no, id`,
  )
  return (meterIds: readonly string[] | undefined): { meters: UsageMeter[]; shown: Shown } => {
    if (!meterIds) return { meters: active.all(), shown: {} }
    const found = [...new Set(meterIds)].map(must)
    const meters = found.map((one) => ({ key: one.key, id: meterIdOf(one.source, one.deviceId) }))
    const [only] = found
    const shown =
      only && found.length === 1
        ? { source: only.source, tableNo: only.tableNo }
        : { sources: [...new Set(found.map(({ source }) => source))] }
    return { meters, shown }
  }
}

function hitOf(row: StoredMeter) {
  const subtitle = [row.place, row.house, row.user_name].filter(Boolean).join(' · ')
  const title = row.name && row.name !== row.table_no ? `${row.table_no} ${row.name}` : row.table_no
  return { kind: 'meter' as const, id: meterIdOf(row.source, row.device_id), title, subtitle }
}
