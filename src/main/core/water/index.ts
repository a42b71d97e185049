import type { Checked, Output } from '#shared/contract/index.ts'
import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import { throttle, type Jobs } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Settings } from '../settings/index.ts'
import { stateStore, SYNC_JOBS, windowStore } from '../sync/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import { freshness } from './freshness.ts'
import { createGraph } from './graph.ts'
import { arrearsOf, createLinks, type LinkParts } from './links.ts'
import { createLists } from './lists.ts'
import { createPicture } from './picture.ts'
import { waterStore } from './records.ts'
import { createRegionOf, createRegions } from './regions.ts'
import { waterRunner, type WaterParts } from './sync-run.ts'
import { batteryShares, createWatch, type BatteryShare } from './watch.ts'

export type { BatteryShare } from './watch.ts'

/** The water system's seven lists, from history.db, what belongs together in them, and what keeps them fresh. */
export interface Water {
  /** what reports ask */
  readonly figures: {
    /** the region of each meter by its number, as names from the top; each has one at most */
    regionOf(): ReadonlyMap<string, string>
    arrears(input: Checked<'water.arrears'>): Output<'water.arrears'>
  }
  /** batteries in percent of the middle one (W-20) */
  batteries(): AsyncIterable<BatteryShare>
  readonly handlers: AreaHandlers<'water'>
  close(): void
}

interface Areas {
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly jobs: Jobs
  readonly meters: Meters
  readonly rooms: Pick<Rooms, 'locate' | 'resolveName'>
}

export function createWater(ctx: CoreContext, { settings, upstreams, jobs, meters, rooms }: Areas): Water {
  const { history } = ctx.store
  const state = stateStore(history)
  const fresh = freshness(history, state)
  const links = createGraph(ctx, rooms)
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
    state,
    store: waterStore(history),
    changed() {
      changed.poke()
      meters.changed()
    },
  }
  jobs.register(SYNC_JOBS.water.kind, waterRunner(parts))
  const linkParts: LinkParts = { ctx, rooms, links, state: fresh }
  return {
    figures: { regionOf: createRegionOf(history), arrears: (input) => arrearsOf(linkParts, input) },
    batteries: () => batteryShares(ctx),
    handlers: {
      ...createRegions(history, fresh),
      ...createLists(history, fresh),
      ...createWatch({ ctx, state: fresh, readings: meters.effective, zone: settings.zone }),
      ...createPicture(ctx, settings),
      ...createLinks(linkParts),
    },
    close() {
      changed.stop()
      links.stop()
    },
  }
}
