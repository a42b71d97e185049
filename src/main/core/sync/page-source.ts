import type { CallOptions, ImrClient, Page, PageRequest } from '../upstream/types.ts'
import type { Meters } from '../meters/index.ts'
import type { WindowKey } from './windows.ts'

/** The vendor's limit, and the fewest calls (I-19, spec §2.1). */
export const PAGE_SIZE = 1000

/** Where the rows of a dataset come from and where they go. `store` runs inside `history.write`. */
export interface PageSource<R> {
  /** rows a page is asked for; PAGE_SIZE if absent */
  readonly pageSize?: number
  /** the server may cut pages without saying so (W-14) */
  readonly mayCap?: boolean
  fetch(key: WindowKey, request: PageRequest, options: CallOptions): Promise<Page<R>>
  store(key: WindowKey, rows: readonly R[], at: number): void
}

export const catalogueSource = (client: ImrClient, meters: Meters) => ({
  fetch: (_key: WindowKey, request: PageRequest, options: CallOptions) => client.meterList(request, options),
  // Every page of one scan is stamped with its start, so that what the scan did not list is older (C-50).
  store: (key: WindowKey, rows: Parameters<Meters['catalogue']['upsert']>[0]) =>
    meters.catalogue.upsert(rows, key.from),
})

export const latestSource = (client: ImrClient, meters: Meters) => ({
  fetch: (_key: WindowKey, request: PageRequest, options: CallOptions) => client.readMeter(request, options),
  store: (key: WindowKey, rows: Parameters<Meters['readings']['ingest']>[2], at: number) =>
    meters.readings.ingest(key.source, 'readMeter', rows, at),
})
