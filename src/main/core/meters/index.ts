import type { ZoneOffset } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { createAnnounce } from './announce.ts'
import { createAsOf } from './as-of.ts'
import { createBandStore, type BandStore } from './band-store.ts'
import { createCampusMeters, type CampusMeters } from './campus.ts'
import { createCatalogue, type Catalogue } from './catalogue.ts'
import { createConsumptionStore, type ConsumptionStore } from './consumption-store.ts'
import { createDailySummary } from './daily.ts'
import { createHandlers } from './handlers.ts'
import { createMeterKeys, type MeterKeys } from './keys.ts'
import { createMeterList } from './list.ts'
import { createIdOfNumber, createLocate, type Located } from './locate.ts'
import { createReadings, type ReadingStore } from './readings.ts'
import { createRebuild } from './rebuild.ts'
import { createSearchIndex } from './search.ts'
import { createSeries } from './series.ts'
import { createSummary } from './summary.ts'
import { createTallies } from './tallies.ts'
import { createUsage } from './usage.ts'
import { createWaterMeters, type WaterMeters } from './water.ts'

import { meterIdOf } from './rows.ts'

export { meterIdOf }
export { INGEST_SLICE } from './readings.ts'
export { MOST_USAGE_ROWS } from './usage.ts'
export type { CampusMeters, RoomMeter } from './campus.ts'
export type { Located } from './locate.ts'

/** What meters need of the settings. */
export interface SiteZone {
  zone(): ZoneOffset
  onChange(listener: (paths: readonly string[]) => void): () => void
}

export interface Meters {
  /** each inside `history.write` */
  readonly catalogue: Catalogue
  /** inside `history.write`, at most INGEST_SLICE rows at a time */
  readonly readings: ReadingStore
  readonly consumption: ConsumptionStore
  readonly bands: BandStore
  readonly campus: CampusMeters
  readonly water: WaterMeters
  locate(meterId: string): Located | null
  /** the meter of a table number in a meter system, active ones first; null where none is known */
  idOfNumber(tableNo: string): string | null
  counts(): { meters: number; readings: number }
  /** after a page: tells open screens, not more often than they can follow */
  changed(): void
  /** resolves when the daily summary is that of the zone */
  settled(): Promise<void>
  close(): void
  readonly handlers: Omit<AreaHandlers<'meters'>, 'meters.fetch'> & AreaHandlers<'search'>
}

/** Meters of all sources: catalogue, readings, usage and search, all from history.db. */
export function createMeters(ctx: CoreContext, { settings }: { settings: SiteZone }): Meters {
  const db = ctx.store.history
  const { clock } = ctx.ports
  const { zone } = settings
  let version = 0
  const touch = () => void version++
  const keys = createMeterKeys(db)
  const tallies = createTallies(db)
  const index = createSearchIndex(db, clock)
  const list = createMeterList(db, clock, index)
  const usage = createUsage(db, clock, zone)
  const announce = createAnnounce(ctx)
  const rebuild = createRebuild(ctx, createDailySummary(db, zone), zone, () => {
    touch()
    announce.changed()
  })
  const locate = createLocate(db)
  const catalogueChanged = () => {
    touch()
    index.markStale()
  }
  const unsubscribe = settings.onChange((paths) => {
    if (paths.includes('zone')) rebuild.check()
  })
  rebuild.check()
  const count = db.statement<{ n: number }>('SELECT count(*) AS n FROM meter')
  return {
    ...storesOf(db, keys, { zone, touch, catalogueChanged, changed: announce.changed }),
    locate,
    idOfNumber: createIdOfNumber(db),
    counts: () => ({ meters: count.get()?.n ?? 0, readings: tallies.readings() }),
    changed: announce.changed,
    settled: rebuild.settled,
    close() {
      unsubscribe()
      announce.stop()
      rebuild.stop()
    },
    handlers: createHandlers({
      db,
      list,
      index,
      locate,
      usage,
      asOf: createAsOf(db, tallies),
      series: createSeries(db),
      summary: createSummary({ db, clock, usage, zone, version: () => version }),
    }),
  }
}

interface Changes {
  zone(): ZoneOffset
  touch(): void
  catalogueChanged(): void
  changed(): void
}

/** Where what comes from the vendors is kept. */
function storesOf(
  db: HistoryDatabase,
  keys: MeterKeys,
  { zone, touch, catalogueChanged, changed }: Changes,
): Pick<Meters, 'catalogue' | 'readings' | 'consumption' | 'bands' | 'campus' | 'water'> {
  return {
    catalogue: createCatalogue(db, keys, catalogueChanged),
    readings: createReadings(db, { keys, zone, onChange: touch, onNewMeter: catalogueChanged }),
    consumption: createConsumptionStore(db, { keys, onNewMeter: catalogueChanged }),
    bands: createBandStore(db, { keys, onNewMeter: catalogueChanged }),
    campus: createCampusMeters(db, keys, {
      catalogue() {
        catalogueChanged()
        changed()
      },
      latest: changed,
    }),
    water: createWaterMeters(db, keys, catalogueChanged),
  }
}
