import type { AreaHandlers, CoreContext } from '../context.ts'
import { throttle } from '../jobs/index.ts'
import { createHandlers } from './handlers.ts'
import type { ProvisioningAreas, RunParts } from './parts.ts'
import { RunStore } from './store.ts'
import { Worker } from './worker.ts'

export type { ProvisioningAreas } from './parts.ts'

/** Runs that bring chargers from found to registered, many at a time, over restarts (features §3.1). */
export interface Provisioning {
  readonly handlers: AreaHandlers<'provisioning'>
  /** after the ready line: runs that the last stop interrupted go on; a paused one waits for its person */
  start(): void
  /** what is under way stops where it can go on; before the chargers are closed */
  close(): Promise<void>
}

const CHANGED_EVERY_MS = 500

export function createProvisioning(ctx: CoreContext, areas: ProvisioningAreas): Provisioning {
  const { clock } = ctx.ports
  const { site } = ctx.store
  const store = new RunStore(site)
  const announce = throttle(clock, CHANGED_EVERY_MS, () =>
    ctx.events.emit({ type: 'changed', area: 'provisioning' }),
  )
  const parts: RunParts = {
    ctx,
    areas,
    store,
    async apply(where, event) {
      const after = await site.write(() => store.apply(where, event, clock.now()))
      announce.poke()
      return after
    },
    changed: announce.poke,
  }
  const worker = new Worker(parts)
  return {
    handlers: createHandlers({ ...parts, worker }),
    start: () => worker.poke(),
    async close() {
      await worker.close()
      announce.stop()
    },
  }
}
