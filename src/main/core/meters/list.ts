import { sql, type SelectQueryBuilder } from 'kysely'
import { DEFAULT_LIMIT, type Checked, type Output } from '#shared/contract/index.ts'
import { HOUR, SECOND } from '#shared/time.ts'
import type { Clock } from '../ports.ts'
import type { HistoryTables } from '../store/schema.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { meterRowOf, type StoredMeter } from './rows.ts'
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
  return {
    async page(input: ListInput): Promise<ListOutput> {
      const words = input.query?.trim() ?? ''
      const found = words === '' ? null : await index.find(words)
      const hits = found && JSON.stringify(found)
      return { total: count(input, hits), rows: page(input, hits).map(meterRowOf) }
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

const meters = (db: HistoryDatabase): Filtered<object> =>
  db.query.selectFrom('meter as m').leftJoin('latest as l', 'l.meter', 'm.id')

function filter<O>(all: Filtered<O>, input: ListInput, hits: string | null, clock: Clock): Filtered<O> {
  let q = all
  if (hits !== null) q = q.where('m.id', 'in', sql<number>`(SELECT value FROM json_each(${hits}))`)
  if (input.source) q = q.where('m.source', '=', input.source)
  if (input.kind) q = q.where('m.kind', '=', input.kind)
  if (input.online) q = q.where('m.online', '=', input.online)
  if (input.gate) q = q.where('m.gate', '=', input.gate)
  if (input.active !== undefined) q = q.where('m.active', '=', input.active ? 1 : 0)
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
