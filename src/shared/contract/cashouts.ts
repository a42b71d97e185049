import { z } from '../z.ts'
import { id, instant, page, paging, read, secondPerson, write } from './define.ts'
import { orderRow } from './orders.ts'
import { fen } from './values.ts'

export const cashoutRow = z.object({
  cashOutId: z.string(),
  manager: z.string(),
  managerName: z.string(),
  state: z.enum(['waiting', 'paid', 'failed']),
  bankName: z.string(),
  bankUser: z.string(),
  /** last four digits only (M-22); whole in `cashouts.reveal` */
  bankCode: z.string(),
  moneyFen: fen,
  serviceFen: fen,
  cashFen: fen,
  orders: z.int(),
  reason: z.string(),
  askedAt: instant,
  decidedAt: instant.nullable(),
  /** its bank account is not the one of the manager's last paid batch: two people decide */
  accountChanged: z.boolean(),
  /** the first of the two */
  firstBy: z.string().nullable(),
})
export type CashoutRow = z.infer<typeof cashoutRow>

export const cashouts = {
  'cashouts.list': read({
    access: ['supervisor', 'viewer'],
    summary: 'Withdrawals that managers asked for, waiting ones first.',
    input: z.strictObject({
      ...paging,
      state: z.enum(['waiting', 'paid', 'failed']).optional(),
      manager: z.string().max(20).optional(),
    }),
    output: page(cashoutRow),
  }),
  'cashouts.get': read({
    access: ['supervisor'],
    summary: 'One withdrawal with its orders.',
    input: z.strictObject({ cashOutId: id }),
    output: cashoutRow.extend({
      orderRows: z.array(orderRow),
      lastPaidAccount: z
        .object({ bankName: z.string(), bankUser: z.string(), bankCode: z.string() })
        .nullable(),
    }),
  }),
  'cashouts.reveal': write({
    access: ['supervisor'],
    summary: 'The account numbers of a withdrawal and of the one paid before it, whole; audited.',
    input: z.strictObject({ cashOutId: id }),
    output: z.object({ bankCode: z.string(), lastPaidBankCode: z.string().nullable() }),
  }),
  'cashouts.decide': write({
    access: ['supervisor'],
    summary:
      'Says once that a withdrawal was paid or failed (R-36). With another account than the last paid one a second ' +
      'operator has to say the same; until then it waits. With `second` both say so at once.',
    input: z.strictObject({
      cashOutId: id,
      decision: z.enum(['success', 'failure']),
      reason: z.string().trim().max(200).optional(),
      second: secondPerson.optional(),
    }),
    output: cashoutRow,
  }),
}
