import { decodeAnswer } from '#core/upstream/decode.ts'
import { imrRows } from '#core/upstream/imr-rows.ts'
import { pageOf } from '#core/upstream/rows.ts'
import type { ImrReading } from '#core/upstream/types.ts'
import { formatDateTime } from '#shared/time.ts'
import { formatDecimal } from '#shared/decimal.ts'
import { deviceIdOf, ZONE } from './site.ts'

/** One reading to be: meter key, epoch second, value × 10 000. */
export type Point = readonly [meter: number, second: number, value: number]

/** A page in the vendor's words, as the bytes of its answer. */
export function pageBytes(points: readonly Point[]): Uint8Array {
  const data = points.map(([meter, second, value]) => ({
    deviceId: deviceIdOf(meter),
    tableNo: deviceIdOf(meter),
    reading: formatDecimal(value, 2),
    readTime: formatDateTime(second * 1000, ZONE),
    imei: '',
    user_code: `u${meter}`,
    tableAddress: `${(meter % 20) + 1}栋`,
    deviceName: deviceIdOf(meter),
  }))
  return Buffer.from(JSON.stringify({ code: 200, data, msg: '操作成功', totalCount: points.length }))
}

const { reading } = imrRows(ZONE)

/** What the client does with an answer: bytes → text → checked rows. */
export function decodePage(body: Uint8Array): readonly ImrReading[] {
  const decoded = decodeAnswer({ status: 200, headers: {}, body }, { lenient: true })
  if (decoded.kind !== 'envelope') throw new Error(decoded.reason)
  const page = pageOf('meter/readMeterList', decoded.envelope, reading)
  if (page.bad.length > 0) throw new Error(page.bad[0]?.reason)
  return page.rows
}
