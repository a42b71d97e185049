import type { ImrMeter, ImrReading } from '#core/upstream/types.ts'
import { parseDecimal } from '#shared/decimal.ts'
import { openSite } from './site.ts'

/** Rows of one transaction. */
const SLICE = 500

/** Twelve digits, rising with the index. */
export const tableNoOf = (index: number) => String(index).padStart(12, '0')

const meterOf = (index: number): ImrMeter => ({
  deviceId: tableNoOf(index),
  tableNo: tableNoOf(index),
  name: tableNoOf(index),
  project: 'CS',
  typeCode: index % 3 === 0 ? '2' : '1',
  place: `${(index % 40) + 1}栋`,
  house: String(100 + (index % 600)),
  userCode: `U${index}`,
  userName: `用户${index % 997}`,
  onlineRaw: '在线',
  onlineAt: null,
  gateRaw: '合闸',
})

const readingOf = (index: number, at: number): ImrReading => {
  const text = `${index % 9000}.25`
  const value = parseDecimal(text)
  if (!value) throw new Error(text)
  return { deviceId: tableNoOf(index), tableNo: tableNoOf(index), at, value, text }
}

/** A data folder with so many meters, each with one reading, through the core's own writing. */
export async function fillMeters(directory: string, count: number): Promise<void> {
  const site = await openSite(directory)
  const at = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
  for (let from = 0; from < count; from += SLICE) {
    const indexes = Array.from({ length: Math.min(SLICE, count - from) }, (_, i) => from + i)
    await site.store.history.write(() => {
      site.meters.catalogue.upsert(indexes.map(meterOf), at)
      site.meters.readings.ingest(
        'imr',
        'readMeterList',
        indexes.map((index) => readingOf(index, at)),
        at,
      )
    })
  }
  await site.close()
}
