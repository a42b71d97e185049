import type { OrderRow } from '#shared/contract/orders.ts'
import type { ShowPhone } from '../../privacy.ts'
import { timeOf, UNIT, type Books } from '../books.ts'
import type { ListedOrder } from '../lists.ts'

const CASH_OUT = ['open', 'inBatch', 'done'] as const

export function orderRow(books: Books, order: ListedOrder, show: ShowPhone): OrderRow {
  const orderedAt = timeOf(books, order.orderTime)
  const at = (text: string | null) => (text === null ? null : timeOf(books, text))
  return {
    orderId: order.orderId,
    state: stateOf(order),
    user: show('user', order.user),
    userName: order.userName,
    deviceCode: order.deviceCode,
    alias: order.deviceName,
    port: order.port,
    unitPriceFen: order.unitPrice,
    unit: order.unit,
    moneyFen: order.money,
    orderedAt,
    endsAt: orderedAt + order.unit * UNIT,
    coins: order.pmoney,
    cashFen: order.cash,
    paidAt: at(order.payTime),
    cancelledAt: at(order.cancelTime),
    manager: show('manager', order.manager),
    managerName: order.managerName,
    cashOut: CASH_OUT[order.cashOutFlag] ?? 'open',
    cashOutId: order.cashOutId,
  }
}

function stateOf(order: ListedOrder): OrderRow['state'] {
  if (order.cancelTime !== null) return 'cancelled'
  if (order.payTime !== null) return 'settled'
  return order.pending ? 'pending' : 'unpaid'
}
