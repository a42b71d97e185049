import { z } from '../z.ts'
import { id, instant, nothing, page, paging, read, write } from './define.ts'
import { fen, tender } from './values.ts'

/** Paper: roll widths in mm, or half an A4 sheet (210 × 148.5 mm). */
export const paper = z.enum(['roll58', 'roll80', 'a4half'])
export type Paper = z.infer<typeof paper>

export const receiptTemplate = z.strictObject({
  title: z.string().max(40),
  organisation: z.string().max(80),
  phone: z.string().max(40),
  footer: z.string().max(200),
  showBalance: z.boolean(),
  showQr: z.boolean(),
  showOperator: z.boolean(),
  paper,
  /** number series: letters before the running number */
  prefix: z.string().regex(/^[A-Za-z0-9-]{0,8}$/),
  /** `day`: prefix, date and a number that begins anew every day; `running`: prefix and one number for ever */
  series: z.enum(['day', 'running']),
})
export type ReceiptTemplate = z.infer<typeof receiptTemplate>

/** The `reason` of a paper that was said to have come out and did not: it is counted no more. */
export const NOT_OUT = 'notReported'

/** Everything that stands on the paper. */
export const receipt = z.object({
  id,
  number: z.string(),
  intentId: id,
  outTradeNo: z.string(),
  roomPath: z.array(z.string()),
  amountFen: fen,
  /** 人民币大写 */
  amountWords: z.string(),
  tender,
  operator: z.string(),
  at: instant,
  balanceBeforeFen: fen.nullable(),
  balanceAfterFen: fen.nullable(),
  meters: z.array(z.string()),
  /** reprints that came out: while `printed`, the next paper is reprint `copies + 1`, marked 补打 */
  copies: z.int(),
  state: z.enum(['waiting', 'printed']),
  /** when the last paper came out; null also where that one was taken back */
  printedAt: instant.nullable(),
  /** why the last print did not come out; null after one that did */
  failure: z.string().nullable(),
  template: receiptTemplate,
})
export type Receipt = z.infer<typeof receipt>

export const receipts = {
  'receipts.get': read({
    access: ['cashier', 'supervisor'],
    summary: 'The receipt of an applied recharge; made with the next number when it has none yet.',
    input: z.strictObject({ intentId: id }),
    output: receipt,
  }),
  'receipts.list': read({
    access: ['cashier', 'supervisor'],
    summary: 'Receipts, newest first; those that still wait for a printer first.',
    input: z.strictObject({
      ...paging,
      state: z.enum(['waiting', 'printed']).optional(),
      query: z.string().max(100).optional(),
    }),
    output: page(receipt),
  }),
  'receipts.printed': write({
    access: ['cashier', 'supervisor'],
    summary:
      'Says that a copy came out of the printer, or did not; with the reason `notReported` the last one that was said to ' +
      'have come out did not. The sale is never touched.',
    input: z.strictObject({ id, ok: z.boolean(), reason: z.string().max(200).optional() }),
    output: receipt,
  }),
  'receipts.template': read({
    access: 'operator',
    summary: 'What stands on receipts.',
    input: nothing,
    output: receiptTemplate,
  }),
  'receipts.saveTemplate': write({
    access: ['admin', 'supervisor'],
    summary: 'Changes what stands on receipts; printed ones keep what they had.',
    input: receiptTemplate,
    output: receiptTemplate,
  }),
}
