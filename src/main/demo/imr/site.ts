import { dayNumber, type ZoneOffset } from '#shared/time.ts'
import { buildMeters, type DemoMeter } from './meters.ts'
import { eachReading, latestReading, type Calendar } from './readings.ts'
import { registerAt } from './register.ts'

export interface SiteOptions {
  readonly seed: number
  readonly meters: number
  readonly hourly: number
  /** days of history before the start */
  readonly days: number
  readonly zone: ZoneOffset
  readonly now: () => number
}

/** Milliseconds after which a gate has done what it was told, or a reading was taken on demand. */
const COMMAND_MS = 2000

export interface Slot {
  readonly meter: DemoMeter
  readonly at: number
}

/** The campus as the vendor sees it now. Register values are computed, never kept. */
export interface VendorSite {
  readonly meters: readonly DemoMeter[]
  readonly calendar: Calendar
  /** where the pictures of camera meters are served; '': nowhere */
  readonly pictures: { base: string }
  now(): number
  byTableNo(tableNo: string): DemoMeter | undefined
  byDeviceId(deviceId: string): DemoMeter | undefined
  /** one page of the readings from ≤ at ≤ to in order of time, and how many there are */
  window(
    meters: readonly DemoMeter[],
    range: { from: number; to: number; skip: number; take: number },
  ): { total: number; slots: Slot[] }
  latest(meter: DemoMeter): number | null
  /** hundredths */
  register(meter: DemoMeter, at: number): number
  gateClosed(meter: DemoMeter): boolean
  instruct(meter: DemoMeter, action: 'close' | 'open' | 'read'): void
}

/** Keys of a sort by time, then meter: seconds × this + index, far below 2^53. */
const KEY_STEP = 2 ** 18

export function createVendorSite({ seed, meters: count, hourly, days, zone, now }: SiteOptions): VendorSite {
  const meters = buildMeters({ seed, meters: count, hourly })
  const startDay = dayNumber(now(), zone)
  const calendar = { seed, zone, startDay, firstDay: startDay - days }
  const byTableNo = new Map(meters.map((meter) => [meter.tableNo, meter]))
  const byDeviceId = new Map(meters.map((meter) => [meter.deviceId, meter]))
  const gates = new Map<number, { closed: boolean; since: number }>()
  const onDemand = new Map<number, number[]>()
  const taken = (meter: DemoMeter) => (onDemand.get(meter.index) ?? []).filter((at) => at <= now())
  return {
    meters,
    calendar,
    pictures: { base: '' },
    now,
    byTableNo: (tableNo) => byTableNo.get(tableNo),
    byDeviceId: (deviceId) => byDeviceId.get(deviceId),
    window(wanted, { from, to, skip, take }) {
      const keys: number[] = []
      for (const meter of wanted) {
        const add = (at: number) => keys.push((at / 1000) * KEY_STEP + meter.index)
        eachReading(calendar, meter, { from, to, now: now() }, add)
        for (const at of taken(meter)) if (at >= from && at <= to) add(at)
      }
      const page = Float64Array.from(keys)
        .sort()
        .subarray(skip, skip + take)
      return { total: keys.length, slots: Array.from(page, (key) => slotOf(meters, key)).flat() }
    },
    latest(meter) {
      return taken(meter).at(-1) ?? latestReading(calendar, meter, now())
    },
    register: (meter, at) => registerAt(seed, meter, at, zone),
    gateClosed(meter) {
      const told = gates.get(meter.index)
      return told && told.since <= now() ? told.closed : meter.gateClosed
    },
    instruct(meter, action) {
      if (meter.net === 'offline') return
      const at = Math.floor((now() + COMMAND_MS) / 1000) * 1000
      if (action === 'read') onDemand.set(meter.index, [...(onDemand.get(meter.index) ?? []), at])
      else gates.set(meter.index, { closed: action === 'close', since: at })
    },
  }
}

function slotOf(meters: readonly DemoMeter[], key: number): Slot[] {
  const meter = meters[key % KEY_STEP]
  return meter ? [{ meter, at: Math.floor(key / KEY_STEP) * 1000 }] : []
}
