import type { PreviewRow } from '#shared/contract/retention.ts'
import { RETENTION_KINDS, type RetentionKind } from '#shared/retention.ts'
import { SitedeskError } from '#shared/errors.ts'
import { formatDay, HOUR, MINUTE, startOfDay } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Job, JobRunner, Jobs } from '../jobs/index.ts'
import type { Settings } from '../settings/index.ts'
import type { AtWork } from '../updates/index.ts'
import { createKinds, cutOff, type Kind, type KindParts } from './kinds.ts'
import { createShrinking } from './shrink.ts'
import { measureSpace, rowBytes } from './space.ts'

export { HISTORY_TABLES, SITE_TABLES } from './tables.ts'

export const RETENTION_JOB = 'retention'

/** Hours of the site's day in which nobody minds. */
const FROM_MS = 2 * HOUR
const TO_MS = 5 * HOUR
const LOOK_MS = 10 * MINUTE

export interface Retention {
  readonly handlers: AreaHandlers<'retention'>
  /** looks from now on whether it is night */
  start(): void
  close(): void
}

interface Areas {
  readonly settings: Pick<Settings, 'values' | 'zone'>
  readonly meters: KindParts['meters']
  readonly jobs: Jobs
  readonly payments: AtWork['payments']
}

interface Parts extends Areas {
  readonly ctx: CoreContext
  readonly kinds: ReadonlyMap<RetentionKind, Kind>
}

/** How long each kind of data is kept (features §3.12): measured, tried dry, and run by a person or by night. */
export function createRetention(ctx: CoreContext, areas: Areas): Retention {
  const kinds = createKinds(ctx, { meters: areas.meters, zone: areas.settings.zone })
  const parts: Parts = { ...areas, ctx, kinds }
  areas.jobs.register(RETENTION_JOB, runner(parts))
  let stop = () => {}
  return {
    handlers: { ...handlersOf(parts), ...createShrinking(ctx, areas) },
    start() {
      stop()
      stop = watchNight(parts)
    },
    close: () => stop(),
  }
}

const ruleOf = ({ settings }: Areas, kind: RetentionKind) => settings.values().retention[kind].keepDays

function handlersOf(parts: Parts): Omit<AreaHandlers<'retention'>, 'retention.shrink'> {
  const { ctx, settings, jobs } = parts
  const { clock } = ctx.ports
  const before = (keepDays: number) => cutOff(clock.now(), keepDays, settings.zone())
  const confirmOf = (keepDays: number) =>
    keepDays === 0 ? null : formatDay(before(keepDays), settings.zone())
  return {
    'retention.space': () => measureSpace(ctx),
    async 'retention.preview'(_call, { rules = {} }) {
      const daysOf = (kind: RetentionKind) => rules[kind]?.keepDays ?? ruleOf(parts, kind)
      const space = await measureSpace(ctx)
      const rows: PreviewRow[] = []
      for (const [kind, one] of parts.kinds) {
        const keepDays = daysOf(kind)
        const counted = await one.look(keepDays === 0 ? 0 : before(keepDays))
        rows.push({
          kind,
          keepDays,
          before: keepDays === 0 ? null : before(keepDays),
          ...counted,
          stays: counted.rows - counted.goes,
          bytes: Math.round(rowBytes(space, one.file, one.table) * counted.goes),
        })
      }
      return { rows, confirm: confirmOf(daysOf('readings')) }
    },
    async 'retention.run'(call, { kinds: asked, confirm }) {
      const kinds = RETENTION_KINDS.filter((kind) => asked.includes(kind))
      const without = kinds.filter((kind) => ruleOf(parts, kind) === 0)
      if (without.length > 0)
        throw new SitedeskError('INVALID_INPUT', `There is no rule for: ${without.join(', ')}.`, { without })
      if (kinds.includes('readings') && confirm !== confirmOf(ruleOf(parts, 'readings')))
        throw new SitedeskError('INVALID_INPUT', 'confirm: the day that the dry run names.', {
          issues: [{ path: 'confirm', message: 'the day that the dry run names' }],
        })
      const keepDays = Object.fromEntries(kinds.map((kind) => [kind, ruleOf(parts, kind)]))
      call.note({ target: kinds.join(' '), after: { keepDays } })
      return jobs.start(RETENTION_JOB, { keepDays }, { startedBy: call.operator?.name ?? null })
    },
  }
}

/** Kind by kind; what it took stays taken wherever it is stopped, and the rest goes the next time. */
function runner({ ctx, kinds, settings }: Parts): JobRunner {
  return async (job) => {
    const keepDays = job.spec['keepDays'] as Partial<Record<RetentionKind, number>>
    for (const [kind, one] of kinds) {
      const days = keepDays[kind] ?? 0
      if (days === 0) continue
      job.step(`retention.${kind}`)
      const before = cutOff(job.createdAt, days, settings.zone())
      const found = await one.run(before, onSlice(job))
      job.report('info', `retention.${kind}`, {
        goes: found.goes,
        stays: found.rows - found.goes,
        thinned: found.days?.thinned ?? 0,
        left: found.days?.left ?? 0,
      })
    }
    ctx.events.emit({ type: 'changed', area: 'retention' })
    return { state: 'done' }
  }
}

const onSlice = (job: Job) => (done: number, total: number | null) => {
  job.signal.throwIfAborted()
  job.progress(done, total)
}

/** Once a night what has a rule; returns how to stop looking. */
function watchNight(parts: Parts): () => void {
  const { ctx, settings, jobs } = parts
  const { clock, log } = ctx.ports
  let lastNight: string | null = null
  return clock.every(LOOK_MS, () => {
    const now = clock.now()
    const time = now - startOfDay(now, settings.zone())
    const night = formatDay(now, settings.zone())
    if (time < FROM_MS || time >= TO_MS || night === lastNight) return
    const rules = RETENTION_KINDS.map((kind) => [kind, ruleOf(parts, kind)] as const)
    const keepDays = Object.fromEntries(rules.filter(([, days]) => days > 0))
    lastNight = night
    if (Object.keys(keepDays).length === 0) return
    jobs.start(RETENTION_JOB, { keepDays }, { startedBy: null }).catch((error: unknown) => {
      log.warn('the nightly retention did not start', { error: String(error) })
    })
  })
}
