import { parseDecimal } from '#shared/decimal.ts'
import { PHASE_NAMES } from '#shared/phases.ts'
import type { ZoneOffset } from '#shared/time.ts'
import {
  code,
  decimalOrNull,
  identity,
  moment,
  momentOrNull,
  register,
  text,
  Unusable,
  type RawRow,
  type RowDecoder,
} from './rows.ts'
import type { ImrBands, ImrCameraReading, ImrConsumption, ImrMeter, ImrReading } from './types.ts'

/** Rows of the eight endpoints, read liberally (spec §2.1, I-05 … I-36). */
export interface ImrRows {
  readonly meter: RowDecoder<ImrMeter>
  readonly reading: RowDecoder<ImrReading>
  readonly consumption: RowDecoder<ImrConsumption>
  readonly bands: RowDecoder<ImrBands>
  readonly camera: RowDecoder<ImrCameraReading>
}

export function imrRows(zone: ZoneOffset): ImrRows {
  const reading = (row: RawRow): ImrReading | null => {
    const at = moment(row['readTime'], 'readTime', zone)
    const value = register(row['reading'], 'reading')
    const { deviceId, tableNo } = identity(row)
    // a meter that never reported: right, and nothing to keep
    if (at === null || value === null) return null
    const found = { deviceId, tableNo, at, value: value.value, text: value.text }
    const gateRaw = text(row['gate'])
    return gateRaw === '' ? found : { ...found, gateRaw }
  }
  return {
    meter: (row) => meterOf(row, zone),
    reading,
    consumption: (row, warn) => {
      const found = reading(row)
      return found && { ...found, ...consumptionOf(row, warn) }
    },
    bands: (row) => bandsOf(row, zone),
    camera: (row) => cameraOf(row, zone),
  }
}

function meterOf(row: RawRow, zone: ZoneOffset): ImrMeter {
  return {
    ...identity(row),
    name: text(row['deviceName']),
    project: text(row['project_code']),
    // I-07: the field table of the document says typeType
    typeCode: text(row['tableType']) || text(row['typeType']),
    place: text(row['tableAddress']),
    house: text(row['house_number']),
    userCode: code(row['user_code'], 'user_code'),
    userName: text(row['user_name']),
    // I-08
    onlineRaw: text(row['netStatis']) || text(row['netStatus']),
    onlineAt: momentOrNull(row['onlineAt'], zone),
    gateRaw: text(row['gate']),
  }
}

function consumptionOf(row: RawRow, warn: (code: string) => void) {
  const amount = decimalOrNull(row['amount'])
  const misspelt = decimalOrNull(row['amout'])
  // I-18
  if (amount !== null && misspelt !== null && amount !== misspelt) warn('amountDiffers')
  return {
    project: text(row['project_code']),
    dosage: decimalOrNull(row['dosage']),
    amount: amount ?? misspelt,
    meterType: text(row['type']),
  }
}

function bandsOf(row: RawRow, zone: ZoneOffset): ImrBands {
  const reportedAt = moment(row['createTime'], 'createTime', zone)
  const at = moment(row['freezeTime'], 'freezeTime', zone) ?? reportedAt
  if (at === null) throw new Unusable('neither freezeTime nor createTime')
  const band = (suffix: string) => {
    const name = `positiveActivePower${suffix}`
    return register(row[name], name)?.text ?? null
  }
  const total = band('')
  const bands = { sharp: band('1'), peak: band('2'), flat: band('3'), valley: band('4') }
  return {
    project: text(row['project_code']),
    ...identity(row),
    at,
    reportedAt,
    total,
    ...bands,
    sumOk: sumsUp(total, Object.values(bands)),
    phases: Object.fromEntries(PHASE_NAMES.map((name) => [name, decimalOrNull(row[name])])),
  }
}

/** I-24: within 1 %; nothing to complain of where a band or the total is missing. */
function sumsUp(total: string | null, bands: readonly (string | null)[]): boolean {
  const whole = parseDecimal(total)?.scaled
  const parts = bands.map((band) => parseDecimal(band)?.scaled)
  if (whole === undefined || parts.includes(undefined)) return true
  const sum = parts.reduce((a: number, b) => a + (b ?? 0), 0)
  return Math.abs(sum - whole) * 100 <= Math.max(Math.abs(whole), Math.abs(sum))
}

function cameraOf(row: RawRow, zone: ZoneOffset): ImrCameraReading {
  const tableNo = code(row['tableNo'], 'tableNo')
  if (tableNo === '') throw new Unusable('no tableNo')
  const at = moment(row['imageReadTime'], 'imageReadTime', zone)
  if (at === null) throw new Unusable('no imageReadTime')
  const status = text(row['imageStatus'])
  return {
    project: text(row['project_code']),
    tableNo,
    at,
    status,
    ok: status === '解析正常',
    imageUrl: text(row['imageUrl']),
    // I-27: a picture that could not be read is kept without a reading
    value: decimalOrNull(row['basicReading']),
  }
}
