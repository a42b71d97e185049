import { DAY, formatDateTime, HOUR, MINUTE, SECOND, toCalendar } from '#shared/time.ts'
import type { Fen } from '#shared/money.ts'
import { chance, hash } from '../hash.ts'
import { totalAtDay } from '../imr/register.ts'
import type { Calendar } from '../imr/readings.ts'
import { PRICE } from '../prices.ts'
import type { DemoRoom } from './rooms.ts'

/** Hundredths of a kWh or m³, and fen. */
export interface Usage {
  readonly electricity: number
  readonly water: number
  readonly electricityFen: Fen
  readonly waterFen: Fen
  /** the room's part of what the building uses in common */
  readonly shareFen: Fen
}
export interface Cost extends Usage {
  readonly at: number
}
export interface Recharge {
  readonly outTradeNo: string
  readonly amountFen: Fen
  /** 1 微信, 2 一卡通 */
  readonly type: 1 | 2
  readonly at: number
}
interface Range {
  readonly from: number
  /** included */
  readonly to: number
}

/**
 * What became of the money of every room without this console: functions of (seed, room, time) alone. Costs follow
 * the registers; people recharge every so many days up to what they will need until the next time, so a balance
 * swings above a floor of its own, which for a few rooms lies below zero.
 */
export interface Book {
  balance(room: DemoRoom, at: number): Fen
  subsidy(room: DemoRoom, at: number): { electricityFen: Fen; waterFen: Fen }
  costs(room: DemoRoom, range: Range): Cost[]
  recharges(room: DemoRoom, range: Range): Recharge[]
}

/** `firstDay`: nothing before it is listed, balances are not concerned. */
export function createBook({ seed, zone, firstDay }: Calendar): Book {
  const first = firstDay * DAY - zone
  return {
    balance(room, at) {
      const spent = totalFen(usedBefore(seed, room, settledDay(room, at, zone)))
      return paidAfter(seed, room, lastVisit(seed, room, at, zone)) - spent
    },
    subsidy: (room, at) => subsidyOf(seed, room, toCalendar(at, zone).month),
    costs(room, { from, to }) {
      const found: Cost[] = []
      for (let day = settledDay(room, to, zone); ; day = settlementBefore(room, day)) {
        const at = settledAt(room, day, zone)
        if (at < Math.max(from, first)) return found.toReversed()
        found.push({ at, ...costOn(seed, room, day) })
      }
    },
    recharges(room, { from, to }) {
      const found: Recharge[] = []
      for (let visit = lastVisit(seed, room, to, zone); ; visit--) {
        const at = visitAt(seed, room, visit, zone)
        if (at < Math.max(from, first)) return found.toReversed()
        const amountFen = paidAfter(seed, room, visit) - paidAfter(seed, room, visit - 1)
        if (amountFen > 0) found.push(rechargeOf(seed, room, { visit, at, amountFen, zone }))
      }
    },
  }
}

// --- costs: settled every night; shops on the first of the month -----------------------------------------------

const SETTLED = 20 * MINUTE
const settledAt = (room: DemoRoom, day: number, zone: number) =>
  day * DAY - zone + SETTLED + (room.index % 2400) * SECOND

const monthStart = (day: number) => day - toCalendar(day * DAY, 0).day + 1

/** The last day on whose morning the room's use before it was settled. */
function settledDay(room: DemoRoom, at: number, zone: number): number {
  const today = Math.floor((at + zone) / DAY)
  const day = settledAt(room, today, zone) <= at ? today : today - 1
  if (room.use !== 'shop') return day
  const start = monthStart(day)
  return settledAt(room, start, zone) <= at ? start : monthStart(start - 1)
}

const settlementBefore = (room: DemoRoom, day: number) =>
  room.use === 'shop' ? monthStart(day - 1) : day - 1

const shareOf = (seed: number, room: DemoRoom): Fen =>
  room.use === 'dormitory' ? 0 : 150 + (hash(seed, room.index, 61) % 900)

