import { parseDecimal } from '#shared/decimal.ts'
import { DAY, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'
import { quarantineRows, refuseUnfinished, tooManyBad } from '../sync/index.ts'
import type {
  BadRow,
  CallOptions,
  CampusClient,
  CampusCost,
  CampusRecharge,
  Page,
  RecordsRequest,
  Upstreams,
} from '../upstream/index.ts'
import { inSlices } from './store.ts'

export type RecordKind = 'recharge' | 'cost'
export const RECORD_KINDS: readonly RecordKind[] = ['recharge', 'cost']

/** C-33 */
const PAGE_SIZE = 500
/** F-23 */
const BAD_SHARE = 0.2

export interface Span {
  readonly from: number
  /** exclusive */
  readonly to: number
}

export interface RecordParts {
  readonly ctx: CoreContext
  readonly settings: Settings
  readonly upstreams: Upstreams
}

export type RecordCounts = { readonly rows: number; readonly quarantined: number }

const RECHARGE = `INSERT INTO room_recharge
  (room_id, out_trade_no, at, ordinal, amount_fen, amount_raw, trade_type, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (room_id, out_trade_no, at, ordinal) DO UPDATE SET amount_fen = excluded.amount_fen,
    amount_raw = excluded.amount_raw, trade_type = excluded.trade_type, name = excluded.name`
const COST = `INSERT INTO room_cost (room_id, at, digest, ordinal, name, electricity_dosage, electricity_fen,
    water_dosage, water_fen, share_fen, total_fen, sum_ok) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (room_id, at, digest, ordinal) DO UPDATE SET name = excluded.name`
const HELD = `INSERT INTO room_records (room_id, kind, complete_to, fetched_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (room_id, kind) DO UPDATE SET complete_to = max(min(complete_to, excluded.fetched_at), excluded.complete_to),
    fetched_at = excluded.fetched_at`

/** What differs between the two lists of records. */
interface Kind<R> {
  fetch(client: CampusClient, request: RecordsRequest, options: CallOptions): Promise<Page<R>>
  /** equal for rows that nothing tells apart */
  key(row: R): string
  readonly insert: string
  values(row: R, key: string, ordinal: number): readonly (string | number | null)[]
}

const recharges: Kind<CampusRecharge> = {
  fetch: (client, request, options) => client.roomBuyRecord(request, options),
  key: (row) => `${row.at} ${row.outTradeNo}`,
  insert: RECHARGE,
  values: (row, _key, ordinal) => [
    row.outTradeNo,
    row.at,
    ordinal,
    row.amount.fen,
    row.amount.raw,
    row.tradeType,
    row.name,
  ],
}

/** Equal however the platform prints it today: `560`, `"560.00"` (C-40). */
const dosage = (text: string) => parseDecimal(text)?.scaled ?? text

const costs: Kind<CampusCost> = {
  fetch: (client, request, options) => client.roomCostRecord(request, options),
  key(row) {
    const amounts = [row.electricity, row.water, row.share, row.total].map(({ fen, raw }) => fen ?? raw)
    return [row.at, dosage(row.electricityDosage), dosage(row.waterDosage), ...amounts].join('|')
  },
  insert: COST,
  values: (row, key, ordinal) => [
    row.at,
    key,
    ordinal,
    row.name,
    row.electricityDosage,
    row.electricity.fen,
    row.waterDosage,
    row.water.fen,
    row.share.fen,
    row.total.fen,
    row.sumOk ? 1 : 0,
  ],
}

/** Fetches the records of one room in a span; `completeTo` marks how far they are held then. */
export function fetchRecords(
  parts: RecordParts,
  client: CampusClient,
  what: { roomId: string; kind: RecordKind; span: Span; completeTo?: number },
  options: CallOptions,
): Promise<RecordCounts> {
  return what.kind === 'recharge'
    ? fetchKind(parts, client, recharges, what, options)
    : fetchKind(parts, client, costs, what, options)
}

async function fetchKind<R>(
  { ctx, upstreams }: RecordParts,
  client: CampusClient,
  list: Kind<R>,
  { roomId, kind, span, completeTo }: Parameters<typeof fetchRecords>[2],
  options: CallOptions,
): Promise<RecordCounts> {
  const found = await readAll(
    upstreams,
    (request) => list.fetch(client, { ...request, roomId, ...span }, options),
    options,
  )
  const { history } = ctx.store
  const insert = history.statement(list.insert)
  // told apart by their ordinal among equals; a window holds whole seconds, so all of them or none (C-42)
  const seen = new Map<string, number>()
  await inSlices(history, found.rows, (rows) => {
    for (const row of rows) {
      const key = list.key(row)
      const ordinal = seen.get(key) ?? 0
      seen.set(key, ordinal + 1)
      insert.run(roomId, ...list.values(row, key, ordinal))
    }
  })
  const at = ctx.ports.clock.now()
  await history.write(() => {
    quarantineRows(history, { source: 'campus', dataset: 'records' }, found.bad, at)
    if (completeTo !== undefined) history.statement(HELD).run(roomId, kind, completeTo, at)
  })
  return { rows: found.rows.length, quarantined: found.bad.length }
}

/** All rows of a list, each at its place: a row read twice, after a page was halved, is one row. */
async function readAll<R>(
  upstreams: Upstreams,
  ask: (request: { page: number; pageSize: number }) => Promise<Page<R>>,
  options: CallOptions,
): Promise<{ rows: readonly R[]; bad: readonly BadRow[] }> {
  const placed = new Map<number, R>()
  const bad = new Map<string, BadRow>()
  let first = 0
  const end = await upstreams.readPages<R>(
    {
      firstPage: 1,
      pageSize: PAGE_SIZE,
      rowsBefore: 0,
      async fetch(request) {
        if (request.page === 1) placed.clear()
        first = (request.page - 1) * request.pageSize
        return ask(request)
      },
      store(page) {
        for (const [i, row] of page.rows.entries()) placed.set(first + i, row)
        for (const one of page.bad) bad.set(one.raw, one)
        return Promise.resolve()
      },
    },
    options,
  )
  refuseUnfinished(end)
  const received = placed.size + bad.size
  if (bad.size > received * BAD_SHARE) throw tooManyBad(bad.size, received)
  return { rows: [...placed.values()], bad: [...bad.values()] }
}

/** Fetched in a span up to now: what bears a time to come was fetched before the clock was set back, nobody knows when. */
export const isHeldSince = (at: number, since: number, now: number): boolean => at >= since && at <= now

/** From where what is held ends, less what may have come late, up to the frozen end (C-31, C-34, I-42). */
export function dueSpan({ ctx, settings, upstreams }: RecordParts, roomId: string, kind: RecordKind): Span {
  const { historyDays, rereadDays } = settings.values().sync
  const to = Math.floor(upstreams.windowEnd('campus') / SECOND) * SECOND
  const held = ctx.store.history
    .statement<{ complete_to: number }>('SELECT complete_to FROM room_records WHERE room_id = ? AND kind = ?')
    .get(roomId, kind)
  const from = held
    ? Math.min(held.complete_to, to) - Math.max(SECOND, rereadDays * DAY)
    : to - historyDays * DAY
  return { from: Math.max(0, Math.min(from, to - SECOND)), to }
}
