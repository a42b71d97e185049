import type { Output } from '#shared/contract/index.ts'
import { DAY, HOUR, startOfDay } from '#shared/time.ts'
import { textOf, timeOf, UNIT, type Books } from '../books.ts'

type Dashboard = Output<'orders.dashboard'>
type Totals = Dashboard['totals']

interface Line {
  readonly orderTime: string
  readonly deviceCode: string
  readonly deviceName: string
  readonly port: number
  readonly unit: number
  readonly money: number
  readonly pmoney: number
  readonly cash: number
}

const NOTHING: Totals = { count: 0, units: 0, moneyFen: 0, coins: 0, cashFen: 0 }
const UNIT_MINUTES = UNIT / 60_000

const plus = (sum: Totals, line: Line): Totals => ({
  count: sum.count + 1,
  units: sum.units + line.unit,
  moneyFen: sum.moneyFen + line.money,
  coins: sum.coins + line.pmoney,
  cashFen: sum.cashFen + line.cash,
})

/** Figures of so many days, today the last of them; cancelled orders are in none. */
export function dashboard(books: Books, days: number, now: number): Dashboard {
  const to = startOfDay(now, books.zone()) + DAY
  const from = to - days * DAY
  const lines = linesOf(books, from, to)
  const hourOf = (line: Line) => Math.floor((timeOf(books, line.orderTime) - dayOf(line)) / HOUR)
  const dayOf = (line: Line) => startOfDay(timeOf(books, line.orderTime), books.zone())
  const byDay = new Map(Array.from({ length: days }, (_, i) => [from + i * DAY, NOTHING]))
  const byDevice = new Map<string, Totals & { alias: string }>()
  const heat = new Map<string, Dashboard['heat'][number]>()
  const byHour = Array<number>(24).fill(0)
  for (const line of lines) {
    const { deviceCode, deviceName: alias, port } = line
    byDay.set(dayOf(line), plus(byDay.get(dayOf(line)) ?? NOTHING, line))
    byDevice.set(deviceCode, { ...plus(byDevice.get(deviceCode) ?? NOTHING, line), alias })
    const hour = hourOf(line)
    byHour[hour] = (byHour[hour] ?? 0) + 1
    const key = `${deviceCode} ${port}`
    const row = heat.get(key) ?? { deviceCode, alias, port, minutes: Array<number>(24).fill(0) }
    heat.set(key, row)
    spread(row.minutes, hour, line.unit * UNIT_MINUTES)
  }
  return {
    from,
    to,
    totals: lines.reduce(plus, NOTHING),
    before: linesOf(books, from - days * DAY, from).reduce(plus, NOTHING),
    byDay: [...byDay].map(([day, sum]) => ({ day, ...sum })),
    byDevice: [...byDevice]
      .map(([deviceCode, sum]) => ({ deviceCode, ...sum }))
      .sort((a, b) => b.moneyFen - a.moneyFen || b.count - a.count),
    byHour,
    heat: [...heat.values()].sort(byPlace),
  }
}

function byPlace(a: Dashboard['heat'][number], b: Dashboard['heat'][number]): number {
  if (a.deviceCode === b.deviceCode) return a.port - b.port
  return a.deviceCode < b.deviceCode ? -1 : 1
}

/** Minutes that were ordered, laid over the hours of the day that they cover. */
function spread(hours: number[], first: number, minutes: number): void {
  let left = minutes
  for (let hour = first; left > 0; hour += 1) {
    const here = Math.min(60, left)
    hours[hour % 24] = (hours[hour % 24] ?? 0) + here
    left -= here
  }
}

function linesOf(books: Books, from: number, to: number): Line[] {
  return books.db
    .statement<Line>(
      `SELECT o.orderTime, o.deviceCode, coalesce(d.deviceName, '') AS deviceName, o.port, o.unit, o.money, o.pmoney, o.cash
       FROM order_info o LEFT JOIN device_info d ON d.deviceCode = o.deviceCode
       WHERE o.orderTime >= ? AND o.orderTime < ? AND o.cancelTime IS NULL ORDER BY o.orderTime`,
    )
    .all(textOf(books, from), textOf(books, to))
}
