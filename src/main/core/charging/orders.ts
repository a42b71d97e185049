import type { Fen } from '#shared/money.ts'
import {
  MOST_ORDER_FEN,
  orderOf,
  requireUser,
  textOf,
  timeOf,
  type Books,
  type StoredOrder,
} from './books.ts'
import type { ReportedPorts } from '../devices/index.ts'
import { freeId, ID_FORMS } from './ids.ts'
import { failAttempt, pendingOf } from './payments.ts'
import { isBusy, reportedNow } from './ports.ts'
import { CODE, Refusal } from './refusal.ts'

/** What stands in device_info, as the rules read it. */
export interface ChargerRow extends ReportedPorts {
  readonly deviceCode: string
  readonly deviceName: string
  readonly state: number
  readonly btName: string
  readonly jamCode: string
  readonly maxUnit: number
  readonly chargeFlag: number
  readonly unitPrice: Fen
  readonly manager: string | null
}

const CHARGER = `SELECT deviceCode, deviceName, state, btName, jamCode, maxUnit, chargeFlag, unitPrice, manager,
  portState, portStateTime, portTimes FROM device_info WHERE deviceCode = ?`

export function chargerOf({ db }: Books, deviceCode: string): ChargerRow {
  const row = db.statement<ChargerRow>(CHARGER).get(deviceCode)
  if (!row) throw new Refusal(CODE.parameter, '设备不存在')
  return row
}

/** Unpaid and not given up: what blocks the next order. */
export const UNPAID = 'payTime IS NULL AND cancelTime IS NULL'

export const hasUnpaid = ({ db }: Books, user: string): boolean =>
  db.statement(`SELECT 1 FROM order_info WHERE user = ? AND ${UNPAID}`).get(user) !== undefined

export interface NewOrder {
  readonly user: string
  readonly deviceCode: string
  readonly port: number
  readonly unit: number
  /** null: more than two decimals, so the figure of nobody's */
  readonly unitPriceFen: Fen | null
  readonly moneyFen: Fen | null
}

/** The checks of spec §5.1 in their order, and the order. Only inside `site.write`. */
export function newOrder(books: Books, wanted: NewOrder, now: number): { orderId: string } {
  const { db } = books
  const { user, deviceCode, port, unit } = wanted
  requireUser(books, user)
  const device = chargerOf(books, deviceCode)
  if (hasUnpaid(books, user)) throw new Refusal(CODE.notAllowed, '有待支付账单')
  if (device.manager === null) throw new Refusal(CODE.notAllowed, '设备尚未绑定管理员')
  if (device.state !== 0) throw new Refusal(CODE.notAllowed, '设备已禁用')
  if (isBlacklisted(books, user, device.manager)) throw new Refusal(CODE.notAllowed, '用户已被管理员限制使用')
  if (port < 1 || port > 4) throw new Refusal(CODE.parameter, '端口号应为 1–4')
  if (unit < 1 || unit > device.maxUnit)
    throw new Refusal(CODE.parameter, `充电时长应为 1–${device.maxUnit} 个单元`)
  const { unitPrice, money } = priceOf(device, wanted)
  if (isBusy(books, device, port, now)) throw new Refusal(CODE.occupied, '设备端口已占用')
  const orderId = freeId(db, 'order', ID_FORMS.order(user), now)
  const orderTime = textOf(books, now)
  // nothing to pay is settled at once
  const [payTime, cashOutFlag] = money === 0 ? [orderTime, 2] : [null, 0]
  db.statement(
    `INSERT INTO order_info (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, payTime, cashOutFlag, manager)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    orderId,
    user,
    deviceCode,
    port,
    unitPrice,
    unit,
    money,
    orderTime,
    payTime,
    cashOutFlag,
    device.manager,
  )
  return { orderId }
}

const isBlacklisted = ({ db }: Books, user: string, manager: string): boolean =>
  db.statement('SELECT 1 FROM black_user_info WHERE user = ? AND manager = ?').get(user, manager) !==
  undefined

/** R-09, U-19: the server's figures hold; of a free charger the client's are not looked at. */
function priceOf(device: ChargerRow, wanted: NewOrder): { unitPrice: Fen; money: Fen } {
  if (device.chargeFlag === 0) return { unitPrice: 0, money: 0 }
  const money = device.unitPrice * wanted.unit
  if (wanted.unitPriceFen !== device.unitPrice || wanted.moneyFen !== money)
    throw new Refusal(CODE.parameter, '价格已变化，请刷新后重试')
  if (money > MOST_ORDER_FEN) throw new Refusal(CODE.parameter, '金额超出上限')
  return { unitPrice: device.unitPrice, money }
}

/** U-23: only what nobody paid for, soon, and whose port does not run. Only inside `site.write`. */
export function cancelOrder(books: Books, orderId: string, now: number): void {
  const order = orderOf(books, orderId)
  const free = order.money === 0
  if (order.cancelTime !== null) throw new Refusal(CODE.success, '账单已取消')
  if (order.payTime !== null && !free) throw new Refusal(CODE.success, '账单已支付')
  if (books.db.statement('SELECT 1 FROM order_pay_info WHERE orderId = ? AND state IN (0, 1)').get(orderId))
    throw new Refusal(CODE.success, '账单正在支付')
  if (now - timeOf(books, order.orderTime) > books.rules().cancelWithin)
    throw new Refusal(CODE.success, '超过可取消时间')
  if (isRunning(books, order, now)) throw new Refusal(CODE.success, '端口正在充电')
  giveUp(books, orderId, now)
}

/** Marks it; it is in no list and no total from now on. Coins it held go back. Only inside `site.write`. */
export function giveUp(books: Books, orderId: string, now: number): void {
  const pending = pendingOf(books, orderId)
  if (pending) failAttempt(books, pending)
  const sql = 'UPDATE order_info SET cancelTime = ?, payTime = NULL WHERE orderId = ? AND cancelTime IS NULL'
  books.db.statement(sql).run(textOf(books, now), orderId)
}

/** A report later than the order says that its port supplies power. */
function isRunning(books: Books, order: StoredOrder, now: number): boolean {
  const device = chargerOf(books, order.deviceCode)
  const report = reportedNow(books, device, order.port, now)
  return report !== null && report.at > timeOf(books, order.orderTime) && report.reported > 0
}
