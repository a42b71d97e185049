import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { notFound } from '#shared/errors.ts'
import type { RechargeTables } from '../store/schema-recharge.ts'
import type { SiteDatabase } from '../store/store.ts'

export type StoredShift = RechargeTables['shift']
type StoredMovement = RechargeTables['shift_movement']

/** Number of a shift: one series of the whole site, without gaps. */
const NEXT = `INSERT INTO number_series (name, last) VALUES ('shift', 1)
  ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last`
const RECEIPTS = `SELECT r.number FROM receipt r JOIN recharge_intent i ON i.id = r.intent_id
  WHERE i.shift_id = ? ORDER BY r.made_at, length(r.number), r.number`

/** The rows of `shift` and `shift_movement`; changes only inside `site.write`. */
export function shiftStore(site: SiteDatabase) {
  const shifts = () => site.query.selectFrom('shift')
  return {
    get(id: string): StoredShift {
      const row = site.get(shifts().selectAll().where('id', '=', id))
      if (!row) throw notFound('shift', id)
      return row
    },
    openOf: (operator: string): StoredShift | null =>
      site.get(shifts().selectAll().where('operator', '=', operator).where('state', '=', 'open')) ?? null,
    nextNumber: (): number => site.statement<{ last: number }>(NEXT).get()?.last ?? 1,
    insert: (row: StoredShift) => void site.run(site.query.insertInto('shift').values(row)),
    update: (id: string, changes: Partial<StoredShift>) =>
      void site.run(site.query.updateTable('shift').set(changes).where('id', '=', id)),
    addMovement: (row: StoredMovement) => void site.run(site.query.insertInto('shift_movement').values(row)),
    movements: (shiftId: string): StoredMovement[] =>
      site.all(
        site.query
          .selectFrom('shift_movement')
          .selectAll()
          .where('shift_id', '=', shiftId)
          .orderBy('at')
          .orderBy('id'),
      ),
    /** numbers of the receipts of its sales, in the order they were made */
    receiptNumbers: (shiftId: string): string[] =>
      site
        .statement<{ number: string }>(RECEIPTS)
        .all(shiftId)
        .map(({ number }) => number),
    list(filter: {
      operator?: string | undefined
      state?: StoredShift['state'] | undefined
      offset?: number | undefined
      limit?: number | undefined
    }): { total: number; rows: StoredShift[] } {
      const { operator, state, offset = 0, limit = DEFAULT_LIMIT } = filter
      const query = shifts()
        .$if(operator !== undefined, (q) => q.where('operator', '=', operator ?? ''))
        .$if(state !== undefined, (q) => q.where('state', '=', state ?? 'open'))
      const total = site.get(query.select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
      return {
        total,
        rows: site.all(query.selectAll().orderBy('number', 'desc').limit(limit).offset(offset)),
      }
    },
  }
}
export type ShiftStore = ReturnType<typeof shiftStore>
