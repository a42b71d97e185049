import type { HealthPart, HealthReason, IntegrityCheck, PartName } from '#shared/contract/health.ts'
import type { Output } from '#shared/contract/index.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { WorkerFacts } from './workers.ts'

type Status = Omit<Output<'system.status'>, 'parts'>

/** How a part is now. `goodAt`: when it knows that better than who looks. */
export type PartNow = Omit<HealthPart, 'lastGoodAt'> & { readonly goodAt?: number | null }

/** What the parts are judged by. */
export interface Facts {
  readonly status: Pick<Status, 'now' | 'sources' | 'bluetooth' | 'lan' | 'problems' | 'backups'>
  readonly checks: readonly IntegrityCheck[]
  readonly workers: WorkerFacts
  /** receipts that no printer has taken */
  readonly paperWaiting: number
  /** jobs that failed within a day, and the newest one that went well */
  readonly jobs: { readonly failed: number; readonly doneAt: number | null }
  readonly updates: { readonly state: 'off' | 'good' | 'ready' | 'failed'; readonly checkedAt: number | null }
}

/** A check that is older says little; one a week is made. */
const CHECK_SAYS_FOR = 9 * DAY
const DISK_LOW = 2_000_000_000
/** Room for one more copy of site.db and the work of a day. */
const DISK_FULL = 300_000_000
/** A worker that failed is spoken of until it did something again, at least this long. */
const WORKER_WORTH_SAYING = 10 * MINUTE

const good = (part: PartName, goodAt?: number | null): PartNow => ({
  part,
  state: 'good',
  reason: null,
  ...(goodAt === undefined ? {} : { goodAt }),
})
const off = (part: PartName, reason: HealthReason | null = null): PartNow => ({ part, state: 'off', reason })
const not = (
  state: 'attention' | 'bad',
  part: PartName,
  reason: HealthReason,
  more: Pick<PartNow, 'data' | 'goodAt'> = {},
): PartNow => ({ part, state, reason, ...more })

/** Every part with its state, in the order of the contract. */
export function partsOf(facts: Facts): PartNow[] {
  const { status } = facts
  return [
    fileOf('site', 'site.db', facts),
    fileOf('history', 'history.db', facts),
    backupsOf(status),
    ...status.sources.map(sourceOf),
    syncOf(status),
    radioOf(status.bluetooth),
    lanOf(status),
    facts.paperWaiting === 0
      ? good('printing')
      : not('attention', 'printing', 'paperWaiting', { data: { n: facts.paperWaiting } }),
    clockOf(status),
    diskOf(status.backups.freeBytes),
    jobsOf(facts),
    workersOf(facts),
    updatesOf(facts),
  ]
}

const has = ({ problems }: Pick<Status, 'problems'>, code: Status['problems'][number]['code']) =>
  problems.some((problem) => problem.code === code)

function fileOf(part: 'site' | 'history', file: IntegrityCheck['file'], facts: Facts): PartNow {
  const { checks, status } = facts
  const last = checks.find((check) => check.file === file)
  const damaged = status.problems.some(
    ({ code, data }) => code === 'STORE_DAMAGED' && data?.['file'] === file,
  )
  if (damaged || last?.ok === false) return not('bad', part, 'damaged', { data: { file } })
  if (!last || status.now - last.at > CHECK_SAYS_FOR)
    return not('attention', part, 'notChecked', goodAtOf(last))
  return good(part, last.at)
}

const goodAtOf = (last: IntegrityCheck | undefined) => (last?.ok ? { goodAt: last.at } : {})

/** A second place that is away says so itself; the others take no copies. */
const MISSED: readonly string[] = ['absent', 'needsPassphrase', 'full', 'failing']

function backupsOf({ backups }: Facts['status']): PartNow {
  const { lastGoodAt: goodAt, lastFailure, warnings, second } = backups
  if (lastFailure) return not('bad', 'backups', 'backupFailed', { goodAt })
  if (goodAt === null) return not('attention', 'backups', 'noBackup', { goodAt })
  if (warnings.length > 0) return not('attention', 'backups', 'backupDoubtful', { goodAt })
  if (MISSED.includes(second.state)) return not('attention', 'backups', 'secondPlace', { goodAt })
  return good('backups', goodAt)
}

