import { z } from '../z.ts'
import { id, instant, page, paging, read, write } from './define.ts'
import { bucket, decisionOrigin, readingFlag, usageState } from './meters.ts'
import { decimal, meterKind } from './values.ts'

/** Where a register did not simply count up (docs/decisions/0018). */
export const eventKind = z.enum(['rollover', 'reset', 'spike', 'dip', 'drop', 'jump'])
export const decisionKind = z.enum(['value', 'ignore', 'accept', 'rollover', 'exchange'])

const register = z.object({ at: instant, value: decimal })
const reason = z.string().trim().min(1).max(500)

export const meterEvent = z.object({
  meterId: id,
  tableNo: z.string(),
  name: z.string(),
  place: z.string(),
  meterKind,
  kind: eventKind,
  /** the reading at which the register fell or jumped, and the one before it */
  at: instant,
  value: decimal,
  before: register,
  /** no usage is counted from one to the other until somebody decides */
  from: register,
  to: register,
  /** readings that look wrong: what `ignore` is for */
  suspects: z.array(instant),
  /** whole digits of a register that seems to have rolled over */
  digits: z.int().nullable(),
  state: z.enum(['parked', 'decided']),
  decisionId: id.nullable(),
  /** usage between the two readings as decided */
  usage: decimal.nullable(),
})
export type MeterEvent = z.infer<typeof meterEvent>

export const meterDecision = z.object({
  id,
  meterId: id,
  tableNo: z.string(),
  at: instant,
  kind: decisionKind,
  origin: decisionOrigin,
  value: decimal.nullable(),
  estimated: z.boolean(),
  registerDigits: z.int().nullable(),
  oldLast: decimal.nullable(),
  newFirst: decimal.nullable(),
  /** what the vendor had sent for that instant when it was decided */
  original: decimal.nullable(),
  reason: z.string(),
  by: z.string().nullable(),
  createdAt: instant,
  importId: id.nullable(),
  withdrawnAt: instant.nullable(),
  withdrawnBy: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
})
export type MeterDecision = z.infer<typeof meterDecision>

/** What somebody may decide about the reading at `at`; fields of the other kinds are left out. */
const decision = {
  meterId: id,
  at: instant,
  kind: decisionKind,
  /** of `value`: the register as it was, or as it is estimated to have been */
  value: decimal.optional(),
  estimated: z.boolean().optional(),
  /** of `ignore`: further readings that do not count either */
  also: z.array(instant).max(20).optional(),
  /** of `rollover` */
  registerDigits: z.int().min(3).max(9).optional(),
  /** of `exchange`: the last register of the old meter and the first of the new one */
  oldLast: decimal.optional(),
  newFirst: decimal.optional(),
}

const dayUsage = z.object({ usage: decimal.nullable(), state: usageState })

export const meterDecisions = {
  'meters.events': read({
    access: 'operator',
    summary: 'Falls and jumps of registers, the newest first; parked ones wait for a decision.',
    input: z.strictObject({
      ...paging,
      meterId: id.optional(),
      state: z.enum(['parked', 'decided']).optional(),
      kind: eventKind.optional(),
      /** in number, name and place of the meter */
      query: z.string().max(200).optional(),
    }),
    output: page(meterEvent),
  }),
  'meters.previewDecision': read({
    access: 'operator',
    summary: 'What the days around a reading would be after a decision; changes nothing.',
    input: z.strictObject(decision),
    output: z.object({
      days: z.array(z.object({ day: instant, before: dayUsage, after: dayUsage })),
    }),
  }),
  'meters.decide': write({
    access: ['meters', 'supervisor'],
    summary:
      'Decides about a reading: its value, that it does not count, or what a fall or jump of the register was. Kept beside the originals.',
    input: z.strictObject({ ...decision, reason }),
    output: z.object({ decisionIds: z.array(id) }),
  }),
  'meters.withdrawDecision': write({
    access: ['meters', 'supervisor'],
    summary: 'Takes a decision back; it stays in the history.',
    input: z.strictObject({ decisionId: id, reason }),
    output: z.object({ ok: z.literal(true) }),
  }),
  'meters.decisions': read({
    access: 'operator',
    summary: 'Decisions about readings, the newest first, also those taken back.',
    input: z.strictObject({ ...paging, meterId: id.optional(), importId: id.optional() }),
    output: page(meterDecision),
  }),
  'meters.explain': read({
    access: 'operator',
    summary: 'Why a figure of usage is what it is: registers, differences, falls, decisions, estimates.',
    input: z.strictObject({ meterId: id, at: instant, bucket }),
    output: z.object({
      from: instant,
      /** exclusive */
      to: instant,
      usage: decimal.nullable(),
      state: usageState,
      /** the last reading before the bucket that its usage is counted from; null: there is none */
      start: register.nullable(),
      /** its last reading */
      end: register.nullable(),
      /** end minus start, before anything is added for roll-overs and exchanges */
      difference: decimal.nullable(),
      /** readings in the bucket, at most 200 */
      readings: z.array(
        register.extend({
          /** to the reading before it that counts */
          difference: decimal.nullable(),
          flags: z.array(readingFlag).optional(),
          original: decimal.optional(),
        }),
      ),
      readingsTotal: z.int(),
      events: z.array(meterEvent.extend({ step: decimal.nullable() })),
      decisions: z.array(meterDecision),
    }),
  }),
}
