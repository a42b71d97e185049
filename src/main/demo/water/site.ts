import { DAY, dayNumber, HOUR, MINUTE, startOfDay } from '#shared/time.ts'
import type { DemoRoom } from '../campus/rooms.ts'
import { chance, hash } from '../hash.ts'
import { registerAt } from '../imr/register.ts'
import type { VendorSite } from '../imr/site.ts'
import { buildDevices, type WaterDevice } from './devices.ts'

/** The hourly readings reach so far back. */
const HOURLY_DAYS = 14
/** The system keeps no older readings: a first sync of 400 meters then takes seconds, not minutes. */
const KEPT_DAYS = 90
/** Litres an hour that run through a leak, hundredths of m³. */
const LEAK = 2

export interface Slot {
  readonly device: WaterDevice
  readonly at: number
}

/** The water system as it stands now: everything is computed, nothing kept. */
export interface WaterSite {
  readonly devices: readonly WaterDevice[]
  readonly seed: number
  readonly firstDay: number
  readonly calendar: VendorSite['calendar']
  now(): number
  /** readings from ≤ at ≤ to, by time */
  readings(range: { from: number; to: number }): Slot[]
  /** hundredths of m³ */
  register(device: WaterDevice, at: number): number
  /** the last reading up to an instant; null before the first */
  lastRead(device: WaterDevice, at: number): number | null
}

export function createWaterSite(site: VendorSite, rooms: readonly DemoRoom[]): WaterSite {
  const { calendar, now } = site
  const { seed, zone, startDay, firstDay } = calendar
  const devices = buildDevices(seed, rooms)
  const hourlyFrom = (startDay - HOURLY_DAYS) * DAY - zone
  const keptFrom = Math.max(firstDay, startDay - KEPT_DAYS) * DAY - zone
  const endOf = (device: WaterDevice) =>
    device.trait === 'silent' ? (startDay - device.silentDays) * DAY - zone : now()
  const register = (device: WaterDevice, at: number) => {
    const { counter, trait } = device
    if (trait === 'vacant') return Math.floor(counter.base * 100)
    const leaked = trait === 'leak' ? Math.floor(((at - firstDay * DAY) / HOUR) * LEAK) : 0
    return quiet(device, at, (t) => registerAt(seed, counter, t, zone), zone) + leaked
  }
  return {
    devices,
    seed,
    firstDay,
    calendar,
    now,
    register,
    readings({ from, to }) {
      const slots: Slot[] = []
      for (const device of devices) {
        const end = Math.min(to, endOf(device))
        eachSlot(device, Math.max(from, keptFrom), end, { zone, hourlyFrom }, (at) =>
          slots.push({ device, at }),
        )
      }
      return slots.sort((a, b) => a.at - b.at || a.device.index - b.device.index)
    },
    lastRead(device, at) {
      const end = Math.min(at, endOf(device))
      let last: number | null = null
      eachSlot(device, end - DAY, end, { zone, hourlyFrom }, (slot) => {
        last = slot
      })
      return last
    },
  }
}

/** Nobody draws water between 1 and 5 o'clock, but where the trait says so. */
function quiet(device: WaterDevice, at: number, count: (at: number) => number, zone: number): number {
  if (device.trait === 'night' || !device.hourly) return count(at)
  const day = startOfDay(at, zone)
  const from = day + HOUR
  const to = day + 5 * HOUR
  return at > from && at < to ? count(from) : count(at)
}

function eachSlot(
  { index, hourly }: WaterDevice,
  from: number,
  to: number,
  { zone, hourlyFrom }: { zone: number; hourlyFrom: number },
  add: (at: number) => void,
): void {
  for (let day = startOfDay(from, zone); day <= to; day += DAY) {
    const step = hourly && day >= hourlyFrom ? HOUR : DAY
    const first = step === DAY ? 6 * HOUR + (index % 60) * MINUTE : (index % 5) * MINUTE
    for (let at = day + first; at < day + DAY && at <= to; at += step) if (at >= from) add(at)
  }
}

/** Of the site's year, for whoever decides by it. */
export const dayAt = ({ calendar }: WaterSite, at: number) => dayNumber(at, calendar.zone)
export const traitOf = (site: WaterSite, device: WaterDevice, salt: number) =>
  chance(site.seed, device.index, salt)
export const numberOf = (site: WaterSite, device: WaterDevice, salt: number) =>
  hash(site.seed, device.index, salt)
