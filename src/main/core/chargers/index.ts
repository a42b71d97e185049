import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import { throttle } from '../jobs/index.ts'
import type { Settings } from '../settings/index.ts'
import { createAir, type Air, type FindOptions } from './air.ts'
import { createDriver, type Driver } from './driver.ts'
import { createExchangeLog } from './exchanges.ts'
import { createHandlers, type Doing } from './handlers.ts'
import { createLeases, type Leases } from './leases.ts'
import { createLinks, type Links } from './links.ts'
import type { RegistryPort } from './ports.ts'
import type { RadioHealth } from './radio.ts'
import type { ChargerSession } from './session.ts'
import { createStamps } from './stamps.ts'
import { within, type Timings } from './timing.ts'
import { runTask } from './task.ts'

export { readClockText } from './clock-text.ts'
export { reasonOf } from './errors.ts'
export { STANDARD_PROFILE } from './frame.ts'
export { median } from './sightings.ts'
export type { RegistryPort } from './ports.ts'
export type {
  ChargerSession,
  ClockReading,
  PortReport,
  PowerHooks,
  PowerOffEnd,
  PowerOnEnd,
} from './session.ts'

export interface TaskOptions {
  /** who has it: `command`, `provisioning`, … */
  readonly task: string
  readonly runId?: string | null
  readonly step?: string | null
  readonly operator?: string | null
  /** ends the task soon, in whatever it is */
  readonly signal?: AbortSignal
  /** how its frames are signed; the registry's, or the document's, unless given */
  readonly profile?: BleProfile | null
  /** false: the connection ends with the task; else it waits some seconds for the next one (B-33) */
  readonly keep?: boolean
}

/** Everything that goes over the radio (spec §3.1, §3.2; design §4). */
export interface Chargers {
  /** no side effect: never loads the driver */
  health(): RadioHealth & { readonly adapter: string }
  adapter(): string
  /** Hears it, or rejects CHARGER_NOT_FOUND, CHARGER_AMBIGUOUS, RADIO_UNAVAILABLE, CANCELLED. */
  find(name: string, options: FindOptions): Promise<{ readonly radioId: string; readonly rssi: number }>
  /** the chargers heard lately, strongest first */
  heard(): FoundCharger[]
  /** dBm samples of the last minute, oldest first */
  signalOf(name: string): number[]
  /** listens for so long from now; rejects RADIO_UNAVAILABLE */
  listen(ms: number): Promise<void>
  /**
   * Leases the charger (CHARGER_BUSY names who has it), connects, and does the work; everything said is stored.
   * Rejects with SitedeskError; whatever else the work throws passes.
   */
  withCharger<T>(
    name: string,
    options: TaskOptions,
    work: (session: ChargerSession) => Promise<T>,
  ): Promise<T>
  readonly handlers: AreaHandlers<'chargers'>
  close(): Promise<void>
}

export interface ChargerAreas {
  readonly settings: Pick<Settings, 'values' | 'onChange' | 'zone'>
  readonly devices: RegistryPort
}

/** Everything of the area, as its parts see each other. */
export interface ChargerParts {
  readonly ctx: CoreContext
  readonly areas: ChargerAreas
  readonly driver: Driver
  readonly air: Air
  readonly links: Links
  readonly leases: Leases
  readonly stamps: ReturnType<typeof createStamps>
  readonly log: ReturnType<typeof createExchangeLog>
  /** what the probe found, for chargers that are not in the registry yet */
  readonly probed: Map<string, BleProfile>
  readonly closing: AbortSignal
  /** tasks that have a charger now */
  readonly running: Set<Promise<unknown>>
  timings(): Timings
}

/** As the radio has them: small letters without dashes. */
const configured = (layout: BleProfile['layout'] | undefined) => {
  const plain = (uuid: string) => uuid.toLowerCase().replaceAll('-', '')
  return layout
    ? { service: plain(layout.service), write: plain(layout.write), notify: plain(layout.notify) }
    : null
}

