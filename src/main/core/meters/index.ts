import type { meterCommands } from '#shared/contract/meter-commands.ts'
import type { meterImport } from '#shared/contract/meter-import.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { createAnnounce } from './announce.ts'
import { createAsOf } from './as-of.ts'
import { createBandStore, type BandStore } from './band-store.ts'
import { createCameraStore, type CameraStore } from './camera-store.ts'
import { createAttributes, type Attributes } from './attributes.ts'
import { createBands } from './bands.ts'
import { createCampusMeters, type CampusMeters } from './campus.ts'
import { createCatalogue, type Catalogue } from './catalogue.ts'
import { createConsumption, createHas } from './consumption.ts'
import { createDecideHandlers } from './decide.ts'
import { createCheck, type Check } from './check.ts'
import { createConsumptionStore, type ConsumptionStore } from './consumption-store.ts'
import { createDailySummary, dayOfReading } from './daily.ts'
import { createDecisions, type Decisions } from './decisions.ts'
import { createEffective, type Effective } from './effective.ts'
import { createFigures, type Figures } from './figures.ts'
import { createFixes } from './fixes.ts'
import { createHandlers } from './handlers.ts'
import { createMeterKeys } from './keys.ts'
import { createMeterList } from './list.ts'
import { createIdOfNumber, createLocate, createOfNumber, type Located } from './locate.ts'
import { createMarks } from './marks.ts'
import { createReadings, type ReadingParts, type ReadingStore } from './readings.ts'
import { createRebuild } from './rebuild.ts'
import { createSearchIndex } from './search.ts'
import { createSeries } from './series.ts'
import { createSummary } from './summary.ts'
import { createTallies } from './tallies.ts'
import { createThinning, type Thinning, type ThinParts } from './thin.ts'
import { createUsage } from './usage.ts'
import { createWaterMeters, type WaterMeters } from './water.ts'

import { meterIdOf, meterRowOf } from './rows.ts'

export { meterIdOf }
export { INGEST_SLICE } from './readings.ts'
export { breather, MOST_USAGE_ROWS } from './usage.ts'
export { readingsOfCamera } from './camera-store.ts'
export type { CampusMeters, RoomMeter } from './campus.ts'
export { NO_OWN, type Attributes, type Own, type Texts } from './attributes.ts'
export type { ThinCursor, Thinned, Thinning } from './thin.ts'
export type { Correction, DecisionOrigin, Decisions } from './decisions.ts'
export type { Located } from './locate.ts'
export type { FigureFilter, FigureMeter, Figures } from './figures.ts'
export { usageText } from './usage-rows.ts'
export { ESTIMATED, GAP, MEASURED, RESET, type UsageTable } from './usage-tables.ts'

/** What is done to meters, and who may: in meter-commands/. */
export type CommandOperation = keyof typeof meterCommands

/** Readings and attributes from sheets: in meter-import/. */
export type ImportOperation = keyof typeof meterImport

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
  readonly camera: CameraStore
  readonly campus: CampusMeters
  readonly water: WaterMeters
  /** what people decided about readings, kept in site.db beside the originals and used by usage */
  readonly decisions: Decisions
  /** what people know better than a vendor, kept in site.db */
  readonly attributes: Pick<Attributes, 'own' | 'texts' | 'set'> & {
    /** inside `history.write`; then `changed()` */
    follow(meters: readonly number[], otherDigits: readonly number[]): void
  }
  /** the readings that count: what vendors sent, with what people put in its place */
  readonly effective: Pick<Effective, 'between' | 'upTo' | 'after'>
  /** old readings down to two a day; after `settled` */
  readonly thinning: Thinning
  /** for reports: what meters.usage says, in plain arrays */
  readonly figures: Figures
  locate(meterId: string): Located | null
  /** the meter of a table number in a meter system, active ones first; null where none is known */
  idOfNumber(tableNo: string): string | null
  /** all meters of a number in the meter systems, those in use first */
  ofNumber(tableNo: string): (Located & { active: 0 | 1 })[]
  counts(): { meters: number; readings: number }
  /** after a page: tells open screens, not more often than they can follow */
  changed(): void
  /** resolves when the daily summary is that of the zone, and decided and parked what there is to decide and park */
  settled(): Promise<void>
  close(): void
  /** as the catalogue and the latest reading have it now */
  row(meterId: string): MeterRow | null
  readonly handlers: Omit<
    AreaHandlers<'meters'>,
    'meters.fetch' | 'meters.images' | CommandOperation | ImportOperation
  > &
    AreaHandlers<'search'>
}