/** All that a room used and owed before a day that was settled. */
function usedBefore(seed: number, room: DemoRoom, day: number): Usage {
  const total = { electricity: 0, water: 0 }
  for (const { counter } of room.meters)
    total[counter.kind] += Math.floor(totalAtDay(seed, counter, day) * 100)
  const { year, month } = toCalendar(day * DAY, 0)
  return {
    ...total,
    electricityFen: Math.floor((total.electricity * PRICE.electricity) / 100),
    waterFen: Math.floor((total.water * PRICE.water) / 100),
    shareFen: shareOf(seed, room) * (year * 12 + month),
  }
}

const totalFen = ({ electricityFen, waterFen, shareFen }: Usage): Fen => electricityFen + waterFen + shareFen

/** The share of a month is due on its first day: `usedBefore` counts it from then on. */
function costOn(seed: number, room: DemoRoom, day: number): Usage {
  const now = usedBefore(seed, room, day)
  const before = usedBefore(seed, room, settlementBefore(room, day))
  return {
    electricity: now.electricity - before.electricity,
    water: now.water - before.water,
    electricityFen: now.electricityFen - before.electricityFen,
    waterFen: now.waterFen - before.waterFen,
    shareFen: now.shareFen - before.shareFen,
  }
}

// --- recharges by students and tenants --------------------------------------------------------------------------

const MIN_FEN = 1000

/** Days between two visits, and what is left when the next one is due. */
const everyDays = (seed: number, room: DemoRoom) => 12 + (hash(seed, room.index, 62) % 34)
const floorFen = (seed: number, room: DemoRoom): Fen => (hash(seed, room.index, 63) % 6000) - 1500

const visitDay = (seed: number, room: DemoRoom, visit: number) =>
  visit * everyDays(seed, room) + (hash(seed, room.index, 64) % everyDays(seed, room))

function visitAt(seed: number, room: DemoRoom, visit: number, zone: number): number {
  const second = hash(seed, room.index * 7 + 3, visit) % (14 * 3600)
  return visitDay(seed, room, visit) * DAY - zone + 8 * HOUR + second * SECOND
}

function lastVisit(seed: number, room: DemoRoom, at: number, zone: number): number {
  const day = Math.floor((at + zone) / DAY)
  const visit = Math.floor((day - visitDay(seed, room, 0)) / everyDays(seed, room))
  return visitAt(seed, room, visit, zone) <= at ? visit : visit - 1
}

/** All that was ever paid, after a visit: whole tens of yuan. */
function paidAfter(seed: number, room: DemoRoom, visit: number): Fen {
  const until = visitDay(seed, room, visit + 1)
  const day = room.use === 'shop' ? monthStart(until) : until
  const due = totalFen(usedBefore(seed, room, day)) + floorFen(seed, room)
  return Math.ceil(due / MIN_FEN) * MIN_FEN
}

function rechargeOf(
  seed: number,
  room: DemoRoom,
  { visit, at, amountFen, zone }: { visit: number; at: number; amountFen: Fen; zone: number },
): Recharge {
  const stamp = formatDateTime(at, zone).replace(/\D/g, '')
  const tail = String(hash(seed, room.index, visit + 65) % 100_000_000).padStart(8, '0')
  const type = chance(seed, room.index * 3 + 1, visit) < 0.8 ? 1 : 2
  return { outTradeNo: `xxq${stamp}${tail}`, amountFen, type, at }
}

/** What is left of this month's allowance of students; never part of the balance (C-16). */
function subsidyOf(seed: number, room: DemoRoom, month: number): { electricityFen: Fen; waterFen: Fen } {
  if (room.use !== 'dormitory') return { electricityFen: 0, waterFen: 0 }
  const left = (salt: number, most: number) => Math.floor(chance(seed, room.index * 16 + month, salt) * most)
  const hasWater = room.meters.some(({ counter }) => counter.kind === 'water')
  return { electricityFen: left(66, 1200), waterFen: hasWater ? left(67, 600) : 0 }
}
