import { SitedeskError } from '#shared/errors.ts'
import { dataset, type Dataset } from '#shared/contract/sync.ts'
import { instant } from '#shared/contract/define.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import { z } from '#shared/z.ts'
import type { Job, JobRunner } from '../jobs/index.ts'
import {
  clockBehind,
  DATASETS,
  endOf,
  quarantineRows,
  runOneDataset,
  stateStore,
  tooManyBad,
  type Unfinished,
} from '../sync/index.ts'
import type { CallOptions, CampusClient, WholeList } from '../upstream/index.ts'
import type { Directory } from './directory.ts'
import { fetchAllRecords, type Round } from './round.ts'
import { isHeldSince, type RecordParts } from './records.ts'
import type { RoomMeters } from './meters.ts'
import { inSlices, type RoomStore } from './store.ts'

export interface RoomSyncParts extends RecordParts {
  readonly store: RoomStore
  readonly directory: Directory
  /** active rooms, for a run of all */
  allRooms(): string[]
  /** rooms that somebody opened, recharged or marked */
  keptRooms(): string[]
  readonly changed: () => void
  readonly roomMeters: RoomMeters
}

const spec = z.object({
  source: z.literal('campus'),
  dataset: dataset.optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** `kept`: records only of the rooms that somebody opened, recharged or marked */
  rooms: z.enum(['kept', 'all']).optional(),
})
export type CampusSpec = z.infer<typeof spec>

export interface CampusRun {
  readonly parts: RoomSyncParts
  readonly client: CampusClient
  readonly job: Job
  readonly spec: CampusSpec
  readonly tally: Round['tally']
}

/** Strictly below it lie all balances there are: one call brings them all (C-43, C-44). */
const ABOVE_ALL_FEN = 1_000_000_000
const FRESH_MS = 10 * MINUTE
/** F-23 */
const BAD_SHARE = 0.2

export function campusOf({ upstreams }: RecordParts): CampusClient {
  const client = upstreams.campus()
  if (client) return client
  throw new SitedeskError('NOT_CONFIGURED', 'The campus system is not set up yet.', { source: 'campus' })
}

/** Fetched room by room. */
const OF_ROOMS: ReadonlySet<Dataset> = new Set(['meters', 'records'])

/** The job behind `sync.start` for the campus system: addresses, balances, records. */
export function campusRunner(parts: RoomSyncParts): JobRunner {
  const state = stateStore(parts.ctx.store.history)
  return async (job) => {
    const asked = spec.parse(job.spec)
    const tally = { done: 0, total: 0, rows: 0, quarantined: 0 }
    const run: CampusRun = { parts, client: campusOf(parts), job, spec: asked, tally }
    const wanted = asked.dataset ? [asked.dataset] : DATASETS.campus
    tally.total = wanted.filter((one) => !OF_ROOMS.has(one)).length
    const failures: unknown[] = []
    try {
      for (const which of wanted) {
        const of = { ctx: parts.ctx, state, job, source: 'campus' as const, changed: parts.changed }
        const end = await runOneDataset(of, which, {
          work: () => work(run, which),
          completeTo: () => null,
          partOnly: which === 'records' && (asked.from !== undefined || asked.to !== undefined),
        })
        if (end) failures.push(end.error)
      }
      if (failures.length === 0 && !asked.dataset)
        await state.wholeComplete('campus', parts.ctx.ports.clock.now())
    } finally {
      job.report('info', 'rows', { count: tally.rows })
      if (tally.quarantined > 0) job.report('warning', 'quarantined', { count: tally.quarantined })
      parts.changed()
    }
    return endOf(failures)
  }
}

async function work(run: CampusRun, which: Dataset): Promise<Unfinished | null> {
  if (which === 'meters') return cards(run)
  if (which === 'records') return records(run)
  run.job.step(which)
  if (which === 'addresses') await addresses(run)
  else await balances(run)
  run.tally.done++
  run.job.progress(run.tally.done, run.tally.total)
  return null
}

