import { dayText } from '#shared/contract/values.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { ZoneOffset } from '#shared/time.ts'
import { z } from '#shared/z.ts'
import type { CoreContext } from '../context.ts'
import type { Job, JobEnd, JobRunner } from '../jobs/index.ts'
import { MARGIN_MS, SETTLE_MS, spanOf, type DaySpan } from './day.ts'
import type { FigureParts } from './figures.ts'

export const RECONCILIATION_JOB = 'reconciliation.day'
export const runSpec = z.object({ day: dayText, scope: z.enum(['touched', 'all']) })
type Spec = z.infer<typeof runSpec>

/** A platform that fails so many rooms in a row fails the next ones too. */
const FAILURES_IN_A_ROW = 3

export interface RunParts extends FigureParts {
  readonly ctx: CoreContext
  readonly upstreams: { campus(): unknown }
  zone(): ZoneOffset
  /** tells the screens, coalesced */
  readonly changed: () => void
}

/** Asks the platform for the recharges of one room after another; what is done stays done (F-17). */
export function reconciliationRunner(parts: RunParts): JobRunner {
  return async (job) => {
    const spec = runSpec.parse(job.spec)
    if (!parts.upstreams.campus()) throw notConfigured()
    const plan = planOf(parts, spanOf(spec.day, parts.zone()), spec.scope)
    const left = await begin(parts, job, plan, spec.scope)
    let complete = false
    try {
      const end = await askAll(parts, job, plan, left)
      complete = end.state === 'done'
      return end
    } finally {
      await finish(parts, plan.span.day, complete)
    }
  }
}

export const notConfigured = () =>
  new SitedeskError('NOT_CONFIGURED', 'The campus system is not set up yet.', { source: 'campus' })

interface Plan {
  readonly span: DaySpan
  readonly rooms: readonly string[]
  /** room → when its last sale of the day ended: a number may be sent again days later */
  readonly lastEnd: ReadonlyMap<string, number>
}

/** The rooms of the day's intents, and with `all` every other. */
function planOf({ ledger, rooms }: FigureParts, span: DaySpan, scope: Spec['scope']): Plan {
  const lastEnd = new Map<string, number>()
  for (const { roomId, endedAt } of ledger.between(span.from, span.to))
    lastEnd.set(roomId, Math.max(lastEnd.get(roomId) ?? 0, endedAt ?? 0))
  const all = scope === 'all' ? rooms.allRooms() : []
  return { span, rooms: [...new Set([...lastEnd.keys(), ...all])], lastEnd }
}

/** The rooms still to ask: after an interruption those that were not done, else all. */
async function begin(
  { ctx, store }: RunParts,
  job: Job,
  { span, rooms }: Plan,
  scope: Spec['scope'],
): Promise<string[]> {
  const now = ctx.ports.clock.now()
  return ctx.store.site.write(() => {
    const before = store.day(span.day)
    if (before?.state === 'signed') throw signedOff(span.day)
    const done = store.rooms(span.day)
    // Of an unfinished run counts what was asked after the day was over, or by this very job on the day itself.
    const kept = (at: number) =>
      (now < span.to && at >= job.createdAt) ||
      (before?.state !== 'complete' && at >= span.to + MARGIN_MS + SETTLE_MS)
    const wanted = new Set(rooms)
    for (const [room, at] of done) {
      if (wanted.has(room) && kept(at)) wanted.delete(room)
      else store.roomUndone(span.day, room)
    }
    store.saveDay({
      day: span.day,
      state: 'running',
      scope,
      job_id: job.id,
      rooms: rooms.length,
      rooms_done: rooms.length - wanted.size,
    })
    return [...wanted]
  })
}

export const signedOff = (day: string) =>
  new SitedeskError('SIGNED_OFF', `${day} is signed off already.`, { day })

async function askAll(parts: RunParts, job: Job, plan: Plan, left: readonly string[]): Promise<JobEnd> {
  const total = plan.rooms.length
  let done = total - left.length
  let inARow = 0
  let failure: SitedeskError | null = null
  job.step('reconciling', { day: plan.span.day })
  job.progress(done, total)
  for (const room of left) {
    job.signal.throwIfAborted()
    try {
      await askOne(parts, job, plan, room)
      inARow = 0
      job.progress(++done, total)
    } catch (error) {
      if (job.signal.aborted || !(error instanceof SitedeskError) || error.code !== 'UPSTREAM_FAULT')
        throw error
      job.report('error', 'roomNotCompared', { room, message: error.message })
      failure = error
      if (++inARow >= FAILURES_IN_A_ROW) throw error
    }
  }
  job.report('info', 'roomsCompared', { count: done })
  return failure ? { state: 'partial', resumable: true, error: failure.toWire() } : { state: 'done' }
}

/** Beyond this moment too, since the platform's clock may be ahead; what is not listed yet waits (SETTLE_MS). */
async function askOne(parts: RunParts, job: Job, { span, lastEnd }: Plan, room: string): Promise<void> {
  const { ctx, rooms, store } = parts
  const askedAt = ctx.ports.clock.now()
  const to = Math.max(span.to, lastEnd.get(room) ?? 0) + MARGIN_MS
  await rooms.fetchRecharges(room, span.from - MARGIN_MS, to, { signal: job.signal })
  await ctx.store.site.write(() => {
    store.roomDone(span.day, room, askedAt)
    store.updateDay(span.day, { rooms_done: (store.day(span.day)?.rooms_done ?? 0) + 1 })
  })
  parts.changed()
}

async function finish({ ctx, store, changed }: RunParts, day: string, complete: boolean): Promise<void> {
  const ran_at = ctx.ports.clock.now()
  await ctx.store.site.write(() => store.updateDay(day, { state: complete ? 'complete' : 'partial', ran_at }))
  changed()
}
