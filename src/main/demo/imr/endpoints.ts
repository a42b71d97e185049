import { DAY, dayNumber, parseDateTime } from '#shared/time.ts'
import { cameraRow } from './camera.ts'
import { BAND_TYPE, CAMERA_TYPE, type DemoMeter } from './meters.ts'
import type { ImrFaults } from './faults.ts'
import { MISSING, type Fields, type Refusal } from '../gatekeeper.ts'
import * as rows from './rows.ts'
import type { Slot, VendorSite } from './site.ts'

export interface Envelope {
  readonly code: number
  readonly data?: unknown
  readonly msg: string
  readonly totalCount?: number | string
}
export type Endpoint = (site: VendorSite, fields: Fields, faults: ImrFaults) => Envelope

const MAX_PAGE = 1000
/** Rows a page is cut to by the fault `silentCap` (F-21). */
const SILENT_CAP = 50

export const refusal = ([code, msg]: Refusal): Envelope => ({ code, data: [], msg })
const ok = (data: unknown, totalCount?: number | string): Envelope =>
  totalCount === undefined
    ? { code: 200, data, msg: '查询成功' }
    : { code: 200, data, msg: '查询成功', totalCount }

interface Page {
  readonly number: number
  readonly size: number
  readonly skip: number
}

function pageOf(fields: Fields, faults: ImrFaults): Page {
  const asked = Math.min(positive(fields.pageSize) ?? MAX_PAGE, MAX_PAGE)
  const number = faults.strikes('ignoredPageNo') ? 1 : (positive(fields.pageNo) ?? 1)
  const size = faults.strikes('silentCap') ? Math.min(asked, SILENT_CAP) : asked
  return { number, size, skip: (number - 1) * size }
}

/** Vendors' clients send codes as strings or numbers. */
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

function positive(value: unknown): number | null {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : null
}

const meterList: Endpoint = (site, fields, faults) => {
  const { skip, size } = pageOf(fields, faults)
  const page = site.meters.slice(skip, skip + size)
  return ok(
    page.map((meter) => rows.meterRow(site, meter)),
    site.meters.length,
  )
}

/** One meter comes as an object on every page, all of them as a list (I-12). */
/** Cameras have an endpoint of their own: what they read comes from there only. */
const noCamera = (meter: DemoMeter) => meter.typeCode !== CAMERA_TYPE

const readMeter: Endpoint = (site, fields, faults) => {
  const { skip, size } = pageOf(fields, faults)
  if (text(fields.tableNo) !== '') {
    const meter = site.byTableNo(text(fields.tableNo))
    const row = meter && noCamera(meter) && rows.latestRow(site, meter)
    return row ? ok(row, 1) : ok([], 0)
  }
  const known = site.meters.filter((meter) => noCamera(meter) && site.latest(meter) !== null)
  const page = known.slice(skip, skip + size).map((meter) => rows.latestRow(site, meter))
  return ok(
    page.filter((row) => row !== null),
    known.length,
  )
}

/** The three list endpoints with BeginDate and EndDate, both included. */
function windowed(
  wanted: (meter: DemoMeter) => boolean,
  write: (site: VendorSite, slot: Slot) => rows.WireRow,
): Endpoint {
  return (site, fields, faults) => {
    const from = parseDateTime(text(fields.BeginDate), site.calendar.zone)
    const to = parseDateTime(text(fields.EndDate), site.calendar.zone)
    if (from === null || to === null || !positive(fields.pageNo) || !positive(fields.pageSize))
      return refusal(MISSING)
    const { number, skip, size } = pageOf(fields, faults)
    const late = faults.holdsBack(`${from} ${to} ${text(fields.tableNo)}`, number) ? 1 : 0
    const range = { from, to, skip: skip + late, take: size }
    const { total, slots } = site.window(metersOf(site, fields.tableNo).filter(wanted), range)
    return ok(
      slots.map((slot) => write(site, slot)),
      statedTotal(dayNumber(from, site.calendar.zone), total - late),
    )
  }
}

function metersOf(site: VendorSite, tableNos: unknown): readonly DemoMeter[] {
  if (typeof tableNos !== 'string' || tableNos === '') return site.meters
  return tableNos.split(',').flatMap((tableNo) => site.byTableNo(tableNo) ?? [])
}

/** On some days the count is 1 whatever the rows, a string, or not there at all (I-13, F-20). */
function statedTotal(day: number, total: number): number | string | undefined {
  if (day % 9 === 4) return Math.min(total, 1)
  if (day % 9 === 7) return String(total)
  return day % 9 === 2 ? undefined : total
}

const ACTIONS: Readonly<Record<string, 'close' | 'open' | 'read'>> = { 1: 'close', 2: 'open', 3: 'read' }

/** Accepted does not mean done: an offline meter never does it (I-30, F-35). */
const meterInstruct: Endpoint = (site, fields) => {
  const meter = site.byDeviceId(text(fields.deviceId))
  const action = ACTIONS[text(fields.type)]
  if (!action || fields.deviceId === undefined) return refusal(MISSING)
  if (!meter) return refusal([1001, '操作失败'])
  site.instruct(meter, action)
  return { code: 200, msg: '操作成功' }
}

/** Days for which this platform keeps what it charged. */
const CONSUMPTION_DAYS = 62
/** IE-5: every record, or one a day, which here is the record of a meter that is read once a day. */
const CONSUMPTION: Readonly<Record<string, Endpoint>> = {
  1: windowed(noCamera, rows.consumptionRow),
  2: windowed((meter) => noCamera(meter) && !meter.hourly, rows.consumptionRow),
}

const readMeterDataList: Endpoint = (site, fields, faults) => {
  const records = CONSUMPTION[text(fields.type)]
  if (!records) return refusal(MISSING)
  const to = parseDateTime(text(fields.EndDate), site.calendar.zone)
  const isGone = to !== null && to < site.now() - CONSUMPTION_DAYS * DAY
  return isGone ? ok([], 0) : records(site, fields, faults)
}

export const endpoints: Readonly<Record<string, Endpoint>> = {
  'meter/meterList': meterList,
  'meter/readMeter': readMeter,
  'meter/readMeterList': windowed(noCamera, rows.readingRow),
  'meter/readMeterDataList': readMeterDataList,
  'meter/meterInstruct': meterInstruct,
  'meter/peaksValleysRead': windowed((meter) => meter.typeCode === BAND_TYPE, rows.bandsRow),
  'meter/cameraRead': windowed((meter) => meter.typeCode === CAMERA_TYPE, cameraRow),
}