const CHANGED_EVERY_MS = 500
const SIGNAL_MS = 60_000
/** tasks end at once when they are told to; one that does not hear holds nobody up */
const CLOSE_MS = 2000

export function createChargers(ctx: CoreContext, areas: ChargerAreas): Chargers {
  const { clock } = ctx.ports
  const closing = new AbortController()
  const changed = throttle(clock, CHANGED_EVERY_MS, () =>
    ctx.events.emit({ type: 'changed', area: 'chargers' }),
  )
  const parts = assemble(ctx, areas, { closing: closing.signal, changed: changed.poke })
  const { driver, air, links, log } = parts
  const stopFollowing = driver.onChange(() => ctx.events.emit({ type: 'changed', area: 'system' }))
  const chargers: Doing = {
    health: () => ({ ...driver.health(), adapter: driver.adapter() }),
    adapter: () => driver.adapter(),
    heard: () => heard(parts),
    signalOf: (name) => air.sightings.samples(name, clock.monotonic() - SIGNAL_MS),
    listen: (ms) => air.extend(ms),
    find: (name, options) => find(parts, name, options),
    withCharger: (name, options, work) => leased(parts, name, options, work, changed.poke),
  }
  return {
    ...chargers,
    handlers: createHandlers(parts, chargers),
    async close() {
      closing.abort()
      stopFollowing()
      await air.close()
      const ended = Promise.allSettled(parts.running)
      await within(clock, CLOSE_MS, ended, () => null).catch(() => undefined)
      await links.close()
      await driver.close()
      await log.stored()
      changed.stop()
    },
  }
}

function assemble(
  ctx: CoreContext,
  areas: ChargerAreas,
  { closing, changed }: { closing: AbortSignal; changed: () => void },
): ChargerParts {
  const { clock, log, openRadio } = ctx.ports
  const { settings, devices } = areas
  const { site } = ctx.store
  const timings = () => settings.values().bluetooth
  const driver = createDriver({ log, openRadio, settings })
  const air = createAir({ clock, log, driver, changed })
  const probed = new Map<string, BleProfile>()
  const layoutsOf = (name: string) => [
    configured(settings.values().bluetooth.layout),
    (devices.profileOf(name) ?? probed.get(name))?.layout,
  ]
  return {
    ctx,
    areas,
    driver,
    air,
    probed,
    timings,
    closing,
    running: new Set(),
    leases: createLeases(),
    links: createLinks({ clock, driver, air, timings, layoutsOf }),
    stamps: createStamps(clock, site, settings.zone),
    log: createExchangeLog({ site, log }, changed),
  }
}

async function leased<T>(
  parts: ChargerParts,
  name: string,
  options: TaskOptions,
  work: (session: ChargerSession) => Promise<T>,
  changed: () => void,
): Promise<T> {
  const { task, operator = null, runId = null } = options
  const lease = parts.leases.take(name, { task, operator, runId })
  changed()
  const running = runTask(parts, name, options, work)
  parts.running.add(running)
  try {
    return await running
  } finally {
    parts.running.delete(running)
    lease()
    changed()
  }
}

/** A charger that the desk is connected with does not advertise. */
async function find({ air, links, ctx }: ChargerParts, name: string, options: FindOptions) {
  const known = air.sightings.of(name, ctx.ports.clock.monotonic())
  const peer = links.connected(name) ? links.peerOf(name) : null
  if (peer) return { radioId: peer.radioId, rssi: known?.rssi ?? 0 }
  const { radioId, rssi } = await air.find(name, options)
  return { radioId, rssi }
}

function heard({ air, areas, leases, ctx }: ChargerParts): FoundCharger[] {
  return air.sightings.all(ctx.ports.clock.monotonic()).map(({ name, rssi, lastSeenAt, ambiguous }) => {
    const known = areas.devices.byName(name)
    return {
      name,
      chipId: name.slice(4),
      rssi,
      lastSeenAt,
      ambiguous,
      deviceCode: known?.deviceCode ?? null,
      alias: known?.alias ?? null,
      heldBy: leases.holderOf(name)?.task ?? null,
    }
  })
}
