import { z } from '../z.ts'
import { id, instant, page, paging, read, write } from './define.ts'
import { dayText, fen, intentState } from './values.ts'

/** `yyyy-MM-dd` in the site's zone. */
export const reconciliationClass = z.enum(['matched', 'onlyHere', 'onlyUpstream', 'differs', 'waiting'])

export type ReconciliationClass = z.infer<typeof reconciliationClass>

const record = z.object({
  class: reconciliationClass,
  outTradeNo: z.string(),
  intentId: id.nullable(),
  state: intentState.nullable(),
  roomId: id,
  roomPath: z.array(z.string()),
  /** what is claimed here: 0 for an intent that ended without posting, null where there is no intent */
  hereFen: fen.nullable(),
  /** all that the platform lists under this number; null where it lists nothing, or no amount */
  upstreamFen: fen.nullable(),
  at: instant,
  operator: z.string().nullable(),
  tradeType: z.string().nullable(),
})
export type ReconciliationRecord = z.infer<typeof record>

const sum = z.object({ count: z.int(), hereFen: fen, upstreamFen: fen })

const reconciliationDay = z.object({
  day: dayText,
  state: z.enum(['none', 'running', 'partial', 'complete', 'signed']),
  scope: z.enum(['touched', 'all']),
  jobId: id.nullable(),
  ranAt: instant.nullable(),
  roomsDone: z.int(),
  rooms: z.int(),
  matched: sum,
  onlyHere: sum,
  onlyUpstream: sum,
  differs: sum,
  /** not ended (UNKNOWN, DISPUTED …), or applied in a room that was not compared since */
  waiting: sum,
  signedBy: z.string().nullable(),
  signedAt: instant.nullable(),
  note: z.string().nullable(),
  /** records of a signed day that waited then and ended since; the signed figures stay */
  endedSince: z.int(),
})
export type ReconciliationDay = z.infer<typeof reconciliationDay>

export const reconciliation = {
  'reconciliation.run': write({
    access: ['cashier', 'supervisor'],
    summary: 'Compares a day with the platform: the rooms touched, or all rooms, paced and resumable.',
    input: z.strictObject({ day: dayText, scope: z.enum(['touched', 'all']).optional() }),
    output: z.object({ jobId: id }),
  }),
  'reconciliation.get': read({
    access: ['cashier', 'supervisor'],
    summary: 'The figures of a day.',
    input: z.strictObject({ day: dayText }),
    output: reconciliationDay,
  }),
  'reconciliation.records': read({
    access: ['cashier', 'supervisor'],
    summary: 'Every record of a day, each in exactly one class.',
    input: z.strictObject({ ...paging, day: dayText, class: reconciliationClass.optional() }),
    output: page(record),
  }),
  'reconciliation.list': read({
    access: ['cashier', 'supervisor'],
    summary: 'Days, newest first.',
    input: z.strictObject({ ...paging }),
    output: page(reconciliationDay),
  }),
  'reconciliation.sign': write({
    access: ['supervisor'],
    summary: 'Signs a day off; what is not matched needs a note.',
    input: z.strictObject({ day: dayText, note: z.string().trim().max(400).optional() }),
    output: reconciliationDay,
  }),
}