/** Meters of all sources: catalogue, readings, usage and search, all from history.db. */
export function createMeters(ctx: CoreContext, { settings }: { settings: SiteZone }): Meters {
  const db = ctx.store.history
  const { clock } = ctx.ports
  const { zone } = settings
  let version = 0
  const touch = () => void version++
  const tallies = createTallies(db)
  const index = createSearchIndex(db, clock)
  const list = createMeterList(db, clock, index)
  const announce = createAnnounce(ctx)
  const usageChanged = () => {
    touch()
    announce.changed()
  }
  const locate = createLocate(db)
  const decided = createDecided(ctx, { settings, locate, onChange: usageChanged })
  const { effective, check, fixes, decisions } = decided
  const attributes = createAttributes(ctx, () => {
    catalogueChanged()
    announce.changed()
  })
  const marks = createMarks(db)
  const usage = createUsage(db, { clock, zone, effective, marks })
  const catalogueChanged = () => {
    touch()
    index.markStale()
    fixes.meterCame()
  }
  const shown = {
    db,
    asOf: createAsOf(db, tallies),
    ...seriesOf(db, effective, zone),
    summary: createSummary({ db, clock, usage, zone, version: () => version }),
  }
  return {
    ...createWriters(db, {
      ...decided,
      zone,
      attributes,
      announce,
      onReadings: touch,
      onCatalogue: catalogueChanged,
    }),
    decisions,
    effective,
    attributes: createEntered(db, { attributes, check, zone, onCatalogue: catalogueChanged }),
    figures: createFigures(db, { ...shown, clock, usage, zone, settled: decisions.settled }),
    ...lookupsOf(db, locate, list),
    ...heldOf(ctx, { tallies, zone, onChange: usageChanged }),
    changed() {
      check.wake()
      announce.changed()
    },
    ...endings([attributes, decided], [attributes, decided, announce]),
    handlers: {
      ...createHandlers({ ...shown, attributes, list, index, locate, usage, settled: decisions.settled }),
      ...createDecideHandlers(ctx, { ...decided, series: shown.series, marks, usage, zone, locate }),
    },
  }
}

interface WriterParts extends Omit<ReadingParts, 'keys' | 'onChange' | 'onNewMeter'> {
  readonly announce: { changed(): void }
  readonly attributes: Attributes
  onReadings(): void
  onCatalogue(): void
}

/** What fetches write with. */
function createWriters(
  db: HistoryDatabase,
  parts: WriterParts,
): Pick<Meters, 'catalogue' | 'readings' | 'consumption' | 'bands' | 'camera' | 'campus' | 'water'> {
  const { announce, attributes, onReadings, onCatalogue, ...rest } = parts
  const keys = createMeterKeys(db)
  const named = { keys, attributes }
  return {
    catalogue: createCatalogue(db, named, onCatalogue),
    readings: createReadings(db, { ...rest, keys, onChange: onReadings, onNewMeter: onCatalogue }),
    consumption: createConsumptionStore(db, { keys, onNewMeter: onCatalogue }),
    bands: createBandStore(db, { keys, onNewMeter: onCatalogue }),
    camera: createCameraStore(db, { keys, onNewMeter: onCatalogue }),
    campus: createCampusMeters(db, named, {
      catalogue() {
        onCatalogue()
        announce.changed()
      },
      latest: announce.changed,
    }),
    water: createWaterMeters(db, named, onCatalogue),
  }
}

interface DecidedParts {
  readonly settings: SiteZone
  locate(meterId: string): Located | null
  onChange(): void
}

