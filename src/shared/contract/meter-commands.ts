import { z } from '../z.ts'
import { done, id, instant, page, paging, read, write, secondPerson } from './define.ts'

/** `close` cuts the supply: trip of a breaker or shut of a valve; `open` gives it back (I-09, I-30). */
export const meterAction = z.enum(['open', 'close', 'read'])
export type MeterAction = z.infer<typeof meterAction>

export const commandState = z.enum([
  /** of a selection: its turn has not come */
  'waiting',
  'sent',
  /** the vendor took it; the meter has not shown it yet */
  'accepted',
  /** sent, and no answer that says what became of it: watched like an accepted one, never sent again (I-31) */
  'unknown',
  /** the meter shows it */
  'confirmed',
  /** five minutes, and the meter does not show it */
  'unconfirmed',
  /** the vendor said no */
  'rejected',
  /** it never left */
  'notSent',
  /** on the list of protected supply (保电) */
  'skipped',
])
export type CommandState = z.infer<typeof commandState>

const gateWord = z.string().nullable()

export const meterCommand = z.object({
  id,
  /** commands of one selection share it */
  batchId: id.nullable(),
  meterId: id,
  tableNo: z.string(),
  /** as they were when it was sent */
  place: z.string(),
  house: z.string(),
  user: z.string(),
  action: meterAction,
  state: commandState,
  requestedBy: z.string(),
  /** the second person, where one was needed */
  confirmedBy: z.string().nullable(),
  requestedAt: instant,
  sentAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** the vendor's word for the gate before, and as it was last seen since */
  gateBefore: gateWord,
  gateNow: gateWord,
  readAtBefore: instant.nullable(),
  readAtNow: instant.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
})
export type MeterCommandRow = z.infer<typeof meterCommand>

const access = ['meters', 'supervisor'] as const
/** A selection is sent one by one, at least 2.2 s apart: more than this is no work of a person any more. */
const MOST_AT_ONCE = 500

export const meterCommands = {
  'meters.command': write({
    access,
    summary:
      'Trips, closes or reads one meter. Answered when the vendor accepted it, which does not mean done: the state of the command says that later. Never sent again by itself.',
    input: z.strictObject({
      meterId: id,
      action: meterAction,
      /** needed to cut a protected supply */
      second: secondPerson.optional(),
    }),
    output: z.object({ commandId: id, state: commandState }),
  }),
  'meters.commandMany': write({
    access,
    summary:
      'The same for a selection, one after the other. Cutting the supply of more than one needs a second person; protected supplies are skipped.',
    input: z.strictObject({
      meterIds: z.array(id).min(1).max(MOST_AT_ONCE),
      action: meterAction,
      second: secondPerson.optional(),
    }),
    output: z.object({ batchId: id, waiting: z.int(), skipped: z.int() }),
  }),
  'meters.commandStop': write({
    access,
    summary: 'Stops a selection: what was not sent yet never is.',
    input: z.strictObject({ batchId: id }),
    output: z.object({ notSent: z.int() }),
  }),
  'meters.commands': read({
    access: 'operator',
    summary: 'Commands that people gave, newest first, with the state each has come to.',
    input: z.strictObject({
      ...paging,
      query: z.string().max(200).optional(),
      meterId: id.optional(),
      batchId: id.optional(),
      action: meterAction.optional(),
      state: commandState.optional(),
      from: instant.optional(),
      /** exclusive */
      to: instant.optional(),
    }),
    output: page(meterCommand),
  }),
  'meters.protect': write({
    access: ['supervisor'],
    summary: 'Puts a meter on the list of protected supply, or takes it off.',
    input: z.strictObject({
      meterId: id,
      protected: z.boolean(),
      reason: z.string().trim().min(2).max(200),
    }),
    output: done,
  }),
  'meters.protected': read({
    access: 'operator',
    summary: 'Protected supply (保电): meters that no trip of a selection reaches.',
    input: z.strictObject({
      ...paging,
      query: z.string().max(200).optional(),
      meterIds: z.array(id).max(MOST_AT_ONCE).optional(),
    }),
    output: page(
      z.object({
        meterId: id,
        tableNo: z.string(),
        place: z.string(),
        house: z.string(),
        user: z.string(),
        reason: z.string(),
        by: z.string(),
        at: instant,
      }),
    ),
  }),
}
