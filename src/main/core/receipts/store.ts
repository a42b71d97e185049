import { sql, type Selectable } from 'kysely'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { Receipt } from '#shared/contract/receipts.ts'
import { notFound } from '#shared/errors.ts'
import type { RechargeTables } from '../store/schema-recharge.ts'
import type { SiteDatabase } from '../store/store.ts'

type Stored = Selectable<RechargeTables['receipt']>

/** The column `content`: fixed when the receipt is made. */
export type Content = Omit<
  Receipt,
  'id' | 'number' | 'intentId' | 'copies' | 'state' | 'printedAt' | 'failure'
>

export const receiptOf = (row: Stored): Receipt => ({
  ...(JSON.parse(row.content) as Content),
  id: row.id,
  number: row.number,
  intentId: row.intent_id,
  copies: row.copies,
  state: row.state === 'printed' ? 'printed' : 'waiting',
  printedAt: row.printed_at,
  failure: row.failure,
})

const pattern = (text: string) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** The rows of `receipt`; changes only inside `site.write`. */
export function receiptStore(site: SiteDatabase) {
  const receipts = () => site.query.selectFrom('receipt')
  return {
    ofIntent: (intentId: string): Receipt | null => {
      const row = site.get(receipts().selectAll().where('intent_id', '=', intentId))
      return row ? receiptOf(row) : null
    },
    get(id: string): Receipt {
      const row = site.get(receipts().selectAll().where('id', '=', id))
      if (!row) throw notFound('receipt', id)
      return receiptOf(row)
    },
    insert(receipt: Pick<Receipt, 'id' | 'number' | 'intentId'>, content: Content, madeAt: number): void {
      const { id, number, intentId } = receipt
      const row = {
        id,
        number,
        intent_id: intentId,
        made_at: madeAt,
        content: JSON.stringify(content),
        state: 'waiting',
        printed_at: null,
        failure: null,
      }
      site.run(site.query.insertInto('receipt').values(row))
    },
    update: (id: string, changes: Partial<Pick<Stored, 'state' | 'copies' | 'printed_at' | 'failure'>>) =>
      void site.run(site.query.updateTable('receipt').set(changes).where('id', '=', id)),
    list({ state, query: text, offset = 0, limit = DEFAULT_LIMIT }: Checked<'receipts.list'>, own?: string) {
      let query = site.query
        .selectFrom('receipt as r')
        .innerJoin('recharge_intent as i', 'i.id', 'r.intent_id')
      if (own !== undefined) query = query.where('i.operator', '=', own)
      if (state) query = query.where('r.state', '=', state)
      if (text)
        query = query.where((eb) =>
          eb.or(
            (['r.number', 'i.out_trade_no', 'i.room_path'] as const).map((column) =>
              eb(sql`${eb.ref(column)} like ${pattern(text)} escape '\\'`, '=', 1),
            ),
          ),
        )
      const total = site.get(query.select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
      const rows = site.all(
        query
          .selectAll('r')
          .orderBy('r.state', 'desc')
          .orderBy('r.made_at', 'desc')
          .orderBy('r.id')
          .limit(limit)
          .offset(offset),
      )
      return { total, rows: rows.map(receiptOf) }
    },
  }
}
