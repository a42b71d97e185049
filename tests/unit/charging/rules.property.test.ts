import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { transferDevices } from '#core/charging/binding.ts'
import { USUAL_LIMITS, type Books, type StoredOrder } from '#core/charging/books.ts'
import { beginCharge, gift, settleCharge } from '#core/charging/coins.ts'
import { orderPage, orderParts, type OrderFilter } from '#core/charging/lists.ts'
import { cancelOrder } from '#core/charging/orders.ts'
import { unpaidOrders, userInfo, withdrawableOrders } from '#core/charging/pages.ts'
import {
  ageOf,
  beginPayment,
  failAttempt,
  settleAttempt,
  settleByStaff,
  waitingAttempts,
} from '#core/charging/payments.ts'
import { cashOut, decideCashOut, withdrawable } from '#core/charging/withdrawals.ts'
import { MINUTE } from '#shared/time.ts'
import { CHARGERS, MANAGERS, openBooks, orderAt, USERS } from '../../fixtures/charging-books.ts'
import { contradictions, income } from '../../fixtures/lan-books.ts'

const KINDS = [
  'order',
  'order',
  'order',
  'cancel',
  'pay',
  'pay',
  'staff',
  'staff',
  'late',
  'expire',
  'gift',
  'charge',
  'credit',
  'cashOut',
  'cashOut',
  'decide',
  'transfer',
  'wait',
] as const

const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  user: fc.nat(USERS.length - 1),
  other: fc.nat(USERS.length - 1),
  n: fc.integer({ min: 1, max: 12 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What was begun: numbers that a step may pick up again. */
interface World {
  readonly books: Books
  now: number
  readonly pays: string[]
}

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)]
const column = <T>(books: Books, sql: string, ...values: string[]): T[] =>
  books.db
    .statement<Record<string, T>>(sql)
    .all(...values)
    .flatMap((row) => Object.values(row))

const steps: Readonly<Record<(typeof KINDS)[number], (world: World, step: Step) => unknown>> = {
  order: ({ books, now }, { user, other, n }) =>
    orderAt(
      books,
      { user: USERS[user] ?? '', deviceCode: pick(CHARGERS, other) ?? '', port: 1 + (n % 4), unit: n },
      now,
    ),
  cancel: ({ books, now }, { n }) =>
    cancelOrder(
      books,
      pick(column<string>(books, 'SELECT orderId FROM order_info ORDER BY id DESC'), n) ?? '',
      now,
    ),
  pay({ books, now }, { user, n }) {
    const [order] = unpaidOrders(books, USERS[user] ?? '')
    if (!order) return
    const coins = Math.min(n, Math.floor(order.money / 100))
    const parts = { user: order.user, orderId: order.orderId, moneyFen: order.money }
    beginPayment(books, { ...parts, coins, cashFen: order.money - coins * 100 }, now)
  },
  staff({ books, now }, { user, n }) {
    const [order] = unpaidOrders(books, USERS[user] ?? '')
    if (order) settleByStaff(books, order.orderId, `r${n}`, now)
  },
  // a provider says of any attempt, also of one that was given up, that it was paid
  late({ books, now }, { n }) {
    const id = pick(
      column<number>(books, 'SELECT id FROM order_pay_info WHERE wxPayid IS NULL ORDER BY id DESC'),
      n,
    )
    if (id !== undefined) settleAttempt(books, { id }, { transactionId: `WX-${id}`, paidAt: now })
  },
  expire({ books, now }) {
    for (const payment of waitingAttempts(books))
      if (ageOf(books, payment, now) >= USUAL_LIMITS.pendingFor) failAttempt(books, payment)
  },
  gift: ({ books, now }, { user, other, n }) =>
    gift(books, { from: USERS[user] ?? '', to: USERS[other] ?? '', coins: n }, now),
  charge({ books, now, pays }, { user, n }) {
    pays.push(beginCharge(books, { user: USERS[user] ?? '', coins: n }, now).payId)
  },
  credit({ books, now, pays }, { n }) {
    const payId = pick(pays, n)
    if (payId !== undefined) settleCharge(books, payId, `WX-${payId}`, now)
  },
  cashOut: ({ books, now }, { other }) =>
    cashOut(books, pick(MANAGERS, other) ?? '', { bankName: 'a', bankUser: 'b', bankCode: '1' }, now),
  decide({ books, now }, { n }) {
    const id = pick(column<string>(books, 'SELECT cashOutId FROM cashout_info ORDER BY id DESC'), n)
    if (id !== undefined) decideCashOut(books, id, { success: n % 2 === 0, reason: '' }, now)
  },
  transfer({ books, now }, { other, n }) {
    const [from, to] = other % 2 === 0 ? MANAGERS : MANAGERS.toReversed()
    transferDevices(books, { manager: from ?? '', to: to ?? '', codes: [pick(CHARGERS, n) ?? ''] }, now)
  },
  wait(world, { n }) {
    world.now += n * 3 * MINUTE
  },
}

