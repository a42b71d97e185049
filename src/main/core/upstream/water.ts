import type { ZoneOffset } from '#shared/time.ts'
import type { VendorClient } from './client.ts'
import { rowsOf } from './decode.ts'
import { decodeRows, pageOf, type RawRow, type RowDecoder } from './rows.ts'
import type { WaterClient } from './types-water.ts'
import { UpstreamError, type CallOptions, type Page, type PageRequest } from './types.ts'
import type { Endpoint, Fields, Vendor } from './vendor.ts'
import {
  costRow,
  flowRow,
  hungRegions,
  operationRow,
  paymentRow,
  readingRow,
  regionRow,
  scheduleRow,
} from './water-rows.ts'

export const WATER: Vendor = { source: 'water', login: null, accountInEveryCall: false }

/** Printed with and without a slash before them (W-01). */
const read = (path: string): Endpoint => ({ path, kind: 'read', answers: 'data' })

export const REGION = read('region')
const FLOW = read('flow')
const COST = read('cost')
const OPT = read('opt')
const SCHEDULE = read('schedule')
const TRANS = read('trans')
const HISPAY = read('hispay')

export interface WaterOptions {
  readonly zone: () => ZoneOffset
  readonly pageSize: number
}

/** The water system on the shared client: what is sent, exactly (W-15, W-16), and how the rows are read. */
export function createWaterClient(client: VendorClient, { zone, pageSize }: WaterOptions): WaterClient {
  const list = async <R>(
    endpoint: Endpoint,
    { page, pageSize: size, ...filters }: PageRequest & Filters,
    decode: RowDecoder<R>,
    options?: CallOptions,
  ): Promise<Page<R>> => {
    // the size is called like a number of pages (W-13)
    const fields = { ...given(filters), page, page_count: size }
    return pageOf(endpoint.path, await client.read(endpoint, fields, options), decode, 'data', 'total')
  }
  return {
    pageSize,
    region: async (options) => {
      const { fields, warnings } = await client.read(REGION, {}, options)
      const data = fields['data']
      if (!rowsOf(data))
        throw new UpstreamError('malformed', 'region answered with data that is no list.', {
          endpoint: REGION.path,
        })
      const { rows, bad } = decodeRows(hungRegions(data) as unknown as RawRow[], regionRow, warnings)
      return { rows, bad }
    },
    flow: (request, options) => list(FLOW, { ...request }, flowRow(zone()), options),
    cost: (request, options) => list(COST, { ...request }, costRow(zone()), options),
    opt: (request, options) => list(OPT, { ...request }, operationRow(zone()), options),
    schedule: (request, options) => list(SCHEDULE, { ...request }, scheduleRow(zone()), options),
    trans: (request, options) => list(TRANS, { ...request }, readingRow(zone()), options),
    hispay: (request, options) => list(HISPAY, { ...request }, paymentRow(zone()), options),
  }
}

type Filters = Readonly<Record<string, string | number | undefined>>

/** W-31: what says nothing is not sent. */
function given(filters: Filters): Fields {
  const entries = Object.entries(filters).filter((entry): entry is [string, string | number] => {
    const [, value] = entry
    return value !== undefined && value !== ''
  })
  return Object.fromEntries(entries)
}
