import { sql, type SelectQueryBuilder } from 'kysely'
import type { MeterRow } from '#shared/contract/meters.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { HOUR, SECOND } from '#shared/time.ts'
import type { Clock } from '../ports.ts'
import type { HistoryTables } from '../store/schema.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { meterIdOf, meterRowOf, type StoredMeter } from './rows.ts'
import type { SearchIndex } from './search.ts'

export type ListInput = Checked<'meters.list'>
type ListOutput = Omit<Output<'meters.list'>, 'asOf'>

interface Tables {
  m: HistoryTables['meter']
  l: { [K in keyof HistoryTables['latest']]: HistoryTables['latest'][K] | null }
}
type Filtered<O> = SelectQueryBuilder<Tables, 'm' | 'l', O>

const SORTED_BY = {
  tableNo: 'm.table_no',
  place: 'm.place',
  user: 'm.user_name',
  kind: 'm.kind',
  lastReadAt: 'l.at',
  lastReading: 'l.value',
  onlineAt: 'm.online_at',
} as const

const COLUMNS = [
  'm.id',
  'm.source',
  'm.device_id',
  'm.table_no',
  'm.name',
  'm.project',
  'm.type_code',
  'm.kind',
  'm.place',
  'm.house',
  'm.user_code',
  'm.user_name',
  'm.online',
  'm.online_raw',
  'm.online_at',
  'm.gate',
  'm.gate_raw',
  'm.active',
  'l.at',
  'l.value',
  'l.flags',
] as const

export type MeterList = ReturnType<typeof createMeterList>

/** Pages of meters, sorted and filtered by SQLite; the words of a query are found in memory. */
export function createMeterList(db: HistoryDatabase, clock: Clock, index: SearchIndex) {
  const count = (input: ListInput, hits: string | null) =>
    db.get(filter(meters(db), input, hits, clock).select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
  const page = (input: ListInput, hits: string | null) =>
    db.all(
      order(filter(meters(db), input, hits, clock), input)
        .select(COLUMNS)
        .limit(input.limit ?? DEFAULT_LIMIT)
        .offset(input.offset ?? 0),
    ) as StoredMeter[]
  const twins = twinsOf(db)
  const linked = (rows: readonly StoredMeter[]) => {
    const others = twins(rows)
    return rows.map((row): MeterRow => {
      const twin = others.get(twinKey(row))
      return twin ? { ...meterRowOf(row), sameAs: meterIdOf(twin.source, twin.device_id) } : meterRowOf(row)
    })
  }
  return {
    async page(input: ListInput): Promise<ListOutput> {
      const words = input.query?.trim() ?? ''
      const found = words === '' ? null : await index.find(words)
      const hits = found && JSON.stringify(found)
      return { total: count(input, hits), rows: linked(page(input, hits)) }
    },
    linked,
    /** what is one meter in two systems is found once: where its readings are */
    once(rows: readonly StoredMeter[]): StoredMeter[] {
      const others = twins(rows)
      const own = rows.map((row) => (row.source === 'campus' && others.get(twinKey(row))) || row)
      return [...new Map(own.map((row) => [row.id, row])).values()]
    },
    /** rows of these keys, in their order */
    byKeys(keys: readonly number[]): StoredMeter[] {
      const rows = db.all(
        meters(db)
          .select(COLUMNS)
          .where('m.id', 'in', [...keys]),
      ) as StoredMeter[]
      const byKey = new Map(rows.map((row) => [row.id, row]))
      return keys.flatMap((key) => byKey.get(key) ?? [])
    },
    byDevice: (source: string, deviceId: string): StoredMeter | undefined =>
      db.get(meters(db).select(COLUMNS).where('m.source', '=', source).where('m.device_id', '=', deviceId)),
  }
}

const twinKey = ({ source, table_no }: StoredMeter) => `${source === 'campus' ? 'campus' : ''}\n${table_no}`

/** Of each meter the one that has its number in the other system; a campus platform and a meter system share meters. */
function twinsOf(db: HistoryDatabase) {
  return (rows: readonly StoredMeter[]): ReadonlyMap<string, StoredMeter> => {
    const numbers = JSON.stringify([...new Set(rows.map((row) => row.table_no).filter(Boolean))])
    const found = db.all(
      meters(db)
        .select(COLUMNS)
        .where('m.table_no', 'in', sql<string>`(SELECT value FROM json_each(${numbers}))`)
        .orderBy('m.active')
        .orderBy('m.id', 'desc'),
    ) as StoredMeter[]
    const other = ({ source }: StoredMeter) => (source === 'campus' ? '' : 'campus')
    return new Map(found.map((row) => [`${other(row)}\n${row.table_no}`, row]))
  }
}

const meters = (db: HistoryDatabase): Filtered<object> =>
  db.query.selectFrom('meter as m').leftJoin('latest as l', 'l.meter', 'm.id')

/** By the index of numbers, and only for campus meters. */
const NO_TWIN = sql<boolean>`(m.source <> 'campus' OR NOT EXISTS
  (SELECT 1 FROM meter o WHERE o.table_no = m.table_no AND o.source <> 'campus' AND o.active >= m.active))`

function filter<O>(all: Filtered<O>, input: ListInput, hits: string | null, clock: Clock): Filtered<O> {
  let q = all
  if (hits !== null) q = q.where('m.id', 'in', sql<number>`(SELECT value FROM json_each(${hits}))`)
  if (input.source) q = q.where('m.source', '=', input.source)
  if (input.kind) q = q.where('m.kind', '=', input.kind)
  if (input.online) q = q.where('m.online', '=', input.online)
  if (input.gate) q = q.where('m.gate', '=', input.gate)
  if (input.active !== undefined) q = q.where('m.active', '=', input.active ? 1 : 0)
  if (input.distinct) q = q.where(NO_TWIN)
  if (input.silentHours === undefined) return q
  const since = Math.floor((clock.now() - input.silentHours * HOUR) / SECOND)
  return q.where((e) => e.or([e('l.at', 'is', null), e('l.at', '<', since)]))
}

function order<O>(rows: Filtered<O>, input: ListInput): Filtered<O> {
  const by = SORTED_BY[input.sort ?? 'tableNo']
  const direction = input.order === 'descending' ? 'desc' : 'asc'
  // Meters that never reported stand last, whichever way the rest is sorted.
  const known = by.startsWith('l.') || by === 'm.online_at' ? rows.orderBy(sql`${sql.ref(by)} IS NULL`) : rows
  const sorted = known.orderBy(by, direction)
  return by === 'm.table_no'
    ? sorted.orderBy('m.id', direction)
    : sorted.orderBy('m.table_no').orderBy('m.id')
}