/** C-50: unseen rooms leave only after a list that came whole and could be read to its last row. */
async function addresses({ parts, client, job, tally }: CampusRun): Promise<void> {
  const { store, directory } = parts
  const { history } = parts.ctx.store
  const at = parts.ctx.ports.clock.now()
  const { rows, bad } = await client.addrQuery({ signal: job.signal })
  await setAside(parts, 'addresses', { rows, bad })
  await inSlices(history, rows, (slice) => store.addresses(slice, at))
  tally.rows += rows.length
  tally.quarantined += bad.length
  const whole = rows.length > 0 && bad.length === 0
  const retired = whole ? await history.write(() => store.retireUnseen(at)) : 0
  await directory.renew()
  await parts.roomMeters.renew(job.signal)
  if (retired > 0) job.report('warning', 'roomsRetired', { count: retired })
  if (rows.length === 0) job.report('warning', 'noRooms')
  const { unlinked, cycles } = directory.tree()
  if (unlinked.length > 0) job.report('warning', 'roomsUnlinked', { count: unlinked.length })
  if (cycles.length > 0) job.report('warning', 'roomCycles', { count: cycles.length, first: cycles[0] ?? '' })
}

async function balances({ parts, client, job, tally }: CampusRun): Promise<void> {
  const found = await client.noMoreMoneyRoom(ABOVE_ALL_FEN, { signal: job.signal })
  const at = parts.ctx.ports.clock.now()
  await setAside(parts, 'balances', found)
  await inSlices(parts.ctx.store.history, found.rows, (slice) => parts.store.balances(slice, at))
  tally.rows += found.rows.length
  tally.quarantined += found.bad.length
}

async function setAside({ ctx }: RoomSyncParts, which: Dataset, found: WholeList<unknown>): Promise<void> {
  const { rows, bad } = found
  if (bad.length === 0) return
  const at = ctx.ports.clock.now()
  await ctx.store.history.write(() =>
    quarantineRows(ctx.store.history, { source: 'campus', dataset: which }, bad, at),
  )
  const received = rows.length + bad.length
  if (bad.length > received * BAD_SHARE) throw tooManyBad(bad.length, received)
}

/** CE-4 into history.db; what hangs in the room goes into the list of meters in the same transaction. */
export async function fetchCard(
  { ctx, store, directory, roomMeters }: RoomSyncParts,
  client: CampusClient,
  roomId: string,
  options: CallOptions,
): Promise<void> {
  const room = await client.userInfo(roomId, options)
  const at = ctx.ports.clock.now()
  const moved = await ctx.store.history.write(() => {
    const card = store.card(roomId, room, at)
    roomMeters.carded(card.numbers)
    return card.moved
  })
  if (moved) directory.markNumbersStale()
}

export async function freshCard(
  parts: RoomSyncParts,
  roomId: string,
  since: number,
  options: CallOptions,
): Promise<void> {
  const held = parts.ctx.store.history
    .statement<{ card_at: number | null }>('SELECT card_at FROM room_balance WHERE room_id = ?')
    .get(roomId)
  const now = parts.ctx.ports.clock.now()
  if (!isHeldSince(held?.card_at ?? 0, since, now)) await fetchCard(parts, campusOf(parts), roomId, options)
}

/** Meters hang on the cards of rooms, and no list names them (C-49). */
async function cards({ parts, client, job, spec: asked, tally }: CampusRun): Promise<Unfinished | null> {
  const kept = asked.rooms === 'kept'
  const rooms = kept ? parts.keptRooms() : parts.allRooms()
  const now = parts.ctx.ports.clock.now()
  // by itself once a day; for the rest see `records`
  const freshSince = kept ? now - DAY : freshFor(parts, job)
  const card = (roomId: string) => freshCard(parts, roomId, freshSince, { signal: job.signal })
  return fetchAllRecords({ parts, client, job, tally, rooms, freshSince, card, cardsOnly: true })
}

/** What this job fetched before it was interrupted, or another shortly before, is not asked for again. */
const freshFor = ({ ctx }: RoomSyncParts, job: Job) =>
  Math.max(job.createdAt - FRESH_MS, ctx.ports.clock.now() - DAY)

async function records({ parts, client, job, spec: asked, tally }: CampusRun): Promise<Unfinished | null> {
  const rooms = asked.rooms === 'kept' ? parts.keptRooms() : parts.allRooms()
  const freshSince = freshFor(parts, job)
  const { from, to } = asked
  const span = from === undefined && to === undefined ? {} : { span: { from, to } }
  const unfinished = await fetchAllRecords({ parts, client, job, tally, rooms, freshSince, ...span })
  return unfinished ?? clockBehind({ ...parts, job, source: 'campus' }, { dataset: 'records', to })
}
