import type { Source } from '#shared/contract/index.ts'
import type { sourceState } from '#shared/contract/system.ts'
import type { z } from '#shared/z.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Settings } from '../settings/types.ts'
import type { ClientStatus } from './client.ts'
import { CAMPUS_PLUG, createLink, IMR_PLUG, WATER_PLUG, type Connection, type Link } from './connections.ts'
import { readPages } from './paging.ts'
import { SkewMeter } from './skew.ts'
import { createTestHandler } from './test-handler.ts'
import type { CampusClient } from './types-campus.ts'
import type { WaterClient } from './types-water.ts'
import type { CallOptions, ImrClient, PagingEnd, PagingRequest } from './types.ts'

export { REAL_TIME } from './imr.ts'
export { gateOf, imrMeterKind, meterKindOf, onlineOf } from './meter-types.ts'
export { UpstreamError } from './types.ts'
export type * from './types.ts'
export type * from './types-campus.ts'
export type * from './types-water.ts'

export interface UpstreamStatus {
  readonly state: z.infer<typeof sourceState>
  readonly lastError: ClientStatus['lastError']
  /** the vendor's clock minus ours, ms (F-25) */
  readonly clockSkewMs: number | null
}

/** The vendor systems, as the settings say they can be reached. */
export interface Upstreams {
  /** null: not configured, or its password is locked away */
  imr(): ImrClient | null
  /** null as for `imr` */
  campus(): CampusClient | null
  /** null: no address, or its secret is missing or locked away */
  water(): WaterClient | null
  status(source: Source): UpstreamStatus
  /** epoch ms up to which a window may be asked for: the earlier of both clocks, less 2 minutes (F-25) */
  windowEnd(source: Source): number
  readPages<R>(request: PagingRequest<R>, options?: CallOptions): Promise<PagingEnd>
  readonly handlers: Pick<AreaHandlers<'settings'>, 'settings.testConnection'>
  close(): void
}

export function createUpstreams(ctx: CoreContext, { settings }: { settings: Settings }): Upstreams {
  const { clock, log } = ctx.ports
  const imr = createLink(ctx, settings, IMR_PLUG)
  const campus = createLink(ctx, settings, CAMPUS_PLUG)
  const water = createLink(ctx, settings, WATER_PLUG)
  const links: Readonly<Record<Source, Link<unknown>>> = { imr, campus, water }
  const connected = (source: Source) => links[source].get()
  const stopListening = settings.onChange((paths) => {
    const touched = (['imr', 'campus', 'water'] as const).filter((source) =>
      paths.some((path) => path.startsWith(`upstreams.${source}`)),
    )
    for (const source of touched) links[source].drop()
    if (touched.length > 0) ctx.events.emit({ type: 'changed', area: 'system' })
  })
  return {
    imr: () => imr.get()?.api ?? null,
    campus: () => campus.get()?.api ?? null,
    water: () => water.get()?.api ?? null,
    status: (source) => statusOf(connected(source)),
    windowEnd: (source) => (connected(source)?.skew ?? new SkewMeter(log, source)).windowEnd(clock.now()),
    readPages,
    handlers: { 'settings.testConnection': createTestHandler(ctx, settings, links) },
    close() {
      stopListening()
      for (const link of Object.values(links)) link.drop()
    },
  }
}

const UNCONFIGURED: UpstreamStatus = { state: 'unconfigured', lastError: null, clockSkewMs: null }

const statusOf = (connection: Connection<unknown> | null): UpstreamStatus =>
  connection ? { ...connection.client.status, clockSkewMs: connection.skew.value } : UNCONFIGURED