function sourceOf({ source, state, lastError, lastCompleteAt }: Status['sources'][number]): PartNow {
  const data = lastError ? { data: { code: lastError.code } } : {}
  if (state === 'failing') return not('bad', source, 'refused', data)
  if (state === 'stopped') return not('bad', source, 'refused', data)
  if (state === 'offline') return not('attention', source, 'offline', data)
  // not asked since the start: as it was left
  if (state === 'idle' && lastCompleteAt !== null) return good(source, lastCompleteAt)
  return state === 'live' ? good(source) : off(source)
}

function syncOf({ sources }: Facts['status']): PartNow {
  const used = sources.filter(({ state }) => state !== 'unconfigured')
  const ends = used.map(({ lastCompleteAt }) => lastCompleteAt).filter((at) => at !== null)
  const goodAt = ends.length === 0 ? null : Math.max(...ends)
  if (used.length === 0) return off('sync')
  const broken = used.find(
    ({ lastError, lastCompleteAt }) => lastError && lastError.at > (lastCompleteAt ?? 0),
  )
  if (broken) return not('attention', 'sync', 'syncFailed', { goodAt, data: { source: broken.source } })
  const partial = used.find((one) => one.partial)
  if (partial) return not('attention', 'sync', 'partial', { goodAt, data: { source: partial.source } })
  return goodAt === null ? not('attention', 'sync', 'neverSynced', { goodAt }) : good('sync', goodAt)
}

function radioOf({ state }: Facts['status']['bluetooth']): PartNow {
  if (state === 'ready') return good('radio')
  if (state === 'unknown') return off('radio')
  const reasons = { off: 'radioOff', unauthorized: 'radioForbidden', unavailable: 'radioMissing' } as const
  return not('attention', 'radio', reasons[state])
}

function lanOf({ lan }: Facts['status']): PartNow {
  if (lan.state === 'failed') return not('bad', 'lan', 'notListening')
  return lan.state === 'on' ? good('lan') : off('lan')
}

function clockOf(status: Facts['status']): PartNow {
  const seen = status.sources.map(({ clockSkewMs }) => clockSkewMs).filter((skew) => skew !== null)
  if (has(status, 'CLOCK_SKEW')) {
    const worst = seen.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0
    return not('attention', 'clock', 'clockSkew', { data: { s: Math.round(worst / 1000) } })
  }
  return seen.length === 0 ? off('clock') : good('clock')
}

function diskOf(freeBytes: number): PartNow {
  const data = { data: { freeBytes } }
  if (freeBytes < DISK_FULL) return not('bad', 'disk', 'diskFull', data)
  return freeBytes < DISK_LOW ? not('attention', 'disk', 'diskLow', data) : { ...good('disk'), ...data }
}

const jobsOf = ({ jobs: { failed, doneAt } }: Facts): PartNow =>
  failed > 0
    ? not('attention', 'jobs', 'jobFailed', { goodAt: doneAt, data: { n: failed } })
    : doneAt === null
      ? off('jobs')
      : good('jobs', doneAt)

function workersOf({ workers: { doneAt, failed }, status: { now } }: Facts): PartNow {
  if (failed && (failed.at > (doneAt ?? 0) || now - failed.at < WORKER_WORTH_SAYING))
    return not('bad', 'workers', 'workerFailed', { goodAt: doneAt })
  return doneAt === null ? off('workers') : good('workers', doneAt)
}

function updatesOf({ updates: { state, checkedAt } }: Facts): PartNow {
  if (state === 'off') return off('updates', 'noUpdateKey')
  if (state === 'ready') return not('attention', 'updates', 'updateReady', { goodAt: checkedAt })
  if (state === 'failed') return not('attention', 'updates', 'updateFailed', { goodAt: checkedAt })
  return checkedAt === null ? off('updates') : good('updates', checkedAt)
}
