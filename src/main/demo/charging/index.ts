import type { DemoBooks } from '#core/context.ts'
import { serviceOf } from '#core/charging/withdrawals.ts'
import { openIdOf } from '#main/lan/wechat/simulator.ts'
import { DAY, HOUR, MINUTE, startOfDay, type ZoneOffset } from '#shared/time.ts'
import { writeHistory, WEEKS, type History } from './history.ts'
import { BOUND, MANAGERS, PROFESSIONS, USERS } from './people.ts'

export { BOUND, MANAGERS, USERS } from './people.ts'

/** What a withdrawal costs at the demo: 0.6 %. */
export const SERVICE_BP = 60

type CashOut = DemoBooks['cashOuts'][number]

const ACCOUNTS = {
  first: { bankName: '演示农商银行', bankUser: '周经理', bankCode: '6200000000000000001' },
  other: { bankName: '演示城市银行', bankUser: '周某某', bankCode: '6200000000000000777' },
  second: { bankName: '演示农商银行', bankUser: '吴经理', bankCode: '6200000000000000002' },
} as const

/** The charging business of the demo's campus up to now: weeks of it, and what waits for somebody today. */
export function demoBooks(now: number, zone: ZoneOffset): DemoBooks {
  const history = writeHistory(now, zone)
  const cashOuts = withdraw(history, startOfDay(now, zone))
  leaveOpen(history, now)
  const reports = runPorts(history, now)
  const joined = history.text(startOfDay(now, zone) - (WEEKS * 7 + 3) * DAY)
  return {
    professions: PROFESSIONS.map((professionName, i) => ({ professionId: i + 1, professionName })),
    managers: MANAGERS.map((one) => ({ ...one, setupTime: joined })),
    users: USERS.map((one) => ({ ...one, pmoney: history.balance(one.user), setupTime: joined })),
    logins: [
      ...USERS.map(({ user }) => ({ side: 'user' as const, phone: user })),
      ...MANAGERS.map(({ manager }) => ({ side: 'manager' as const, phone: manager })),
    ].map((one) => ({ ...one, openId: openIdOf(one.side, one.phone), at: joined })),
    devices: Object.entries(BOUND).map(([deviceCode, { manager, unitPrice }]) => ({
      deviceCode,
      manager,
      unitPrice,
      addTime: joined,
      chargeFlag: unitPrice === 0 ? 0 : 1,
    })),
    reports,
    blacklist: blacklistOf(history),
    orders: history.orders,
    payments: history.payments,
    purchases: history.purchases,
    gifts: history.gifts,
    cashOuts,
  }
}

/**
 * The first manager: one paid, one that the bank sent back, and one that waits with another account than was paid
 * last; the second: one paid, and one that waits.
 */
function withdraw(history: History, today: number): CashOut[] {
  const [first, second] = MANAGERS
  const week = (n: number) => today - n * 7 * DAY + 10 * HOUR
  return [
    batch(history, first.manager, ACCOUNTS.first, week(3), { state: 0, reason: '' }),
    batch(history, second.manager, ACCOUNTS.second, week(3) + HOUR, { state: 0, reason: '' }),
    batch(history, first.manager, ACCOUNTS.first, week(2), { state: 1, reason: '银行退回：户名与账号不符' }),
    batch(history, first.manager, ACCOUNTS.other, today - 3 * HOUR, { state: 2, reason: '' }),
    batch(history, second.manager, ACCOUNTS.second, today - 2 * HOUR, { state: 2, reason: '' }),
  ].flatMap((one) => one ?? [])
}

/** All that can be withdrawn at that time (M-17); a failed one gives its orders back. */
function batch(
  history: History,
  manager: string,
  bank: (typeof ACCOUNTS)[keyof typeof ACCOUNTS],
  at: number,
  { state, reason }: Pick<CashOut, 'state' | 'reason'>,
): CashOut | null {
  const cashOutTime = history.text(at)
  const orders = history.orders.filter(
    (order) =>
      order.manager === manager &&
      order.cashOutFlag === 0 &&
      order.cash > 0 &&
      order.payTime !== null &&
      order.payTime < cashOutTime,
  )
  if (orders.length === 0) return null
  const cashOutId = history.id(`C${manager.slice(-4)}`, at, 6)
  if (state !== 1)
    for (const order of orders) Object.assign(order, { cashOutId, cashOutFlag: state === 0 ? 2 : 1 })
  const money = orders.reduce((sum, { cash }) => sum + cash, 0)
  const service = serviceOf(money, SERVICE_BP)
  const processTime = state === 2 ? null : history.text(at + 5 * HOUR)
  const sums = { money, service, cash: money - service }
  return { cashOutId, manager, ...bank, ...sums, state, reason, cashOutTime, processTime }
}

/** Two who forgot to pay, one who pays at the desk this minute, one who buys coins there. */
function leaveOpen(history: History, now: number): void {
  const [a, b, c, d] = USERS
  if (!a || !b || !c || !d) return
  history.order(a.user, '60010002', 2, 4, now - 4 * HOUR)
  history.order(b.user, '60010009', 3, 6, now - 4.5 * HOUR)
  const paying = history.order(c.user, '60010001', 4, 2, now - 80 * MINUTE)
  history.pay(paying, 0, now - 2 * MINUTE, 0)
  history.buy(d.user, 20, now - 12 * MINUTE, 0)
}

/**
 * What phones read from the ports a few minutes ago: one charges as ordered; one supplies power that nobody ordered,
 * one goes on after the end of its order, one is free though its order runs; one is broken.
 */
function runPorts(history: History, now: number): DemoBooks['reports'] {
  const at = now - 6 * MINUTE
  const run = (user: number, deviceCode: string, port: number, unit: number, began: number) => {
    const phone = USERS[user]?.user
    if (!phone) return
    const order = history.order(phone, deviceCode, port, unit, now - began)
    if (order.payTime === null) history.pay(order, 0, now - began + MINUTE, 1)
  }
  run(5, '60010017', 1, 4, 30 * MINUTE)
  run(6, '60010017', 4, 4, 50 * MINUTE)
  run(7, '60010009', 4, 2, 55 * MINUTE)
  const says: Readonly<Record<string, string>> = {
    '60010003': '1045200030004000',
    '60010009': '1999200030004040',
    '60010017': '1096200030004000',
  }
  return Object.entries(says).map(([deviceCode, portState]) => ({
    deviceCode,
    portState,
    portStateTime: history.text(at),
  }))
}

/** Somebody who gave up often: he used a charger of that manager, as R-31 asks for. */
function blacklistOf({ orders }: History): DemoBooks['blacklist'] {
  const [manager] = MANAGERS
  const used = orders.find((order) => order.manager === manager.manager && order.user === USERS.at(-1)?.user)
  return used ? [{ user: used.user, manager: manager.manager, setupTime: used.orderTime }] : []
}
