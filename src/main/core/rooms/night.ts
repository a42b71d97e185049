import { formatDay, HOUR, MINUTE, SECOND, startOfDay } from '#shared/time.ts'
import type { Jobs, JobRunner } from '../jobs/index.ts'
import { endOf } from '../sync/index.ts'
import type { UpstreamStatus } from '../upstream/index.ts'
import { fetchAllRecords } from './round.ts'
import { campusOf, freshCard, type RoomSyncParts } from './sync-run.ts'

export const NIGHT_JOB = 'sync.campusNight'

/** Hours of the site's day in which nobody minds. */
const FROM_MS = 1 * HOUR
const TO_MS = 6 * HOUR
const LOOK_MS = 10 * MINUTE
/** Between two rooms: the platform is left alone most of the time. */
const PACE_MS = 2 * SECOND
/** What was fetched since the last night need not be fetched in this one. */
const FRESH_MS = 20 * HOUR

const AWAY: ReadonlySet<UpstreamStatus['state']> = new Set(['unconfigured', 'stopped'])

const timeOfDay = ({ settings }: RoomSyncParts, at: number) => at - startOfDay(at, settings.zone())

/** Records of the rooms nobody cares for by day, the longest unheard of first, as far as the night goes. */
export function nightRunner(parts: RoomSyncParts): JobRunner {
  const { clock } = parts.ctx.ports
  return async (job) => {
    const tally = { done: 0, total: 0, rows: 0, quarantined: 0 }
    const isNight = () => {
      const time = timeOfDay(parts, clock.now())
      return time >= FROM_MS && time < TO_MS
    }
    const unfinished = await fetchAllRecords({
      parts,
      client: campusOf(parts),
      job,
      tally,
      rooms: dueRooms(parts, clock.now() - FRESH_MS),
      freshSince: clock.now() - FRESH_MS,
      card: (roomId) => freshCard(parts, roomId, clock.now() - FRESH_MS, { signal: job.signal }),
      async before() {
        await clock.sleep(PACE_MS, job.signal)
        return isNight()
      },
    })
    job.report('info', 'nightRooms', { done: tally.done, total: tally.total })
    job.report('info', 'rows', { count: tally.rows })
    parts.changed()
    return unfinished ? endOf([unfinished.error]) : { state: 'done' }
  }
}

/** Active rooms whose records are older than that, the oldest first. */
function dueRooms(parts: RoomSyncParts, before: number): string[] {
  const held = parts.ctx.store.history
    .statement<{ room_id: string; at: number }>(
      'SELECT room_id, min(fetched_at) AS at FROM room_records GROUP BY room_id HAVING count(*) = 2',
    )
    .all()
  const now = parts.ctx.ports.clock.now()
  const at = new Map(held.map((row) => [row.room_id, row.at > now ? 0 : row.at]))
  return parts
    .allRooms()
    .filter((id) => (at.get(id) ?? 0) < before)
    .toSorted((a, b) => (at.get(a) ?? 0) - (at.get(b) ?? 0))
}

/** Begins a round once a night, while the sync by itself is on; returns how to stop looking. */
export function watchNight(parts: RoomSyncParts, jobs: Jobs): () => void {
  const { clock, log } = parts.ctx.ports
  let lastNight: string | null = null
  return clock.every(LOOK_MS, () => {
    const now = clock.now()
    const time = timeOfDay(parts, now)
    const night = formatDay(now, parts.settings.zone())
    const due = time >= FROM_MS && time < TO_MS - LOOK_MS && night !== lastNight
    if (!due || parts.settings.values().sync.everyMinutes === 0) return
    if (AWAY.has(parts.upstreams.status('campus').state)) return
    if (dueRooms(parts, now - FRESH_MS).length === 0) return
    lastNight = night
    jobs.start(NIGHT_JOB, { source: 'campus', night }, { startedBy: null }).catch((error: unknown) => {
      log.warn('the nightly round did not start', { error: String(error) })
    })
  })
}
