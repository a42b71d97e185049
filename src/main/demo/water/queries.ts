import type { WaterFault } from '#shared/contract/demo.ts'
import { addMonths, DAY, HOUR, startOfMonth } from '#shared/time.ts'
import type { Faults } from '../faults.ts'
import type { Fields } from '../gatekeeper.ts'
import type { WaterDevice } from './devices.ts'
import * as rows from './rows.ts'
import { dayAt, type WaterSite } from './site.ts'

/** The names of water faults without their prefix. */
export type WaterFaultKind = WaterFault extends `water.${infer Kind}` ? Kind : never

/** Pages are never longer, and nobody says so (W-14). */
const CAP = 500
/** The fault `silentCap` (F-21) */
const SMALL_CAP = 50
const MONTHS = 12
const LOG_ROWS = 640
const JOB_ROWS = 420

export interface QueryParts {
  readonly site: WaterSite
  readonly faults: Faults<WaterFaultKind>
  readonly base: () => string
  /** queries whose first row `rowInsertion` holds back until their second page */
  readonly late: Set<string>
}

export type Query = (parts: QueryParts, fields: Fields, path: string) => object

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown, otherwise: number) => (/^\d+$/.test(text(value)) ? Number(value) : otherwise)

/** Every filter is fuzzy, numbers too: what holds it anywhere is returned (S4 L9). */
const fuzzy = (wanted: unknown, ...values: readonly unknown[]) =>
  text(wanted) === '' || values.some((value) => String(value).includes(text(wanted)))

/** A page of what is there; the count is right, 1, a string or missing (F-20, W-34). */
function pageOf(
  { site, faults, late }: QueryParts,
  fields: Fields,
  path: string,
  all: readonly rows.WireRow[],
): object {
  const page = faults.strikes('ignoredPage') ? 1 : number(fields['page'], 1)
  const query = `${path} ${JSON.stringify({ ...fields, page: 0 })}`
  if (page === 1 && faults.strikes('rowInsertion')) late.add(query)
  else if (page !== 1) late.delete(query)
  // the newest row stands in front, and comes between the first page and the second
  const there = late.has(query) ? all.slice(1) : all
  const cap = faults.isOn('silentCap') ? SMALL_CAP : CAP
  const size = Math.min(number(fields['page_count'], 10), cap)
  const data = there.slice((page - 1) * size, page * size)
  const total = statedTotal(number(fields['start_time'], site.now()), there.length)
  if (faults.isOn('lyingTotal')) return { data, total: Math.min(there.length, 1) }
  return total === undefined ? { data } : { data, total }
}

function statedTotal(day: number, total: number): number | string | undefined {
  const turn = Math.floor(day / DAY) % 9
  if (turn === 4) return Math.min(total, 1)
  if (turn === 7) return String(total)
  return turn === 2 ? undefined : total
}

const spanOf = ({ site }: QueryParts, fields: Fields) => ({
  from: number(fields['start_time'], 0),
  to: Math.min(number(fields['end_time'], site.now()), site.now()),
})

const isAsked = (device: WaterDevice, fields: Fields) =>
  fuzzy(fields['device_code'], device.deviceCode) &&
  fuzzy(fields['user_code'], device.userCode) &&
  fuzzy(fields['username'], device.userName) &&
  fuzzy(fields['address'], device.house)

export const QUERIES: Readonly<Record<string, Query>> = {
  region: ({ site }) => ({ data: rows.regionTree(site) }),
  flow: (parts, fields, path) => {
    const { site } = parts
    const month = startOfMonth(site.now(), site.calendar.zone)
    const wanted = site.devices.filter(
      (device) =>
        fuzzy(fields['device_code'], device.deviceCode) &&
        fuzzy(fields['region_id'], ...rows.regionsOf(device)),
    )
    const found = Array.from(
      { length: MONTHS },
      (_, i) => addMonths(month, -i, site.calendar.zone) + 2 * HOUR,
    )
      .filter((at) => at <= site.now() && dayAt(site, at) >= site.firstDay)
      .flatMap((at) =>
        wanted.map((device) => rows.flowRow(site, device, at, chartUrl(parts, device.deviceCode))),
      )
    return pageOf(
      parts,
      fields,
      path,
      found.filter((row) => fuzzy(fields['watch_status'], row['status'])),
    )
  },
  cost: (parts, fields, path) => {
    const { site } = parts
    const wanted = site.devices.filter(
      (device) =>
        fuzzy(fields['region_id'], ...rows.regionsOf(device)) &&
        fuzzy(fields['user_name'], device.userName) &&
        fuzzy(fields['user_code'], device.userCode),
    )
    return pageOf(
      parts,
      fields,
      path,
      wanted.map((device) => rows.costRow(site, device)),
    )
  },
  opt: (parts, fields, path) => {
    const found = Array.from({ length: LOG_ROWS }, (_, n) => rows.operationRow(parts.site, n))
    return pageOf(
      parts,
      fields,
      path,
      found.filter((row) => fuzzy(fields['opt_type'], row['log_type'])),
    )
  },
  schedule: (parts, fields, path) => {
    const found = Array.from({ length: JOB_ROWS }, (_, n) => rows.scheduleRow(parts.site, n))
    const collector = (row: rows.WireRow) => `C${text(row['water_meter_number']).slice(-2, -1)}`
    return pageOf(
      parts,
      fields,
      path,
      found.filter(
        (row) =>
          fuzzy(fields['watcher_num'], row['water_meter_number']) &&
          fuzzy(fields['coll_code'], collector(row)),
      ),
    )
  },
  trans: (parts, fields, path) => {
    const { site } = parts
    const found = site.readings(spanOf(parts, fields)).filter(({ device }) => isAsked(device, fields))
    return pageOf(
      parts,
      fields,
      path,
      found.map((slot) => rows.readingRow(site, slot)),
    )
  },
  hispay: (parts, fields, path) => {
    const { site } = parts
    const found = rows
      .paymentSlots(site, spanOf(parts, fields))
      .filter(({ device }) => isAsked(device, fields))
    return pageOf(
      parts,
      fields,
      path,
      found.map((slot) => rows.paymentRow(site, slot)),
    )
  },
}

/** One in so many pictures lies on a foreign host, which nobody is to ask (W-26). */
const chartUrl = ({ base, site }: QueryParts, code: string) => {
  const index = site.devices.findIndex(({ deviceCode }) => deviceCode === code)
  return index % 50 === 13 ? `http://pictures.example/${code}.png` : `${base()}/charts/${code}.png`
}
