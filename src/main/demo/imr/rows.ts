import { formatDateTime, HOUR } from '#shared/time.ts'
import type { DemoMeter } from './meters.ts'
import { chance, hash } from '../hash.ts'
import { PRICE } from '../prices.ts'
import { misreading } from './misread.ts'
import { isGarbled } from './readings.ts'
import { formatRegister } from './register.ts'
import type { Slot, VendorSite } from './site.ts'

/** A row on the wire: fields, misspellings and types of spec §2.1. */
export type WireRow = Record<string, string | number>

const NO_TIME = '0000-00-00 00:00:00'
const NET = { online: '在线', offline: '不在线', odd: '休眠' } as const
const gateWord = (site: VendorSite, meter: DemoMeter) => (site.gateClosed(meter) ? '跳闸' : '合闸')
const wireTime = (site: VendorSite, at: number) => formatDateTime(at, site.calendar.zone)
/** What the meter showed, as it came over the air. */
const received = (site: VendorSite, { meter, at }: Slot) =>
  formatRegister(misreading(site.calendar, meter, at, site.register(meter, at)))

/** IE-2 */
export function meterRow(site: VendorSite, meter: DemoMeter): WireRow {
  const seen = site.latest(meter)
  return {
    project_code: meter.project,
    deviceId: meter.deviceId,
    deviceName: meter.deviceName,
    tableNo: meter.tableNo,
    tableAddress: meter.place,
    tableType: meter.typeCode,
    onlineAt: seen === null || meter.index % 97 === 13 ? NO_TIME : wireTime(site, seen + 40_000),
    netStatis: NET[meter.net],
    gate: gateWord(site, meter),
    user_code: meter.userCode,
    user_name: meter.userName,
    house_number: meter.house,
  }
}

/** IE-3; null for a meter that never reported. */
export function latestRow(site: VendorSite, meter: DemoMeter): WireRow | null {
  const at = site.latest(meter)
  if (at === null) return null
  return {
    deviceId: meter.deviceId,
    tableNo: meter.tableNo,
    reading: received(site, { meter, at }),
    readTime: wireTime(site, at),
    gate: gateWord(site, meter),
  }
}

/** IE-4; tableAddress carries the meter's number here, as the vendor's does (I-22). */
export function readingRow(site: VendorSite, slot: Slot): WireRow {
  const { meter, at } = slot
  const row = {
    deviceId: meter.deviceId,
    tableNo: meter.tableNo,
    reading: received(site, slot),
    readTime: wireTime(site, at),
    imei: '',
    user_code: meter.userCode,
    tableAddress: meter.tableNo,
    deviceName: meter.deviceName,
  }
  return isGarbled(site.calendar, meter, at) ? garbled(row, meter.index) : row
}

function garbled(row: WireRow, index: number): WireRow {
  if (index % 3 === 0) return { ...row, reading: '--' }
  if (index % 3 === 1) return { ...row, readTime: NO_TIME }
  return { ...row, deviceId: '', tableNo: '' }
}

/** IE-5: usage since the reading before, and what it costs. */
export function consumptionRow(site: VendorSite, slot: Slot): WireRow {
  const { meter, at } = slot
  const before = at - (meter.hourly ? HOUR : 24 * HOUR)
  const used = Math.max(site.register(meter, at) - site.register(meter, before), 0)
  return {
    project_code: meter.project,
    deviceId: meter.deviceId,
    tableNo: meter.tableNo,
    reading: received(site, slot),
    readTime: wireTime(site, at),
    dosage: formatRegister(used),
    amout: formatRegister(Math.round((used * PRICE[meter.kind]) / 100)),
    type: Number(meter.typeCode),
  }
}

/** Shares of 尖 峰 平 谷 in a register; the total is their sum. */
const BANDS = [0.08, 0.31, 0.36, 0.25] as const

/** IE-7: bands are numbers, phase values strings, as in the vendor's example (I-23). */
export function bandsRow(site: VendorSite, { meter, at }: Slot): WireRow {
  const parts = BANDS.map((share) => Math.floor(site.register(meter, at) * share))
  const total = parts.reduce((a, b) => a + b, 0)
  const load = (salt: number) => 0.4 + chance(site.calendar.seed, hash(meter.index, at / HOUR), salt)
  const [a, b, c] = [load(1), load(2), load(3)]
  const phases = { A: a, B: b, C: c }
  const each = (name: string, of: (l: number) => number) =>
    Object.fromEntries(Object.entries(phases).map(([phase, l]) => [`${name}${phase}`, of(l).toFixed(2)]))
  return {
    project_code: meter.project,
    deviceId: meter.deviceId,
    tableNo: meter.tableNo,
    createTime: wireTime(site, at),
    freezeTime: wireTime(site, at),
    positiveActivePower: total / 100,
    ...Object.fromEntries(parts.map((part, i) => [`positiveActivePower${i + 1}`, part / 100])),
    ...each('volt', (l) => 226 + 6 * l),
    ...each('electric', (l) => 18 * l),
    totalActivePower: (3.9 * (a + b + c)).toFixed(2),
    ...each('activePower', (l) => 3.9 * l),
    totalReactivePower: (0.7 * (a + b + c)).toFixed(2),
    ...each('reactivePower', (l) => 0.7 * l),
  }
}
