import { SitedeskError, notFound } from '#shared/errors.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { StoredDevice } from './rows.ts'
import { byCode } from './store.ts'

export type Changes = Checked<'devices.updateMany'>['changes']

/** Most an order may come to, fen (D-06). */
const MOST_FEN = 99_999

/**
 * Sets what is given (M-07 ranges; R-30: for new orders only) and answers what stood there before. Only inside
 * `site.write`.
 */
export function change(db: SiteDatabase, deviceCode: string, changes: Changes, now: string): StoredDevice {
  const before = byCode(db, deviceCode)
  if (!before) throw notFound('charger', deviceCode)
  const unitPrice = changes.unitPriceFen ?? before.unitPrice
  const maxUnit = changes.maxUnit ?? before.maxUnit
  if (unitPrice * maxUnit > MOST_FEN) {
    const message = 'The longest charge would cost more than 999.99 yuan (D-06).'
    throw new SitedeskError('INVALID_INPUT', message, {
      reason: 'orderTooDear',
      issues: [{ path: 'unitPriceFen', message }],
    })
  }
  const state = changes.state ?? before.state
  db.run(
    db.query
      .updateTable('device_info')
      .set({
        deviceName: changes.alias ?? before.deviceName,
        state,
        stateReason: reasonOf(changes, before, state),
        version: changes.version ?? before.version,
        maxUnit,
        chargeFlag: changes.chargeFlag ?? before.chargeFlag,
        unitPrice,
        bleProfile:
          changes.profile === undefined
            ? before.bleProfile
            : changes.profile && JSON.stringify(changes.profile),
        updateTime: now,
      })
      .where('deviceCode', '=', deviceCode),
  )
  return before
}

/** Why it is disabled; an enabled charger has no reason. */
function reasonOf(changes: Changes, before: StoredDevice, state: number): string | null {
  if (state === 0) return null
  return changes.stateReason === undefined ? before.stateReason : changes.stateReason || null
}

/** All or none: the manager must exist, and every charger; past orders and income stay. */
export function transfer(db: SiteDatabase, codes: readonly string[], manager: string, now: string): string[] {
  const known = db.statement<{ n: number }>('SELECT count(*) AS n FROM manager_info WHERE manager = ?')
  if ((known.get(manager)?.n ?? 0) === 0) throw notFound('manager', manager)
  const moved: string[] = []
  for (const code of new Set(codes)) {
    const before = byCode(db, code)
    if (!before) throw notFound('charger', code)
    if (before.manager === manager) continue
    db.run(
      db.query
        .updateTable('device_info')
        .set({ manager, addTime: now, updateTime: now })
        .where('deviceCode', '=', code),
    )
    moved.push(code)
  }
  return moved
}

/** Takes a charger out that was never used; one with orders is part of the books. */
export function remove(db: SiteDatabase, deviceCode: string): StoredDevice {
  const before = byCode(db, deviceCode)
  if (!before) throw notFound('charger', deviceCode)
  const used = db.statement<{ n: number }>('SELECT count(*) AS n FROM order_info WHERE deviceCode = ?')
  const orders = used.get(deviceCode)?.n ?? 0
  if (orders > 0)
    throw new SitedeskError('NOT_ALLOWED_NOW', `Charger ${deviceCode} has orders; disable it instead.`, {
      reason: 'hasOrders',
      orders,
    })
  db.run(db.query.deleteFrom('device_info').where('deviceCode', '=', deviceCode))
  return before
}
