import type { Selectable } from 'kysely'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { RechargeTables } from '../store/schema-recharge.ts'
import type { Store } from '../store/store.ts'
import type { DaySpan } from './day.ts'
import type { UpstreamRecord } from './partition.ts'

export type StoredDay = Selectable<RechargeTables['reconciliation_day']>

const SELECT = `SELECT room_id AS roomId, out_trade_no AS outTradeNo, amount_fen AS amountFen,
  trade_type AS tradeType, at FROM room_recharge`
/** By index, all rooms at once: asking room by room would be thousands of queries. */
const OF_DAY = `${SELECT} WHERE at >= ? AND at < ?`
const OF_NUMBERS = `${SELECT} WHERE out_trade_no IN (SELECT value FROM json_each(?))`

/** The days, the rooms compared, and what the platform listed; changes only inside `site.write`. */
export function reconciliationStore({ site, history }: Store) {
  const days = () => site.query.selectFrom('reconciliation_day')
  return {
    day: (day: string): StoredDay | null => site.get(days().selectAll().where('day', '=', day)) ?? null,
    /** Replaces what stands; a signed day refuses in the file itself. */
    saveDay(row: Pick<StoredDay, 'day' | 'state' | 'scope'> & Partial<StoredDay>): void {
      const { day: _, ...changes } = row
      site.run(
        site.query
          .insertInto('reconciliation_day')
          .values(row)
          .onConflict((on) => on.column('day').doUpdateSet(changes)),
      )
    },
    updateDay: (day: string, changes: Partial<StoredDay>) =>
      void site.run(site.query.updateTable('reconciliation_day').set(changes).where('day', '=', day)),
    /** room → when it was compared */
    rooms: (day: string): Map<string, number> =>
      new Map(
        site
          .all(site.query.selectFrom('reconciliation_room').selectAll().where('day', '=', day))
          .map(({ room_id, done_at }) => [room_id, done_at]),
      ),
    roomDone: (day: string, room_id: string, done_at: number) =>
      void site.run(
        site.query
          .insertInto('reconciliation_room')
          .values({ day, room_id, done_at })
          .onConflict((on) => on.columns(['day', 'room_id']).doUpdateSet({ done_at })),
      ),
    roomUndone: (day: string, room: string) =>
      void site.run(
        site.query.deleteFrom('reconciliation_room').where('day', '=', day).where('room_id', '=', room),
      ),
    list({ offset = 0, limit = DEFAULT_LIMIT }: { offset?: number | undefined; limit?: number | undefined }) {
      const total = site.get(days().select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
      return { total, rows: site.all(days().selectAll().orderBy('day', 'desc').limit(limit).offset(offset)) }
    },
    /** listed on the day */
    listedOn: ({ from, to }: DaySpan) => history.statement<UpstreamRecord>(OF_DAY).all(from, to),
    /** listed under these numbers, whenever */
    listedUnder: (numbers: readonly string[]) =>
      history.statement<UpstreamRecord>(OF_NUMBERS).all(JSON.stringify(numbers)),
  }
}
export type ReconciliationStore = ReturnType<typeof reconciliationStore>
