import { MINUTE } from '#shared/time.ts'
import { mergeReport, portTimeOf, unpackPorts, type ReportedPorts } from '../devices/index.ts'
import { textOf, timeOf, UNIT, type Books } from './books.ts'
import { CODE, Refusal } from './refusal.ts'

/**
 * What the last report of a port says now: `minutes` without those that have passed since,
 * `reported` as it was. Null: it says nothing.
 */
export function reportedNow(
  books: Books,
  device: ReportedPorts,
  port: number,
  now: number,
): { at: number; broken: boolean; minutes: number; reported: number } | null {
  const found = unpackPorts(device.portState).find((one) => one.port === port)
  if (!found || found.state === 'unknown') return null
  const text = portTimeOf(device, port)
  if (text === null) return null
  const at = timeOf(books, text)
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
  device: ReportedPorts & { deviceCode: string },
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

/** What a phone read from a charger (U-17): `packed` in the order of the ports, some of them or all. Only inside `site.write`. */
export function reportPorts(books: Books, deviceCode: string, packed: string, now: number): void {
  const before = books.db
    .statement<ReportedPorts>(
      'SELECT portState, portStateTime, portTimes FROM device_info WHERE deviceCode = ?',
    )
    .get(deviceCode)
  if (!before) throw new Refusal(CODE.parameter, '设备不存在')
  const { portState, portStateTime, portTimes } = mergeReport(before, packed, textOf(books, now))
  books.db
    .statement('UPDATE device_info SET portState = ?, portStateTime = ?, portTimes = ? WHERE deviceCode = ?')
    .run(portState, portStateTime, portTimes, deviceCode)
}
