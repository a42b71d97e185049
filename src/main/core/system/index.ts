import type { Output } from '#shared/contract/index.ts'
import type { Backups } from '../backups/index.ts'
import type { Chargers } from '../chargers/index.ts'
import type { AreaHandlers, CoreContext, SignedIn } from '../context.ts'
import type { Health } from '../health/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Operators } from '../operators/index.ts'
import type { Phones } from '../phones.ts'
import type { Settings } from '../settings/index.ts'
import type { Sync } from '../sync/index.ts'
import type { Updates } from '../updates/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import { createAutomation } from './automation.ts'
import { diagnostics } from './diagnostics.ts'
import { practice } from './practice.ts'
import { partsNow, status, watched } from './status.ts'

export interface SystemParts {
  readonly settings: Settings
  readonly operators: Operators
  readonly upstreams: Upstreams
  readonly meters: Meters
  readonly jobs: Jobs
  readonly sync: Sync
  readonly backups: Backups
  readonly health: Health
  readonly updates: Pick<Updates, 'facts'>
  readonly chargers: Pick<Chargers, 'health'>
  readonly phones: Pick<Phones, 'payments' | 'lan'>
}

export interface System {
  /** what `system.status` says of vendors and problems, for those who watch it */
  watched(): Pick<Output<'system.status'>, 'sources' | 'problems'>
  /** after the ready line */
  start(): void
  readonly handlers: AreaHandlers<'system'>
}

/** What a screen and a script can ask about the desk itself. */
export function createSystem(ctx: CoreContext, parts: SystemParts): System {
  const automation = createAutomation(ctx, parts.settings)
  return {
    watched: () => watched(ctx, parts),
    start: () => parts.health.start(() => partsNow(ctx, parts)),
    handlers: {
      'system.hello': (call) => hello(ctx, parts, parts.operators.sessions.of(call.caller)),
      'system.status': () => status(ctx, parts),
      'system.practice': (call, { run }) => practice(ctx, parts.operators, call, run),
      'system.automation': automation,
      'system.diagnostics': () => diagnostics(ctx, parts, status(ctx, parts)),
      'system.check': async (call) => {
        await call.commit(() => call.note({ target: 'site.db, history.db' }))
        void parts.health.checkNow()
        return { ok: true }
      },
      'system.crashes': () => ({ rows: parts.health.crashes() }),
      'system.acknowledgeCrashes': async (call) => {
        await call.commit(() => call.note({ target: 'crashes' }))
        await parts.health.acknowledge()
        return { ok: true }
      },
    },
  }
}

function hello(
  { ports, options }: CoreContext,
  { settings, operators }: SystemParts,
  session: ReturnType<Operators['sessions']['of']>,
): Output<'system.hello'> {
  const { siteName, zone, autoLockMinutes, setup } = settings.values()
  return {
    version: options.version,
    demo: options.demo,
    siteName,
    zone,
    now: ports.clock.now(),
    firstRun: operators.count() === 0,
    setup: setup?.step ?? null,
    operator: session.state === 'none' ? null : shown(session.operator, operators.permissions),
    locked: session.state === 'locked',
    autoLockMinutes,
    names: operators.names(),
  }
}

function shown({ operatorId, name, roles, mustChangePin }: SignedIn, permissions: Operators['permissions']) {
  const withheld = permissions.withheld(roles)
  return {
    id: operatorId,
    name,
    roles: [...roles],
    ...(mustChangePin && { mustChangePin }),
    ...(withheld.length > 0 && { withheld }),
  }
}
