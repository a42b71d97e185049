import type { DemoBooks } from '#core/context.ts'
import { DAY, formatDateTime, HOUR, MINUTE, SECOND, startOfDay, type ZoneOffset } from '#shared/time.ts'
import { chance, hash } from '../hash.ts'
import { BOUND, USERS } from './people.ts'

const SEED = 5
export const WEEKS = 4
const UNIT = 30 * MINUTE
const COIN_FEN = 100
/** a day and charger at most */
const MOST_A_DAY = 5

type Order = DemoBooks['orders'][number]
type Payment = DemoBooks['payments'][number]

/** What happened, in the order it happened. */
export class History {
  readonly orders: Order[] = []
  readonly payments: Payment[] = []
  readonly purchases: DemoBooks['purchases'][number][] = []
  readonly gifts: DemoBooks['gifts'][number][] = []
  readonly balances = new Map<string, number>(USERS.map(({ user }) => [user, 0]))
  readonly #zone: ZoneOffset
  readonly #ids = new Set<string>()

  constructor(zone: ZoneOffset) {
    this.#zone = zone
  }

  text(at: number): string {
    return formatDateTime(at, this.#zone)
  }

  /** The documented form, of the next second that is free. */
  id(prefix: string, at: number, digits: number): string {
    for (let seconds = Math.floor(at / SECOND); ; seconds += 1) {
      const id = prefix + String(seconds).slice(-digits)
      if (this.#ids.has(id)) continue
      this.#ids.add(id)
      return id
    }
  }

  balance(user: string): number {
    return this.balances.get(user) ?? 0
  }

  move(user: string, coins: number): void {
    this.balances.set(user, this.balance(user) + coins)
  }

  buy(user: string, coins: number, at: number, state: 0 | 1 | 2): void {
    const payId = this.id(`P${user.slice(-4)}`, at, 6)
    const paid = state === 1
    this.purchases.push({
      payId,
      user,
      pmoney: coins,
      state,
      payTime: paid ? this.text(at + 40 * SECOND) : null,
      wxPayid: paid ? `OFFLINE-${payId}` : null,
      createTime: this.text(at),
    })
    if (paid) this.move(user, coins)
  }

  give(from: string, to: string, coins: number, at: number): void {
    if (this.balance(from) < coins) return
    const giftId = this.id(`G${from.slice(-2)}${to.slice(-2)}`, at, 6)
    this.gifts.push({ giftId, fromUser: from, toUser: to, pmoney: coins, giftTime: this.text(at) })
    this.move(from, -coins)
    this.move(to, coins)
  }

  /** Not paid yet and not given up. */
  order(user: string, deviceCode: string, port: number, unit: number, at: number): Order {
    const { manager = '', unitPrice = 0 } = BOUND[deviceCode] ?? {}
    const orderId = this.id(`9${user.slice(-4)}`, at, 9)
    const orderTime = this.text(at)
    const money = unitPrice * unit
    const order: Order = {
      orderId,
      user,
      deviceCode,
      port,
      unitPrice,
      unit,
      money,
      orderTime,
      manager,
      pmoney: 0,
      cash: 0,
      cashOutId: null,
      cancelTime: null,
      payTime: money === 0 ? orderTime : null,
      cashOutFlag: money === 0 ? 2 : 0,
    }
    this.orders.push(order)
    return order
  }

  cancel(order: Order, at: number): void {
    order.cancelTime = this.text(at)
    order.payTime = null
  }

  /** `state` 1: paid; 0: begun, and staff are still to say so. */
  pay(order: Order, coins: number, at: number, state: 0 | 1): void {
    const { orderId, user, deviceCode, port, unitPrice, unit, money, orderTime } = order
    const cash = money - coins * COIN_FEN
    const payTime = state === 1 ? this.text(at) : null
    const said = `${cash === 0 ? 'COINS' : 'OFFLINE'}-${orderId}`
    this.move(user, -coins)
    this.payments.push({
      orderId,
      user,
      deviceCode,
      port,
      unitPrice,
      unit,
      money,
      orderTime,
      pmoney: coins,
      cash,
      state,
      payTime,
      wxPayid: state === 1 ? said : null,
      createTime: this.text(at - 20 * SECOND),
    })
    if (state === 0) return
    Object.assign(order, { pmoney: coins, cash, payTime, cashOutFlag: cash > 0 ? 0 : 2 })
  }
}

/** Weeks up to yesterday, and this morning: the same every time, but for when it ends. */
export function writeHistory(now: number, zone: ZoneOffset): History {
  const history = new History(zone)
  const today = startOfDay(now, zone)
  for (let day = WEEKS * 7; day >= 0; day -= 1) {
    const start = today - day * DAY
    if (day % 5 === 0) buySome(history, day, start + 8 * HOUR, now)
    for (const visit of visitsOf(day, start))
      // the last hours are left to what somebody does at the demo
      if (visit.at < now - 6 * HOUR) settle(history, visit)
    if (day % 3 === 2) giveSome(history, day, start + 21 * HOUR)
  }
  return history
}

interface Visit {
  readonly user: string
  readonly deviceCode: string
  readonly port: number
  readonly unit: number
  readonly at: number
  readonly dice: number
}

/** The ports of a charger are taken one after the other, so that none is taken twice. */
function visitsOf(day: number, start: number): Visit[] {
  const visits = Object.keys(BOUND).flatMap((deviceCode, d) =>
    Array.from({ length: hash(SEED, day, d) % (MOST_A_DAY + 1) }, (_, i): Visit => {
      const dice = hash(SEED, day * 100 + d, i)
      return {
        user: USERS[dice % USERS.length]?.user ?? '',
        deviceCode,
        port: (i % 4) + 1,
        unit: 2 + ((dice >>> 8) % 9),
        at: start + 7 * HOUR + Math.floor(chance(SEED, dice, 3) * 3 * HOUR) + (i >> 2) * 7 * HOUR,
        dice,
      }
    }),
  )
  return visits.sort((a, b) => a.at - b.at)
}

/** Whoever has paid nothing yet gets no second order: every visit is settled before the next. */
function settle(history: History, { user, deviceCode, port, unit, at, dice }: Visit): void {
  const order = history.order(user, deviceCode, port, unit, at)
  if ((dice >>> 16) % 14 === 0) return history.cancel(order, at + 70 * SECOND)
  if (order.money === 0) return
  const affordable = Math.min(history.balance(user), Math.floor(order.money / COIN_FEN))
  const kind = (dice >>> 20) % 10
  const coins = kind < 4 ? affordable : kind < 6 ? Math.floor(affordable / 2) : 0
  history.pay(order, coins, at + unit * UNIT + 2 * MINUTE, 1)
}

function buySome(history: History, day: number, at: number, now: number): void {
  for (const [i, { user }] of USERS.entries()) {
    const dice = hash(SEED, day, 500 + i)
    const when = at + i * 11 * MINUTE
    if (dice % 3 === 0 && when < now - 5 * HOUR)
      history.buy(user, [10, 20, 50][(dice >>> 8) % 3] ?? 10, when, dice % 27 === 0 ? 2 : 1)
  }
}

/** Somebody who has coins gives two of them away. */
function giveSome(history: History, day: number, at: number): void {
  const givers = USERS.filter(({ user }) => history.balance(user) >= 2)
  const from = givers[hash(SEED, day, 900) % Math.max(1, givers.length)]
  const to = USERS[hash(SEED, day, 901) % USERS.length]
  if (from && to && from !== to) history.give(from.user, to.user, 2, at)
}
