import { MINUTE } from '#shared/time.ts'
import { unpackPorts } from '../devices/index.ts'
import { REPORT_COUNTS, timeOf, UNIT, type Books } from './books.ts'

interface Reported {
  readonly portState: string | null
  readonly portStateTime: string | null
}

/** What the last report says of a port now: minutes that have passed since are gone. Null: it says nothing. */
export function reportedNow(
  books: Books,
  device: Reported,
  port: number,
  now: number,
): { at: number; broken: boolean; minutes: number } | null {
  if (device.portStateTime === null) return null
  const found = unpackPorts(device.portState).find((one) => one.port === port)
  if (!found || found.state === 'unknown') return null
  const at = timeOf(books, device.portStateTime)
  const passed = Math.max(0, Math.floor((now - at) / MINUTE))
  return {
    at,
    broken: found.state === 'broken',
    minutes: Math.max(0, (found.minutes ?? 0) - passed),
  }
}

/**
 * busy when the newest report, two minutes old at most, says so; or when an order that is not over was made
 * later than that report, or there is no such report.
 */
export function isBusy(
  books: Books,
  device: Reported & { deviceCode: string },
  port: number,
  now: number,
): boolean {
  const report = reportedNow(books, device, port, now)
  const fresh = report !== null && now - report.at <= REPORT_COUNTS ? report : null
  const order = books.db
    .statement<{ orderTime: string; unit: number }>(
      `SELECT orderTime, unit FROM order_info WHERE deviceCode = ? AND port = ? AND cancelTime IS NULL
       ORDER BY orderTime DESC, id DESC LIMIT 1`,
    )
    .get(device.deviceCode, port)
  if (order) {
    const at = timeOf(books, order.orderTime)
    const runs = at + order.unit * UNIT > now
    if (runs && (fresh === null || at >= fresh.at)) return true
  }
  return fresh !== null && (fresh.broken || fresh.minutes > 0)
}
