import type { Source } from '#shared/contract/define.ts'
import type { Output } from '#shared/contract/index.ts'
import { MINUTE } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { partsOf, type Facts, type PartNow } from '../health/index.ts'
import { facts, unlessDamaged } from './facts.ts'
import type { SystemParts } from './index.ts'

export type Status = Output<'system.status'>
type SourceStatus = Status['sources'][number]

const SOURCES: readonly Source[] = ['imr', 'campus', 'water']
/** Clocks that differ by more are told of (F-25). */
const MAX_SKEW = MINUTE

export function status(ctx: CoreContext, parts: SystemParts): Status {
  const known = withoutParts(ctx, parts)
  return {
    ...known,
    parts: parts.health.parts(partsOf(facts(ctx, parts, known))),
    checks: [...parts.health.checks()],
  }
}

/** For who looks every minute: how each part is now. */
export const partsNow = (ctx: CoreContext, parts: SystemParts): PartNow[] =>
  partsOf(facts(ctx, parts, withoutParts(ctx, parts)))

function withoutParts(
  ctx: CoreContext,
  parts: SystemParts,
): Facts['status'] & Omit<Status, 'parts' | 'checks'> {
  const { ports, options } = ctx
  return {
    version: options.version,
    now: ports.clock.now(),
    demo: options.demo,
    dataDir: options.directory,
    lan: lanOf(parts),
    bluetooth: bluetooth(parts),
    ...watched(ctx, parts),
    runningJobs: parts.jobs.running().length,
    backups: parts.backups.facts(),
    store: storeStatus(ctx, parts),
  }
}

/** The part of it that is cheap and that alarms are about. */
export function watched(ctx: CoreContext, parts: SystemParts): Pick<Status, 'sources' | 'problems'> {
  const sources = SOURCES.map((source) => sourceStatus(parts, source))
  return { sources, problems: problems(ctx, parts, sources) }
}

function bluetooth({ chargers }: SystemParts): Status['bluetooth'] {
  const { state, reason } = chargers.health()
  return { state, reason }
}

function lanOf({ phones }: SystemParts): Status['lan'] {
  const { state, url } = phones.lan.state()
  return { state, url }
}

/** What keeps mini-programs or their money out. */
function phoneProblems({ settings, phones }: SystemParts): Status['problems'] {
  const { host, port } = settings.values().lan
  const reason = phones.payments.problem()
  return [
    ...(phones.lan.state().state === 'failed'
      ? [{ code: 'LAN_NOT_LISTENING' as const, data: { host, port } }]
      : []),
    ...(reason === null ? [] : [{ code: 'PAYMENT_NOT_READY' as const, data: { reason } }]),
  ]
}

const NEVER_SYNCED = { lastCompleteAt: null, partial: true, lastError: null }

/** The newer of what the connection and what the last sync met. */
function sourceStatus({ upstreams, sync }: SystemParts, source: Source): SourceStatus {
  const { state, lastError, clockSkewMs } = upstreams.status(source)
  const synced = unlessDamaged(() => sync.status(source), NEVER_SYNCED)
  const errors = [lastError, synced.lastError].filter((error) => error !== null)
  return {
    source,
    state,
    lastCompleteAt: synced.lastCompleteAt,
    partial: synced.partial,
    lastError: errors.toSorted((a, b) => b.at - a.at)[0] ?? null,
    clockSkewMs,
  }
}

function problems(
  { store }: CoreContext,
  parts: SystemParts,
  sources: readonly SourceStatus[],
): Status['problems'] {
  const { settings, backups } = parts
  const skewed = sources.filter(({ clockSkewMs }) => Math.abs(clockSkewMs ?? 0) > MAX_SKEW)
  return [
    ...backups.problems(),
    ...settings.problems(),
    ...phoneProblems(parts),
    ...skewed.map(({ source, clockSkewMs }) => ({
      code: 'CLOCK_SKEW' as const,
      data: { source, skewMs: clockSkewMs },
    })),
    ...crashProblem(parts),
    ...damageFound(parts),
    ...(store.uncleanStop ? [{ code: 'UNCLEAN_STOP' as const }] : []),
  ]
}

/** Told until somebody says that he has read it. */
function crashProblem({ health }: SystemParts): Status['problems'] {
  const [newest] = health.crashes().filter(({ seen }) => !seen)
  return newest ? [{ code: 'CRASHED' as const, data: { at: newest.at, kind: newest.kind } }] : []
}

/** What the weekly check found; the backups tell what they found themselves. */
function damageFound({ health, backups }: SystemParts): Status['problems'] {
  const told = backups
    .problems()
    .flatMap(({ code, data }) => (code === 'STORE_DAMAGED' ? [data?.['file']] : []))
  return health
    .checks()
    .filter(({ ok, file }) => !ok && !told.includes(file))
    .map(({ file }) => ({ code: 'STORE_DAMAGED' as const, data: { file } }))
}

function storeStatus({ ports, store }: CoreContext, { meters, backups }: SystemParts): Status['store'] {
  const sizeOf = (path: string) => (ports.files.exists(path) ? ports.files.size(path) : 0)
  const bytes = (path: string) => sizeOf(path) + sizeOf(`${path}-wal`)
  return {
    siteBytes: bytes(store.site.sql.path),
    historyBytes: bytes(store.history.sql.path),
    ...unlessDamaged(() => meters.counts(), { meters: 0, readings: 0 }),
    lastBackupAt: backups.lastBackupAt(),
  }
}