/** Totals as a person with the rows in front of him adds them up. */
function addedUp(rows: readonly StoredOrder[], match: (order: StoredOrder) => boolean) {
  const live = rows.filter((order) => order.cancelTime === null && match(order))
  const sum = (of: (order: StoredOrder) => number) => live.reduce((all, order) => all + of(order), 0)
  return {
    count: live.length,
    units: sum(({ unit }) => unit),
    moneyFen: sum(({ money }) => money),
    coins: sum(({ pmoney }) => pmoney),
    cashFen: sum(({ cash }) => cash),
  }
}

function pagesAgree(
  books: Books,
  filter: OrderFilter,
  match: (order: StoredOrder) => boolean,
  pageSize: number,
) {
  const rows = books.db.statement<StoredOrder>('SELECT * FROM order_info').all()
  const expected = addedUp(rows, match)
  const whole = orderParts(books, filter, { offset: 0, limit: null })
  expect(whole.totals).toEqual(expected)
  const seen = []
  for (let offset = 0; offset <= rows.length; offset += pageSize) {
    const page = orderPage(books, filter, { offset, limit: pageSize })
    expect(page.totals).toEqual(expected)
    seen.push(...page.rows)
  }
  expect(seen).toEqual([...whole.parts].flat())
  expect(addedUp(seen, () => true)).toEqual(expected)
  const key = ({ orderTime, id }: StoredOrder) => `${orderTime} ${String(id).padStart(9, '0')}`
  expect(seen.map(key)).toEqual(seen.map(key).toSorted().toReversed())
}

function check(books: Books, pageSize: number): void {
  expect(contradictions(books.db)).toEqual([])
  for (const user of USERS) {
    expect(userInfo(books, user)?.order).toBe(unpaidOrders(books, user).length > 0 ? 1 : 0)
    pagesAgree(books, { user }, (order) => order.user === user, pageSize)
  }
  for (const manager of MANAGERS) {
    pagesAgree(books, { manager }, (order) => order.manager === manager, pageSize)
    const rows = [...withdrawableOrders(books, manager, { offset: 0, limit: null })].flat()
    const { count, moneyFen, serviceFen, cashFen } = withdrawable(books, manager)
    expect([count, moneyFen]).toEqual([rows.length, rows.reduce((sum, { cash }) => sum + cash, 0)])
    expect(serviceFen + cashFen).toBe(moneyFen)
    incomeIsSomewhere(books, manager, moneyFen)
  }
}

/** Every fen that was paid in cash is still to be withdrawn, in a batch that waits, or paid out (R-34 … R-38). */
function incomeIsSomewhere(books: Books, manager: string, open: number): void {
  const mine = income(books.db).find((one) => one.manager === manager)
  const inBatches = (state: number) =>
    books.db
      .statement<{ n: number }>(
        'SELECT coalesce(sum(money), 0) AS n FROM cashout_info WHERE manager = ? AND state = ?',
      )
      .get(manager, state)?.n
  expect([mine?.open ?? 0, mine?.waiting ?? 0, mine?.paidOut ?? 0]).toEqual([
    open,
    inBatches(2),
    inBatches(0),
  ])
}

it('whatever people do in whatever order, the books agree (R-01, R-19, R-20, R-21, R-34 … R-38)', async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 60, maxLength: 200 }),
      fc.integer({ min: 1, max: 7 }),
      async (wishes, pageSize) => {
        const { books, test, run, close } = await openBooks()
        try {
          const world: World = { books, now: test.clock.now(), pays: [] }
          const first = USERS.map((_, user): Step => ({ kind: 'charge', user, other: 0, n: 12 }))
          const credit = USERS.map((_, n): Step => ({ kind: 'credit', user: 0, other: 0, n }))
          const all = [...first, ...credit, ...wishes]
          const ends = await run(...all.map((wish) => () => steps[wish.kind](world, wish)))
          for (const [i, end] of ends.entries())
            if (!(end instanceof Error)) seen.set(all[i]?.kind ?? '', (seen.get(all[i]?.kind ?? '') ?? 0) + 1)
          check(books, pageSize)
        } finally {
          await close()
        }
      },
    ),
    { numRuns: 40, seed: 42 },
  )
  for (const kind of KINDS) expect([kind, (seen.get(kind) ?? 0) > 10]).toEqual([kind, true])
}, 60_000)
