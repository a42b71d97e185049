import { addMonths, DAY, HOUR, MINUTE, startOfMonth } from '#shared/time.ts'
import { personName } from '../people.ts'
import type { WaterDevice } from './devices.ts'
import { dayAt, numberOf, traitOf, type Slot, type WaterSite } from './site.ts'

export type WireRow = Readonly<Record<string, unknown>>

/** Times are strings of 13 digits (W-05). */
const ms = (at: number) => String(at)
const yuan = (fen: number) => fen / 100
/** m³ as a number with at most two decimals */
const flow = (hundredths: number) => hundredths / 100

/** The document's sample says 100, whatever that is (W-20). */
function battery(site: WaterSite, device: WaterDevice, at: number): number {
  const age = (dayAt(site, at) - site.firstDay) / 365
  const fresh = device.trait === 'lowBattery' ? 71 : 98
  return Math.round(fresh - (device.trait === 'lowBattery' ? 38 : 6) * age)
}

const monthsUsage = (site: WaterSite, device: WaterDevice, at: number) => {
  const month = startOfMonth(at, site.calendar.zone)
  const before = addMonths(month, -1, site.calendar.zone)
  return flow(site.register(device, month) - site.register(device, before))
}

const statusOf = (device: WaterDevice) =>
  device.trait === 'silent' ? '离线' : device.trait === 'lowBattery' ? '电池欠压' : '正常'

/** WE-6. A day of the year some rows come with the keys the document was printed with, and a bad one among them. */
export function readingRow(site: WaterSite, { device, at }: Slot): WireRow {
  const total = flow(site.register(device, at))
  const usage = flow(site.register(device, at) - site.register(device, at - 31 * DAY))
  const isBad = device.index === 5 && dayAt(site, at) % 97 === 11
  return {
    username: device.userName,
    house_number: device.house,
    device_code: device.deviceCode,
    settle_flow: total,
    total_flow: isBad ? '--' : total,
    last_month_flow: monthsUsage(site, device, at),
    balance: yuan(balanceFen(site, device)),
    battery_voltage: battery(site, device, at),
    status: statusOf(device),
    [device.index % 2 === 0 ? 'collected_at' : 'collected at']: ms(at),
    latest_31_day_usage: usage,
  }
}

const balanceFen = (site: WaterSite, device: WaterDevice) => 500 + (numberOf(site, device, 41) % 20_000)

/** WE-2: what was settled at the start of each month. */
export function flowRow(site: WaterSite, device: WaterDevice, at: number, chart: string): WireRow {
  return {
    username: device.userName,
    house_number: device.house,
    device_code: device.deviceCode,
    balance: yuan(balanceFen(site, device)),
    status: statusOf(device),
    settle_flow: flow(site.register(device, startOfMonth(at, site.calendar.zone))),
    total_flow: flow(site.register(device, at)),
    last_month_flow: monthsUsage(site, device, at),
    created_at: ms(at),
    flow_chart_url: chart,
  }
}

/** Fen a household owes; most owe nothing. */
export const arrearsFen = (site: WaterSite, device: WaterDevice) =>
  traitOf(site, device, 42) < 0.14 ? 800 + (numberOf(site, device, 43) % 42_000) : 0

/** WE-3 */
export function costRow(site: WaterSite, device: WaterDevice): WireRow {
  const arrears = arrearsFen(site, device)
  return {
    username: device.userName,
    user_code: device.userCode,
    phone_number: device.phone,
    account_balance: yuan(arrears > 0 ? 0 : balanceFen(site, device)),
    consumed_amount: yuan(12_000 + (numberOf(site, device, 44) % 90_000)),
    arrears_balance: yuan(arrears),
    last_billing_date: ms(startOfMonth(site.now(), site.calendar.zone)),
  }
}

const LOG_TYPES = ['阀控', '参数下发', '换表', '远程抄收', '价格调整'] as const
const JOBS = ['定时抄表', '开阀', '关阀', '余额下发'] as const

