import { parseDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { Meters } from '../meters/index.ts'
import type { PageSource, WindowKey } from '../sync/index.ts'
import type { ImrReading, WaterClient, WaterFlow, WaterReading } from '../upstream/index.ts'
import type { WaterStore } from './records.ts'
import { keyOf, type WaterList, type WaterRows } from './shapes.ts'

/** Lists without a time filter: read from their first page to their last (W-22). */
export type WaterScan = 'costs' | 'flows' | 'schedules' | 'operations'
/** Lists that are asked for by days (W-23). */
export type WaterHistory = 'readings' | 'payments'

/** Windows reach this far over their ends: whether the vendor counts an end in is not documented (W-23). */
const OVERLAP_MS = SECOND

export interface SourceParts {
  readonly client: WaterClient
  readonly store: WaterStore
  readonly meters: Meters
}

type Asked<L extends WaterList> = PageSource<WaterRows[L]>['fetch']

/** Where the rows of a list come from and where they go, and how many of one scan were there already (W-32). */
export function sourceOf<L extends WaterList>(
  { client, store, meters }: SourceParts,
  list: L,
): PageSource<WaterRows[L]> & { duplicates(): number } {
  const ask = fetchers(client)[list]
  const seen = new Set<string>()
  let received = 0
  return {
    pageSize: client.pageSize,
    mayCap: true,
    fetch(key, request, options) {
      if (request.page === 1) {
        seen.clear()
        received = 0
      }
      return ask(key, request, options)
    },
    store(key, rows, at) {
      store.put(list, rows)
      for (const row of rows) seen.add(keyOf(list, row))
      received += rows.length
      keepMeters(meters, list, rows, at)
      if (list === 'readings') ingest(meters, rows as readonly WaterReading[], at)
      if (key.scope !== '') store.members(memberKind(list), scopeValue(key), rows.map(codeOf), key.from)
    },
    duplicates: () => received - seen.size,
  }
}

/** `region:12`, `collector:7`: what a scan was restricted to. */
export const scopeOf = (kind: 'region' | 'collector', value: string) => `${kind}:${value}`
export const scopeValue = ({ scope }: WindowKey) => scope.slice(scope.indexOf(':') + 1)

export const memberKind = (list: WaterList) =>
  list === 'schedules' ? 'collector' : list === 'costs' ? 'costs' : 'flows'

function codeOf(row: WaterRows[WaterList]): string {
  if ('water_meter_number' in row) return row.water_meter_number
  return 'device_code' in row ? row.device_code : row.user_code
}

function fetchers(client: WaterClient): { readonly [L in WaterList]: Asked<L> } {
  const region = (key: WindowKey) => (key.scope === '' ? {} : { region_id: scopeValue(key) })
  const window = ({ from, to }: WindowKey) => ({
    start_time: Math.max(0, from - OVERLAP_MS),
    end_time: to,
  })
  return {
    flows: (key, request, options) => client.flow({ ...request, ...region(key) }, options),
    costs: (key, request, options) => client.cost({ ...request, ...region(key) }, options),
    operations: (_key, request, options) => client.opt(request, options),
    schedules: (key, request, options) =>
      client.schedule({ ...request, ...(key.scope === '' ? {} : { coll_code: scopeValue(key) }) }, options),
    readings: (key, request, options) => client.trans({ ...request, ...window(key) }, options),
    payments: (key, request, options) => client.hispay({ ...request, ...window(key) }, options),
  }
}

function keepMeters(meters: Meters, list: WaterList, rows: readonly unknown[], now: number): void {
  if (list !== 'flows' && list !== 'readings') return
  const known = (rows as readonly (WaterFlow | WaterReading)[]).map((row) => ({
    deviceCode: row.device_code,
    house: row.house_number,
    user: row.username,
    status: row.status,
    at: 'created_at' in row ? row.created_at : row.collected_at,
  }))
  meters.water.put(known, now)
}

/** A meter's series are its registers, `total_flow` at `collected_at` (interfaces §3). */
function ingest(meters: Meters, rows: readonly WaterReading[], at: number): void {
  meters.readings.ingest('water', 'trans', rows.flatMap(readingOf), at)
}

function readingOf({ device_code, total_flow, collected_at }: WaterReading): ImrReading[] {
  const value = parseDecimal(total_flow)
  if (!value || total_flow === null || collected_at === null) return []
  return [{ deviceId: device_code, tableNo: device_code, at: collected_at, value, text: total_flow }]
}
