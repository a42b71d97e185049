import { createRequire } from 'node:module'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import type { AnyHandlers } from './door.ts'
import { createDoor } from './door.ts'
import { openSite, type BenchSite } from './site.ts'

const Driver = createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3

export interface BenchCore extends BenchSite {
  /** a bare connection of its own to history.db, for the floors */
  readonly raw: BetterSqlite3.Database
  /** an operation as the doors call it: input and output checked */
  call(operation: string, input: unknown): Promise<unknown>
}

export async function openBenchCore(directory: string): Promise<BenchCore> {
  const site = await openSite(directory)
  const raw = new Driver(join(directory, 'history.db'))
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = NORMAL')
  raw.pragma('cache_size = -16000')
  return {
    ...site,
    raw,
    call: createDoor(site.ports, site.store, site.meters.handlers as AnyHandlers),
    async close() {
      raw.close()
      await site.close()
    },
  }
}
