import { z } from '../z.ts'
import { id, instant, page, paging, read, write, secondPerson } from './define.ts'
import { downloadFile, sheetFile, templateFormat } from './import.ts'
import { fen, intentState, tender } from './values.ts'

export const amountFen = z.int().min(1).max(100_000_000)

const intentEvent = z.object({
  at: instant,
  state: intentState,
  /** what made it so: i18n key `recharge.event.<code>` with its values */
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  operator: z.string().nullable(),
})

const refund = z.object({
  id,
  intentId: id,
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: instant,
  state: z.enum(['requested', 'approved', 'refused', 'posted']),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
  /** how the upstream posting was done by hand */
  postedNote: z.string().nullable(),
  postedBy: z.string().nullable(),
  postedAt: instant.nullable(),
})

export const intentRow = z.object({
  /** the client's intentId */
  id,
  outTradeNo: z.string(),
  state: intentState,
  roomId: id,
  roomPath: z.array(z.string()),
  amountFen: fen,
  tender,
  operator: z.string(),
  shiftId: id.nullable(),
  balanceBeforeFen: fen.nullable(),
  balanceAfterFen: fen.nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
  /** when the outcome is asked for again */
  nextCheckAt: instant.nullable(),
  receiptNo: z.string().nullable(),
  batchId: id.nullable(),
  /** an operator may send it again, with the same number (§7.1) */
  canResend: z.boolean(),
  /** a person must say what became of it */
  needsPerson: z.boolean(),
  refund: refund.nullable(),
})
export type IntentRow = z.infer<typeof intentRow>

const intentDetail = intentRow.extend({ events: z.array(intentEvent) })

const batchRow = z.object({
  row: z.int(),
  room: z.string(),
  roomId: id.nullable(),
  amount: z.string(),
  amountFen: fen.nullable(),
  note: z.string(),
  /** `same`: this row of the same file was posted before */
  state: z.enum(['ready', 'error', 'same', 'waiting', 'running', 'applied', 'failed', 'unknown']),
  /** i18n key `batch.rowError.<code>` */
  error: z.string().nullable(),
  intentId: id.nullable(),
})

const batch = z.object({
  id,
  fileName: z.string(),
  state: z.enum(['checked', 'running', 'paused', 'done', 'partial']),
  createdBy: z.string(),
  createdAt: instant,
  rows: z.int(),
  errors: z.int(),
  /** good rows that an earlier upload of the same file posted: they are not posted again */
  sameRows: z.int(),
  amountFen: fen,
  appliedRows: z.int(),
  appliedFen: fen,
})

export const recharge = {
  'recharge.create': write({
    access: ['cashier', 'supervisor'],
    summary: 'Stores an intent to recharge a room and answers once it is durable, before the vendor answers.',
    input: z.strictObject({
      intentId: z.string().min(1).max(64),
      roomId: id,
      amountFen,
      tender,
      /** a person saw the warning and means it */
      confirmedDuplicate: z.boolean().optional(),
      /** a person confirmed an amount above the limit (C-21) */
      confirmedLarge: z.boolean().optional(),
    }),
    output: z.object({ id, outTradeNo: z.string(), state: intentState }),
  }),
  'recharge.get': read({
    access: 'operator',
    summary: 'An intent with every state it went through.',
    input: z.strictObject({ id }),
    output: intentDetail,
  }),
  'recharge.list': read({
    access: 'operator',
    summary: 'Intents, newest first.',
    input: z.strictObject({
      ...paging,
      state: z.array(intentState).optional(),
      roomId: id.optional(),
      operator: z.string().max(40).optional(),
      shiftId: id.optional(),
      batchId: id.optional(),
      tender: tender.optional(),
      /** room path, order number or receipt number */
      query: z.string().max(100).optional(),
      from: instant.optional(),
      to: instant.optional(),
      /** only those that wait for a person */
      needsPerson: z.boolean().optional(),
    }),
    output: page(intentRow).extend({ appliedFen: fen }),
  }),
  'recharge.resend': write({
    access: ['cashier', 'supervisor'],
    summary: 'Sends a NOT_APPLIED intent again under the same order number.',
    input: z.strictObject({ id, confirmedDuplicate: z.boolean().optional() }),
    output: intentDetail,
  }),
  'recharge.check': write({
    access: ['cashier', 'supervisor'],
    summary: 'Asks the platform now what became of an intent.',
    input: z.strictObject({ id }),
    output: intentDetail,
  }),
  'recharge.resolve': write({
    access: ['supervisor'],
    summary: 'A person settles a DISPUTED or UNKNOWN intent with a written reason.',
    input: z.strictObject({
      id,
      outcome: z.enum(['applied', 'not_applied']),
      reason: z.string().trim().min(4).max(400),
    }),
    output: intentDetail,
  }),
  'recharge.requestRefund': write({
    access: ['cashier', 'supervisor'],
    summary:
      'Asks for money back for an applied recharge, such as one to the wrong room. With `second` a supervisor approves it on the spot.',
    input: z.strictObject({
      id,
      reason: z.string().trim().min(4).max(400),
      second: secondPerson.optional(),
    }),
    output: intentDetail,
  }),
  'recharge.decideRefund': write({
    access: ['supervisor'],
    summary:
      'A supervisor, not the one who asked, approves or refuses a refund; who asked does so with another one as `second`, who decides.',
    input: z.strictObject({
      id,
      approve: z.boolean(),
      reason: z.string().trim().min(2).max(400),
      second: secondPerson.optional(),
    }),
    output: intentDetail,
  }),
  'recharge.refundPosted': write({
    access: ['supervisor'],
    summary: 'Records that an approved refund was posted by hand on the platform.',
    input: z.strictObject({ id, note: z.string().trim().min(4).max(400) }),
    output: intentDetail,
  }),
  'recharge.batchTemplate': read({
    access: ['supervisor', 'cashier'],
    summary: 'A sheet for a batch recharge, empty or with a sample.',
    input: z.strictObject(templateFormat),
    output: downloadFile,
  }),
  'recharge.batchCheck': write({
    access: ['supervisor'],
    summary: 'Dry run of a sheet (XLSX, CSV in UTF-8 or GB18030): every row with what is wrong with it.',
    input: z.strictObject(sheetFile),
    output: batch,
  }),
  'recharge.batchGet': read({
    access: ['supervisor', 'cashier'],
    summary: 'A batch as it stands.',
    input: z.strictObject({ id }),
    output: batch,
  }),
  'recharge.batchRows': read({
    access: ['supervisor', 'cashier'],
    summary: 'The rows of a batch with their state.',
    input: z.strictObject({ ...paging, id, onlyErrors: z.boolean().optional() }),
    output: page(batchRow),
  }),
  'recharge.batchErrors': read({
    access: ['supervisor'],
    summary: 'The same file with two more columns: the column and the reason of each error.',
    input: z.strictObject({ id }),
    output: z.object({ name: z.string(), type: z.string(), base64: z.string() }),
  }),
  'recharge.batchStart': write({
    access: ['supervisor'],
    summary: 'Posts the good rows one after another; goes on where it stopped, never twice.',
    input: z.strictObject({ id, tender }),
    output: z.object({ jobId: id }),
  }),
  'recharge.batchList': read({
    access: ['supervisor', 'cashier'],
    summary: 'Batches, newest first.',
    input: z.strictObject({ ...paging }),
    output: page(batch),
  }),
}
