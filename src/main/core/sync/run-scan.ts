import { HOUR } from '#shared/time.ts'
import { fetchWindow } from './fetch-window.ts'
import { catalogueSource, latestSource } from './page-source.ts'
import { countWindow, pageStep } from './run-progress.ts'
import type { Run } from './run.ts'
import type { WindowKey } from './windows.ts'

/**
 * An interrupted scan goes on for this long; later the lists may have shifted so far that a meter could be
 * missed, and starting anew costs a few pages.
 */
const RESUME_MS = HOUR

/** Catalogue and latest readings: one scan over all meters, keyed by its start. Throws when it fails. */
export async function runScan(run: Run, which: 'catalogue' | 'latest'): Promise<null> {
  const { parts, client, job } = run
  const key = scanKey(run, which)
  if (parts.windows.find(key)?.state === 'complete') {
    run.tally.done++
    job.progress(run.tally.done, run.tally.total)
    return null
  }
  let retired = 0
  const options = {
    signal: job.signal,
    onPage: pageStep(run, which),
    onComplete() {
      parts.windows.dropOthers(key)
      // C-50, I-38: only a complete catalogue may say that a meter is gone
      if (which === 'catalogue') retired = parts.meters.catalogue.retireUnseen(key.source, key.from)
    },
  }
  const end =
    which === 'catalogue'
      ? await fetchWindow(parts, key, catalogueSource(client, parts.meters), options)
      : await fetchWindow(parts, key, latestSource(client, parts.meters), options)
  if (retired > 0) job.report('warning', 'retired', { count: retired })
  countWindow(run, key, end)
  return null
}

/** The scan this job has begun or finished shortly before it was interrupted, else a new one. */
function scanKey({ parts, job, spec }: Run, which: 'catalogue' | 'latest'): WindowKey {
  const now = parts.ctx.ports.clock.now()
  const last = parts.windows.lastScan(spec.source, which)
  const usable = last && last.updated_at >= now - RESUME_MS && last.from_at <= now
  const mine = last && (last.state !== 'complete' || last.from_at >= job.createdAt)
  const at = usable && mine ? last.from_at : now
  return { source: spec.source, dataset: which, scope: '', from: at, to: at }
}
