import { SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { throttle, type Jobs } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import { stateStore, SYNC_JOBS, windowStore } from '../sync/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import { waterStore } from './records.ts'
import { waterRunner, type WaterParts } from './sync-run.ts'

/** The water system's seven lists, from history.db, and what keeps them fresh. */
export interface Water {
  close(): void
}

interface Areas {
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly jobs: Jobs
  readonly meters: Meters
}

export function createWater(ctx: CoreContext, { settings, upstreams, jobs, meters }: Areas): Water {
  const { history } = ctx.store
  const changed = throttle(ctx.ports.clock, SECOND, () => {
    ctx.events.emit({ type: 'changed', area: 'water' })
    ctx.events.emit({ type: 'changed', area: 'sync' })
  })
  const parts: WaterParts = {
    ctx,
    settings,
    upstreams,
    meters,
    windows: windowStore(history),
    state: stateStore(history),
    store: waterStore(history),
    changed() {
      changed.poke()
      meters.changed()
    },
  }
  jobs.register(SYNC_JOBS.water.kind, waterRunner(parts))
  return { close: changed.stop }
}
