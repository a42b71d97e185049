import { HOUR } from '#shared/time.ts'
import { fetchWindow, type WindowEnd, type WindowKey } from '../sync/index.ts'
import { memberKind, scopeOf, sourceOf, type WaterScan } from './datasets.ts'
import type { WaterList } from './shapes.ts'
import type { WaterRun } from './sync-run.ts'

/** An interrupted scan goes on for this long; later its rows may have moved too far (as for meters). */
const RESUME_MS = HOUR

/** One scan of everything; where rows do not say their region, one more for each (W-08). */
export async function runScans(run: WaterRun, list: WaterScan): Promise<void> {
  const byRegion = list === 'flows' || list === 'costs'
  const regions = byRegion ? run.parts.store.activeRegions() : []
  const scopes = ['', ...regions.map(({ id }) => scopeOf('region', id))]
  run.tally.total += scopes.length
  for (const scope of scopes) await scan(run, list, scope)
}

async function scan(run: WaterRun, list: WaterScan, scope: string): Promise<void> {
  const { parts, job, tally } = run
  const key = scanKey(run, list, scope)
  if (parts.windows.find(key)?.state === 'complete') {
    job.progress(++tally.done, tally.total)
    return
  }
  await fetchList(run, list, key, () => {
    parts.windows.dropOthers(key)
    if (scope !== '') parts.store.dropMembers(memberKind(list), scope.slice(scope.indexOf(':') + 1), key.from)
  })
}

/** Fetches one window or scan and counts what it brought; rows restricted to a region are counted there only once. */
export async function fetchList(
  run: WaterRun,
  list: WaterList,
  key: WindowKey,
  onComplete?: () => void,
): Promise<WindowEnd> {
  const { parts, client, job, tally } = run
  const { ctx, upstreams, windows, store, meters, changed } = parts
  const source = sourceOf({ client, store, meters }, list)
  const about = key.from === key.to ? {} : { day: key.from }
  const end = await fetchWindow({ ctx, upstreams, windows, meters: { changed } }, key, source, {
    signal: job.signal,
    onPage: (progress) => job.step(list, { ...about, ...progress }),
    ...(onComplete ? { onComplete } : {}),
  })
  if (key.scope === '') {
    tally.rows += end.rows
    tally.duplicates += source.duplicates()
  }
  tally.quarantined += end.quarantined
  if (end.unstable) job.report('warning', 'unstable', { dataset: list, from: key.from, to: key.to })
  job.progress(++tally.done, tally.total)
  return end
}

/** The scan this job has begun or finished shortly before it was interrupted, else a new one. */
function scanKey({ parts, job }: WaterRun, list: WaterScan, scope: string): WindowKey {
  const now = parts.ctx.ports.clock.now()
  const last = parts.windows.lastScan('water', list, scope)
  const usable = last && last.updated_at >= now - RESUME_MS && last.from_at <= now
  const mine = last && (last.state !== 'complete' || last.from_at >= job.createdAt)
  const at = usable && mine ? last.from_at : now
  return { source: 'water', dataset: list, scope, from: at, to: at }
}