/** Which readings count, and what is parked until somebody decides. */
function createDecided(ctx: CoreContext, { settings, locate, onChange }: DecidedParts) {
  const { zone } = settings
  const db = ctx.store.history
  const effective = createEffective(db)
  const check: Check = createCheck(ctx, { effective, zone, onChange })
  const touched = (meter: number, day: number) => check.dirty.mark(meter, day)
  const daily = createDailySummary(db, { effective, zone, touched })
  const fixes = createFixes(ctx, {
    effective,
    daily,
    zone,
    touched,
    onDone() {
      onChange()
      check.wake()
    },
  })
  const decisions = createDecisions(ctx, {
    effective,
    locate,
    follow: fixes.follow,
    async settled(of) {
      await fixes.settled()
      await check.settled(of)
    },
  })
  const rebuild = createRebuild(ctx, daily, zone, () => {
    check.dirty.markAll()
    check.wake()
    onChange()
  })
  const unsubscribe = settings.onChange((paths) => {
    if (paths.includes('zone')) rebuild.check()
  })
  rebuild.check()
  const stop = () => {
    unsubscribe()
    rebuild.stop()
    fixes.stop()
    check.stop()
  }
  const settled = async () => {
    await rebuild.settled()
    await decisions.settled()
  }
  return { effective, check, daily, fixes, decisions, settled, stop }
}

/** What is read of one meter, by time. */
const seriesOf = (
  db: HistoryDatabase,
  effective: Parameters<typeof createSeries>[1],
  zone: () => ZoneOffset,
) => ({
  series: createSeries(db, effective),
  bands: createBands(db, zone),
  consumption: createConsumption(db),
  has: createHas(db),
})

const lookupsOf = (
  db: HistoryDatabase,
  locate: Meters['locate'],
  list: ReturnType<typeof createMeterList>,
) => ({
  locate,
  idOfNumber: createIdOfNumber(db),
  ofNumber: createOfNumber(db),
  row: rowBy(locate, list),
})

function heldOf(ctx: CoreContext, parts: ThinParts): Pick<Meters, 'counts' | 'thinning'> {
  const db = ctx.store.history
  const count = db.statement<{ n: number }>('SELECT count(*) AS n FROM meter')
  return {
    counts: () => ({ meters: count.get()?.n ?? 0, readings: parts.tallies.readings() }),
    thinning: createThinning(ctx, parts),
  }
}

/** Waits for, and ends, what goes on in the background. */
const endings = (
  working: readonly { settled(): Promise<void> }[],
  running: readonly { stop(): void }[],
): Pick<Meters, 'settled' | 'close'> => ({
  async settled() {
    for (const one of working) await one.settled()
  },
  close() {
    for (const one of running) one.stop()
  },
})

interface EnteredParts {
  readonly attributes: Attributes
  readonly check: Check
  readonly zone: () => ZoneOffset
  onCatalogue(): void
}

/** What people enter about meters: the catalogue follows, and falls where digits say otherwise when one rolls over. */
function createEntered(db: HistoryDatabase, parts: EnteredParts): Meters['attributes'] {
  const { attributes, check, zone } = parts
  const span = db.statement<{ first: number | null; last: number | null }>(
    `SELECT (SELECT min(at) FROM reading WHERE meter = ?) AS first,
      (SELECT max(at) FROM reading WHERE meter = ?) AS last`,
  )
  return {
    ...attributes,
    follow(meters, otherDigits) {
      attributes.follow(meters)
      for (const meter of otherDigits) {
        const { first = null, last = null } = span.get(meter, meter) ?? {}
        for (const at of [first, last]) if (at !== null) check.dirty.mark(meter, dayOfReading(at, zone()))
      }
      parts.onCatalogue()
    },
  }
}

const rowBy =
  (locate: Meters['locate'], list: ReturnType<typeof createMeterList>): Meters['row'] =>
  (meterId) => {
    const found = locate(meterId)
    const row = found && list.byDevice(found.source, found.deviceId)
    return row ? meterRowOf(row) : null
  }