/** WE-4: one row of the log. */
export function operationRow(site: WaterSite, n: number): WireRow {
  const device = site.devices[(n * 37) % site.devices.length]
  return {
    log_type: LOG_TYPES[n % LOG_TYPES.length],
    device_code: device?.deviceCode ?? '',
    operator: personName(site.seed + 3, n % 6),
    operation_time: ms(startOfMonth(site.now(), site.calendar.zone) - n * 5 * HOUR - (n % 53) * MINUTE),
    ip_address: `10.20.${n % 4}.${10 + (n % 40)}`,
  }
}

/** WE-5: some failed, some counted in words, and times that are none, as in the document (W-06, W-07). */
export function scheduleRow(site: WaterSite, n: number): WireRow {
  const device = site.devices[(n * 13) % site.devices.length]
  const failed = n % 11 === 4
  const created = startOfMonth(site.now(), site.calendar.zone) - n * 7 * HOUR
  return {
    user_code: device?.userCode ?? '',
    user_name: device?.userName ?? '',
    water_meter_number: device?.deviceCode ?? '',
    operation_type: JOBS[n % JOBS.length],
    execution_status: failed ? '失败' : n % 17 === 3 ? '等待中' : '成功',
    execution_count: failed ? String(3 + (n % 4)) : n % 29 === 6 ? '执行次数' : 1,
    created_at: ms(created),
    execution_time: n % 19 === 2 ? '6767' : ms(created + 10 * MINUTE),
  }
}

const METHODS = ['微信', '支付宝', '现金', '银行代扣'] as const

/** WE-7 */
export function paymentRow(site: WaterSite, { device, at }: Slot): WireRow {
  const fen = 2000 + 1000 * (numberOf(site, device, dayAt(site, at)) % 19)
  const before = numberOf(site, device, dayAt(site, at) + 1) % 3000
  const failed = numberOf(site, device, dayAt(site, at) + 2) % 41 === 0
  return {
    user_name: device.userName,
    device_code: device.deviceCode,
    user_code: device.userCode,
    address: `演示大学教工生活区${device.house}`,
    user_type: device.userType,
    price_mode: device.userType === '商业' ? '单一价格' : '阶梯价格',
    payment_method: METHODS[numberOf(site, device, 45) % METHODS.length],
    account_balance: yuan(before),
    [device.index % 7 === 2 ? 'amount_recharged' : 'amcount_recharged']: yuan(fen),
    surplus_balance: yuan(before + (failed ? 0 : fen)),
    recharge_status: failed ? '失败' : '成功',
    collected_at: ms(at),
  }
}

/** About one payment a month and household. */
export function paymentSlots(site: WaterSite, { from, to }: { from: number; to: number }): Slot[] {
  const slots: Slot[] = []
  const first = Math.max(dayAt(site, from), site.firstDay)
  for (let day = first; day <= dayAt(site, Math.min(to, site.now())); day++) {
    const start = day * DAY - site.calendar.zone
    for (const device of site.devices) {
      if ((day + numberOf(site, device, 46)) % 31 !== 0) continue
      const at = start + 8 * HOUR + (numberOf(site, device, 47) % 720) * MINUTE
      if (at >= from && at <= to && at <= site.now()) slots.push({ device, at })
    }
  }
  return slots.sort((a, b) => a.at - b.at || a.device.index - b.device.index)
}

/** WE-1: ids of which one is in another, so that a fuzzy server returns neighbours (W-08). */
export function regionTree(site: WaterSite): WireRow[] {
  const buildings = [...new Set(site.devices.map(({ building }) => building))].sort((a, b) => a - b)
  const leaf = (id: number, name: string) => ({ id, name, children: null })
  const homes = buildings.map((n) => leaf(110 + n, `教工公寓${n}号楼`))
  return [
    {
      id: 1,
      name: '演示大学',
      children: [
        { id: 11, name: '教工生活区', children: homes },
        { id: 12, name: '公共用水', children: [leaf(121, '绿化'), leaf(122, '消防')] },
      ],
    },
  ]
}

/** The regions a meter lies in, as text. */
export const regionsOf = ({ building }: WaterDevice): string[] => ['1', '11', String(110 + building)]
