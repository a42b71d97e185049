import type { NamedOrder } from '#core/charging/pages.ts'
import { LongList } from '../json.ts'
import type { Forms } from './endpoint.ts'
import { toYuanNumber } from '#shared/money.ts'

/** Money as the documents send it: yuan, a number (§6.1). */
export const yuanOf = toYuanNumber

/** What has not happened yet has an empty time, or none where the site says so (U-10). */
export const timeText = (text: string | null, { missingTime }: Pick<Forms, 'missingTime'>): string | null =>
  text ?? (missingTime === 'null' ? null : '')

/** OrderInfo of getOrderPay. */
export const orderInfo = (order: NamedOrder) => ({
  orderId: order.orderId,
  deviceCode: order.deviceCode,
  deviceName: order.deviceName,
  port: order.port,
  unitPrice: yuanOf(order.unitPrice),
  unit: order.unit,
  money: yuanOf(order.money),
  orderTime: order.orderTime,
})

/** OrderData of the user's list. */
export const orderData = (order: NamedOrder, forms: Forms) => ({
  ...orderInfo(order),
  pmoney: order.pmoney,
  cash: yuanOf(order.cash),
  payTime: timeText(order.payTime, forms),
})

/** OrderData of the manager's lists: with who it was. */
export const managedOrderData = (order: NamedOrder, forms: Forms) => ({
  ...orderData(order, forms),
  user: order.user,
  userName: order.userName,
})

/** Rows as they are sent: of a list of several parts, each part when its turn comes. */
export function listed<Row>(
  parts: Iterable<readonly Row[]>,
  shown: (row: Row) => unknown,
): readonly unknown[] | LongList {
  const reading = parts[Symbol.iterator]()
  const first = reading.next()
  const rows = first.done === true ? [] : first.value.map(shown)
  const second = reading.next()
  if (second.done === true) return rows
  return new LongList(
    (function* () {
      yield rows
      yield second.value.map(shown)
      for (let one = reading.next(); one.done !== true; one = reading.next()) yield one.value.map(shown)
    })(),
  )
}
