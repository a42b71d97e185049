import { RadioFailure, type GattLayout } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import { inOrder, uuidOf, waysOf, type Ways } from './layouts.ts'
import type { Characteristic, Peripheral, Service } from './noble-types.ts'
import { step } from './step.ts'

export interface SetUp {
  readonly peripheral: Peripheral
  readonly clock: Clock
  /** for all of the discovery, and once more for the subscription */
  readonly ms: number
  readonly layouts: readonly GattLayout[]
  readonly ended: AbortSignal
}

export interface Found extends Ways {
  readonly layout: GattLayout
}

/** Finds the way in and the way out anew: objects of an earlier link are dead (ble.md §5.6). */
export async function discover({ peripheral, clock, ms, layouts, ended }: SetUp): Promise<Found> {
  const until = clock.monotonic() + ms
  const common = { clock, failure: 'discoveryTimeout' as const, ended }
  const left = () => Math.max(1, Math.round(until - clock.monotonic()))
  const act = () => peripheral.discoverServices([])
  const [services] = await step({ ...common, on: peripheral, event: 'servicesDiscover', act, ms: left() })
  for (const service of inOrder(services as Service[], layouts)) {
    const act = () => service.discoverCharacteristics([])
    const [found] = await step({ ...common, on: service, event: 'characteristicsDiscover', act, ms: left() })
    const uuid = uuidOf(service.uuid)
    const ways = waysOf(uuid, found as Characteristic[], layouts)
    if (!ways) continue
    const layout = { service: uuid, write: uuidOf(ways.write.uuid), notify: uuidOf(ways.notify.uuid) }
    return { ...ways, layout }
  }
  throw new RadioFailure('noService', 'no service with a way in and a way out')
}

export async function subscribe(way: Characteristic, { clock, ms, ended }: SetUp): Promise<void> {
  const act = () => way.notify(true)
  await step({ on: way, event: 'notify', act, clock, ms, failure: 'subscribeFailed', ended })
}
