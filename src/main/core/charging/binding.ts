import type { Fen } from '#shared/money.ts'
import { MOST_ORDER_FEN, requireManager, textOf, type Books } from './books.ts'
import { chargerOf } from './orders.ts'
import { CODE, Refusal } from './refusal.ts'

/** What the manager of a charger may do with it (spec §5.3). Everything only inside `site.write`. */

/** one manager a charger; the same again changes nothing (M-02). */
export function addDevice(books: Books, manager: string, deviceCode: string, now: number): void {
  requireManager(books, manager)
  const device = chargerOf(books, deviceCode)
  if (device.manager === manager) return
  if (device.manager !== null) throw new Refusal(CODE.occupied, '设备已被其他管理员绑定')
  bind(books, deviceCode, manager, now)
}

function bind(books: Books, deviceCode: string, manager: string | null, now: number): void {
  const at = textOf(books, now)
  books.db
    .statement('UPDATE device_info SET manager = ?, addTime = ?, updateTime = ? WHERE deviceCode = ?')
    .run(manager, manager === null ? null : at, at, deviceCode)
}

/** 5 where somebody else has it. */
function own(books: Books, manager: string, deviceCode: string) {
  const device = chargerOf(books, deviceCode)
  if (device.manager !== manager) throw new Refusal(CODE.notAllowed, '非设备管理员')
  return device
}

/** All of a list, or none: the reason names those that are not there (3) or not his (5) (M-03). */
function ownAll(books: Books, manager: string, codes: readonly string[]): void {
  const find = books.db.statement<{ manager: string | null }>(
    'SELECT manager FROM device_info WHERE deviceCode = ?',
  )
  const found = codes.map((code) => ({ code, row: find.get(code) }))
  const absent = found.filter(({ row }) => !row).map(({ code }) => code)
  if (absent.length > 0) throw new Refusal(CODE.parameter, `设备不存在：${absent.join(',')}`)
  const foreign = found.filter(({ row }) => row?.manager !== manager).map(({ code }) => code)
  if (foreign.length > 0) throw new Refusal(CODE.notAllowed, `非设备管理员：${foreign.join(',')}`)
}

export function renameDevice(
  books: Books,
  { manager, deviceCode, name }: { manager: string; deviceCode: string; name: string },
  now: number,
): void {
  requireManager(books, manager)
  own(books, manager, deviceCode)
  books.db
    .statement('UPDATE device_info SET deviceName = ?, updateTime = ? WHERE deviceCode = ?')
    .run(name, textOf(books, now), deviceCode)
}

/** M-05: unbinds; the charger, its orders and its history stay. */
export function deleteDevices(books: Books, manager: string, codes: readonly string[], now: number): void {
  requireManager(books, manager)
  ownAll(books, manager, codes)
  for (const code of codes) bind(books, code, null, now)
}

/** to a manager who exists and is another one; past orders and income stay. */
export function transferDevices(
  books: Books,
  { manager, to, codes }: { manager: string; to: string; codes: readonly string[] },
  now: number,
): void {
  requireManager(books, manager)
  if (to === manager) throw new Refusal(CODE.parameter, '不能转移给自己')
  if (!books.db.statement('SELECT 1 FROM manager_info WHERE manager = ?').get(to))
    throw new Refusal(CODE.parameter, '转入的管理员不存在')
  ownAll(books, manager, codes)
  for (const code of codes) bind(books, code, to, now)
}

export interface DeviceValues {
  readonly state?: number | undefined
  readonly maxUnit?: number | undefined
  readonly chargeFlag?: number | undefined
  /** null: more than two decimals */
  readonly unitPriceFen?: Fen | null | undefined
}

const between = (value: number | undefined, low: number, high: number) =>
  value === undefined || (value >= low && value <= high)

/** M-07: at least one value, each in its range, and the dearest order payable (D-06); new orders only. */
export function setDeviceValues(
  books: Books,
  { manager, deviceCode, values }: { manager: string; deviceCode: string; values: DeviceValues },
  now: number,
): void {
  checkDeviceValues(values)
  requireManager(books, manager)
  const device = chargerOf(books, deviceCode)
  if (device.manager !== manager) throw new Refusal(CODE.notAllowed, '非设备管理员')
  const maxUnit = values.maxUnit ?? device.maxUnit
  const unitPrice = values.unitPriceFen ?? device.unitPrice
  if (maxUnit * unitPrice > MOST_ORDER_FEN) throw new Refusal(CODE.parameter, '单价与最长时长之积超出上限')
  const state = values.state ?? device.state
  books.db
    .statement(
      `UPDATE device_info SET state = ?, stateReason = CASE WHEN ? = 0 THEN NULL ELSE stateReason END,
         maxUnit = ?, chargeFlag = ?, unitPrice = ?, updateTime = ? WHERE deviceCode = ?`,
    )
    .run(
      state,
      state,
      maxUnit,
      values.chargeFlag ?? device.chargeFlag,
      unitPrice,
      textOf(books, now),
      deviceCode,
    )
}

/** At least one, each in its range; needs no books. */
export function checkDeviceValues({ state, maxUnit, chargeFlag, unitPriceFen }: DeviceValues): void {
  if ([state, maxUnit, chargeFlag, unitPriceFen].every((value) => value === undefined))
    throw new Refusal(CODE.parameter, '没有要设置的参数')
  if (!between(state, 0, 1)) throw new Refusal(CODE.parameter, 'state 应为 0 或 1')
  if (!between(chargeFlag, 0, 1)) throw new Refusal(CODE.parameter, 'chargeFlag 应为 0 或 1')
  if (!between(maxUnit, 1, 12)) throw new Refusal(CODE.parameter, 'maxUnit 应为 1–12')
  if (unitPriceFen === null || !between(unitPriceFen, 0, 9999))
    throw new Refusal(CODE.parameter, 'unitPrice 应为 0–99.99，最多两位小数')
}

/** a user who never used one of his chargers is refused; twice is once (M-11). */
export function addBlackUser(books: Books, manager: string, user: string, now: number): void {
  requireManager(books, manager)
  if (!books.db.statement('SELECT 1 FROM user_info WHERE user = ?').get(user))
    throw new Refusal(CODE.parameter, '用户不存在', 'userUnknown')
  const used = 'SELECT 1 FROM order_info WHERE user = ? AND manager = ? AND cancelTime IS NULL LIMIT 1'
  if (!books.db.statement(used).get(user, manager))
    throw new Refusal(CODE.success, '用户没有使用记录', 'noUseRecord')
  books.db
    .statement(
      'INSERT INTO black_user_info (user, manager, setupTime) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(user, manager, textOf(books, now))
}

/** one who is not listed is fine. */
export function deleteBlackUsers(books: Books, manager: string, users: readonly string[]): void {
  requireManager(books, manager)
  const drop = books.db.statement('DELETE FROM black_user_info WHERE user = ? AND manager = ?')
  for (const user of users) drop.run(user, manager)
}
