import { orderOf } from '#core/charging/books.ts'
import { cancelOrder, newOrder } from '#core/charging/orders.ts'
import { paymentState } from '#core/charging/payments.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { endpoint, type LanCall } from '../endpoint.ts'
import { deviceCode, id, integer, phone, yuan } from '../params.ts'
import { paymentResult } from './payment-result.ts'

const side = 'user'
const actor = 'user'

/** Where calls carry a session, the order is its phone's (H-22). */
function ownOrder({ charging: { books }, sessionPhone }: LanCall, orderId: string): void {
  const { user } = orderOf(books, orderId)
  if (sessionPhone !== null && user !== sessionPhone) throw new Refusal(CODE.notAllowed, '不是本人的账单')
}

/** UE-12 */
const newPowerOrder = endpoint({
  side,
  actor,
  name: 'newPowerOrder',
  shape: 'list',
  mutating: true,
  changes: ['orders'],
  parse: (fields) => ({
    user: phone(fields, 'user'),
    deviceCode: deviceCode(fields, 'deviceCode'),
    port: integer(fields, 'port'),
    unitPriceFen: yuan(fields, 'unitPrice'),
    unit: integer(fields, 'unit'),
    moneyFen: yuan(fields, 'money'),
  }),
  answer: (wanted, { charging: { books }, now }) => [newOrder(books, wanted, now)],
})

/** UE-13 */
const cancelPowerOrder = endpoint({
  side,
  name: 'cancelPowerOrder',
  shape: 'result',
  mutating: true,
  changes: ['orders'],
  parse: (fields) => ({ orderId: id(fields, 'orderId') }),
  answer({ orderId }, call) {
    ownOrder(call, orderId)
    cancelOrder(call.charging.books, orderId, call.now)
  },
})

/** UE-14 */
const payPowerOrder = endpoint({
  side,
  actor,
  name: 'payPowerOrder',
  shape: 'list',
  mutating: true,
  waits: true,
  parse: (fields) => ({
    user: phone(fields, 'user'),
    orderId: id(fields, 'orderId'),
    moneyFen: yuan(fields, 'money'),
    coins: integer(fields, 'pmoney'),
    cashFen: yuan(fields, 'cash'),
  }),
  async answer(parts, { charging: { payments }, now }) {
    const begun = await payments.payOrder(parts, now)
    return [{ package: begun.package, ...begun.extra }]
  },
})

/** UE-15 */
const queryOrderPay = endpoint({
  side,
  name: 'queryOrderPay',
  shape: 'result',
  mutating: false,
  parse: (fields) => ({ orderId: id(fields, 'orderId') }),
  async answer({ orderId }, call) {
    ownOrder(call, orderId)
    const { books, payments } = call.charging
    await payments.refreshOrder(orderId)
    return paymentResult(paymentState(books, orderId))
  },
})

export const orders = [newPowerOrder, cancelPowerOrder, payPowerOrder, queryOrderPay]
