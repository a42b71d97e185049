import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { notFound } from '#shared/errors.ts'
import type { AreaHandlers } from '../../context.ts'
import { phoneOf, seesWhole, showPhones } from '../../privacy.ts'
import { timeOf } from '../books.ts'
import { orderPage, type ListedOrder } from '../lists.ts'
import type { StoredPayment } from '../payments.ts'
import { cancelOrder, confirmOrder } from './by-staff.ts'
import { dashboard } from './dashboard.ts'
import type { ConsoleParts } from './parts.ts'
import { refundHandlers } from './refunds.ts'
import { orderRow } from './rows.ts'
import { zombies } from './zombies.ts'

const ALL = ['unpaid', 'pending', 'settled', 'cancelled'] as const
const PAYMENT = ['pending', 'success', 'failed'] as const

export function orderHandlers(parts: ConsoleParts): AreaHandlers<'orders'> {
  const { ctx, books } = parts
  const now = () => ctx.ports.clock.now()
  const listed = (orderId: string): ListedOrder => {
    const [row] = orderPage(books, { orderId, states: ALL }, { offset: 0, limit: 1 }).rows
    if (!row) throw notFound('order', orderId)
    return row
  }
  const changed = () => {
    for (const area of ['orders', 'coins'] as const) ctx.events.emit({ type: 'changed', area })
  }
  return {
    'orders.list': (call, { offset = 0, limit = DEFAULT_LIMIT, state, user, manager, ...filter }) => {
      const show = showPhones(books.db, call)
      const wanted = {
        ...filter,
        ...(user !== undefined && { user: phoneOf(books.db, 'user', user) }),
        ...(manager !== undefined && { manager: phoneOf(books.db, 'manager', manager) }),
        states: state ?? ALL,
        partsOfPhones: seesWhole(call),
      }
      const { rows, total, totals } = orderPage(books, wanted, { offset, limit })
      return { total, totals, rows: rows.map((row) => orderRow(books, row, show)) }
    },
    'orders.get': (call, { orderId }) => ({
      ...orderRow(books, listed(orderId), showPhones(books.db, call)),
      payments: paymentsOf(parts, orderId),
    }),
    'orders.confirmPayment': async (call, { orderId, cashFen, withoutProvider: goOn }) => {
      listed(orderId)
      await confirmOrder(parts, call, orderId, { goOn, cashFen })
      changed()
      return orderRow(books, listed(orderId), showPhones(books.db, call))
    },
    'orders.cancel': async (call, { orderId, reason, withoutProvider: goOn }) => {
      listed(orderId)
      await cancelOrder(parts, call, orderId, { goOn, reason })
      changed()
      return orderRow(books, listed(orderId), showPhones(books.db, call))
    },
    'orders.zombies': () => ({ rows: zombies(books, now()) }),
    'orders.dashboard': (_call, { days }) => dashboard(books, days, now()),
    ...refundHandlers(parts),
  }
}

function paymentsOf({ books }: ConsoleParts, orderId: string) {
  const sql = 'SELECT * FROM order_pay_info WHERE orderId = ? ORDER BY id'
  const rows = books.db.statement<StoredPayment & { payTime: string | null }>(sql).all(orderId)
  return rows.map((payment) => ({
    state: PAYMENT[payment.state] ?? 'failed',
    coins: payment.pmoney,
    cashFen: payment.cash,
    providerId: payment.wxPayid,
    begunAt: timeOf(books, payment.createTime),
    endedAt: payment.payTime === null ? null : timeOf(books, payment.payTime),
  }))
}
