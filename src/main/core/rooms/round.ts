import { SECOND } from '#shared/time.ts'
import type { Job } from '../jobs/index.ts'
import { describe, reachOf, type Unfinished } from '../sync/index.ts'
import type { CampusClient } from '../upstream/index.ts'
import { dueSpan, fetchRecords, isHeldSince, RECORD_KINDS, type RecordParts, type Span } from './records.ts'

/** Rooms that fail one after another before the rest is left for the next run: the platform is not well. */
const GIVE_UP_AFTER = 3

/** The records of many rooms, one after the other; each is held by itself, so it goes on where it stopped. */
export interface Round {
  readonly parts: RecordParts
  readonly client: CampusClient
  readonly job: Job
  readonly tally: { done: number; total: number; rows: number; quarantined: number }
  readonly rooms: readonly string[]
  /** rooms fetched since then are not asked for again */
  readonly freshSince: number
  /** only these days, which says nothing of how far the rest is held */
  readonly span?: { readonly from: number | undefined; readonly to: number | undefined }
  /** fetches the card of a room too, where it is not fresh */
  readonly card?: (roomId: string) => Promise<void>
  /** without the records: cards only */
  readonly cardsOnly?: boolean
  /** awaited before each room: keeps the pace of the night, or ends the round by answering false */
  readonly before?: () => Promise<boolean>
}

export async function fetchAllRecords(round: Round): Promise<Unfinished | null> {
  const { job, tally, rooms } = round
  tally.total += rooms.length
  let unfinished: Unfinished | null = null
  let inARow = 0
  for (const roomId of rooms) {
    job.signal.throwIfAborted()
    if (round.before && !(await round.before())) break
    const failed = await fetchRoom(round, roomId)
    inARow = failed ? inARow + 1 : 0
    unfinished = failed ?? unfinished
    tally.done++
    job.progress(tally.done, tally.total)
    if (inARow < GIVE_UP_AFTER) continue
    job.report('error', 'roomsGaveUp', { count: inARow })
    break
  }
  return unfinished
}

async function fetchRoom(round: Round, roomId: string): Promise<Unfinished | null> {
  const { job, card, cardsOnly = false } = round
  job.step(cardsOnly ? 'meters' : 'records', { room: roomId })
  const noCard = card ? await trying(round, 'roomCardFailed', roomId, () => card(roomId)) : null
  if (cardsOnly) return noCard
  const noRecords = await trying(round, 'roomPartial', roomId, async () => {
    for (const kind of RECORD_KINDS) await fetchOne(round, roomId, kind)
  })
  return noRecords ?? noCard
}

/** A failure that only this room met is told of; others end the round. */
async function trying(
  { job }: Round,
  code: string,
  room: string,
  work: () => Promise<void>,
): Promise<Unfinished | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (job.signal.aborted || reachOf(error) !== 'window') throw error
    job.report('warning', code, { room, ...describe(error) })
    return { error }
  }
}

async function fetchOne(round: Round, roomId: string, kind: 'recharge' | 'cost'): Promise<void> {
  const { parts, client, job, tally } = round
  const due = dueSpan(parts, roomId, kind)
  const part = round.span
  if (!part && isFresh(parts, roomId, kind, round.freshSince)) return
  const span = part ? within(part, due.to) : due
  if (span.to <= span.from) return
  const what = { roomId, kind, span, ...(part ? {} : { completeTo: due.to }) }
  const { rows, quarantined } = await fetchRecords(parts, client, what, { signal: job.signal })
  tally.rows += rows
  tally.quarantined += quarantined
}

/** Whole seconds, never beyond the frozen end. */
function within({ from = 0, to = Number.POSITIVE_INFINITY }: NonNullable<Round['span']>, end: number): Span {
  return { from: Math.floor(from / SECOND) * SECOND, to: Math.min(Math.ceil(to / SECOND) * SECOND, end) }
}

function isFresh({ ctx }: RecordParts, roomId: string, kind: string, since: number): boolean {
  const held = ctx.store.history
    .statement<{ fetched_at: number }>('SELECT fetched_at FROM room_records WHERE room_id = ? AND kind = ?')
    .get(roomId, kind)
  return held !== undefined && isHeldSince(held.fetched_at, since, ctx.ports.clock.now())
}
