import { DAY } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Facts } from '../health/index.ts'
import { damagedFile } from '../store/database.ts'
import type { SystemParts } from './index.ts'

/** Where damage is told, a file that cannot be read must not keep the rest from being said. */
export function unlessDamaged<R>(read: () => R, otherwise: R): R {
  try {
    return read()
  } catch (error) {
    if (damagedFile(error) === null) throw error
    return otherwise
  }
}

/** What the health of the parts is judged by, beside what the status knows already. */
export function facts(ctx: CoreContext, parts: SystemParts, status: Facts['status']): Facts {
  return {
    status,
    checks: parts.health.checks(),
    workers: parts.health.workers(),
    paperWaiting: unlessDamaged(() => paperWaiting(ctx), 0),
    jobs: unlessDamaged(() => jobsOf(ctx), { failed: 0, doneAt: null }),
    updates: parts.updates.facts(),
  }
}

/** What is older is not waited for any more; the index of the day keeps this short. */
const PAPER_SINCE = 7 * DAY

function paperWaiting({ store: { site }, ports: { clock } }: CoreContext): number {
  const sql = "SELECT count(*) AS n FROM receipt WHERE made_at > ? AND state <> 'printed'"
  return site.statement<{ n: number }>(sql).get(clock.now() - PAPER_SINCE)?.n ?? 0
}

/** Of the newest jobs only: there are years of them. */
const NEWEST_JOBS = 'SELECT state, ended_at FROM job ORDER BY created_at DESC LIMIT 100'

function jobsOf({ store: { site }, ports: { clock } }: CoreContext): Facts['jobs'] {
  const sql = `SELECT max(CASE state WHEN 'done' THEN ended_at END) AS doneAt,
    count(CASE WHEN state = 'failed' AND ended_at > ? THEN 1 END) AS failed FROM (${NEWEST_JOBS})`
  const found = site.statement<{ doneAt: number | null; failed: number }>(sql).get(clock.now() - DAY)
  return { failed: found?.failed ?? 0, doneAt: found?.doneAt ?? null }
}
