import { MINUTE } from '#shared/time.ts'
import { unpackPorts } from '../devices/index.ts'
import { textOf, timeOf, UNIT, type Books } from './books.ts'
import { CODE, Refusal } from './refusal.ts'

interface Reported {
  readonly portState: string | null
  readonly portStateTime: string | null
}

/**
 * What the last report says of a port now: `minutes` without those that have passed since,
 * `reported` as it was. Null: it says nothing.
 */
export function reportedNow(
  books: Books,
  device: Reported,
  port: number,
  now: number,
): { at: number; broken: boolean; minutes: number; reported: number } | null {
  if (device.portStateTime === null) return null
  const found = unpackPorts(device.portState).find((one) => one.port === port)
  if (!found || found.state === 'unknown') return null
  const at = timeOf(books, device.portStateTime)
  const reported = found.minutes ?? 0
  const passed = Math.max(0, Math.floor((now - at) / MINUTE))
  return {
    at,
    broken: found.state === 'broken',
    minutes: Math.max(0, reported - passed),
    reported,
  }
}

/** The longest order there is: nothing older can still run. */
const LONGEST = 12 * UNIT

/**
 * busy when the newest report, two minutes old at most, says so; or when an order that is not over was made no
 * earlier than that report, or there is no such report. A report from the future (a clock set back) is none.
 */
export function isBusy(
  books: Books,
  device: Reported & { deviceCode: string },
  port: number,
  now: number,
): boolean {
  const report = reportedNow(books, device, port, now)
  const fresh = report !== null && Math.abs(now - report.at) <= books.rules().reportCounts ? report : null
  if (fresh !== null && (fresh.broken || fresh.minutes > 0)) return true
  return books.db
    .statement<{ orderTime: string; unit: number }>(
      `SELECT orderTime, unit FROM order_info
       WHERE deviceCode = ? AND port = ? AND cancelTime IS NULL AND orderTime > ?`,
    )
    .all(device.deviceCode, port, textOf(books, now - LONGEST))
    .some(({ orderTime, unit }) => {
      const at = timeOf(books, orderTime)
      return at + unit * UNIT > now && (fresh === null || at >= fresh.at)
    })
}

/** What a phone read from a charger (U-17): `packed` in the order of the ports. Only inside `site.write`. */
export function reportPorts(books: Books, deviceCode: string, packed: string, now: number): void {
  const { changes } = books.db
    .statement('UPDATE device_info SET portState = ?, portStateTime = ? WHERE deviceCode = ?')
    .run(packed, textOf(books, now), deviceCode)
  if (changes !== 1) throw new Refusal(CODE.parameter, '设备不存在')
}
