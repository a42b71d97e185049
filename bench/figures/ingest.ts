import { cpSync, rmSync } from 'node:fs'
import type BetterSqlite3 from 'better-sqlite3'
import { INGEST_SLICE } from '#core/meters/index.ts'
import type { ImrReading } from '#core/upstream/types.ts'
import { openBenchCore, type BenchCore } from '../lib/core.ts'
import { median, threadCpuMs, timed, type Bench, type Figure } from '../lib/harness.ts'
import { decodePage, pageBytes, type Point } from '../lib/pages.ts'
import { bigFolder, END_S, METERS, START_S, valueOf, ZONE } from '../lib/site.ts'

const PAGE = 1000
/** Rows of a page that the page before had too: vendors overlap, and each sync reads three days again. */
const REPEATED = 200
const ROUNDS = 60
const HOUR_S = 3600

/** All meters at one instant after another, newer than everything: what a sync of the day brings. */
function timePage(n: number): Point[] {
  return Array.from({ length: PAGE }, (_, i) => {
    const row = n * (PAGE - REPEATED) + i
    const meter = 1 + (row % METERS)
    const step = Math.floor(row / METERS) + 1
    return [meter, END_S + step * HOUR_S, valueOf(meter, 5000) + step * 100]
  })
}

/** One meter hour by hour, older than everything: what fetching a meter's history brings. */
function meterPage(n: number): Point[] {
  const meter = 1 + ((n * 389) % METERS)
  return Array.from({ length: PAGE }, (_, i) => [meter, START_S - (PAGE - i) * HOUR_S, i * 100])
}

/** The floor: the same rows, parsed already, by one prepared upsert a table and row, in one transaction. */
export function rawUpserts(db: BetterSqlite3.Database): (points: readonly Point[]) => void {
  const reading = db.prepare(
    `INSERT INTO reading (meter, at, value, flags) VALUES (?, ?, ?, 2)
     ON CONFLICT (meter, at) DO UPDATE SET value = excluded.value, flags = excluded.flags`,
  )
  const daily = db.prepare(
    `INSERT INTO daily (day, meter, first_value, last_value, last_at, readings, fell) VALUES (?, ?, ?, ?, ?, 1, 0)
     ON CONFLICT (day, meter) DO UPDATE SET last_value = excluded.last_value, last_at = excluded.last_at,
       readings = readings + 1`,
  )
  const latest = db.prepare(
    `INSERT INTO latest (meter, at, value, flags) VALUES (?, ?, ?, 2)
     ON CONFLICT (meter) DO UPDATE SET at = excluded.at, value = excluded.value, flags = excluded.flags
     WHERE excluded.at > latest.at`,
  )
  return db.transaction((points: readonly Point[]) => {
    for (const [meter, second, value] of points) {
      reading.run(meter, second, value)
      daily.run(Math.floor((second - 1 + ZONE / 1000) / 86_400), meter, value, value, second)
      latest.run(meter, second, value)
    }
  })
}

interface CorePath {
  readonly longest: { block: number; cpu: number }
  run(body: Uint8Array): Promise<void>
}

/** The core's way: bytes, rows, slices of one transaction each. */
function corePath(site: BenchCore): CorePath {
  const longest = { block: 0, cpu: 0 }
  const step = async (work: () => unknown) => {
    const before = threadCpuMs()
    longest.block = Math.max(longest.block, await timed(work))
    longest.cpu = Math.max(longest.cpu, threadCpuMs() - before)
  }
  const run = async (body: Uint8Array) => {
    let rows: readonly ImrReading[] = []
    await step(() => void (rows = decodePage(body)))
    for (let i = 0; i < rows.length; i += INGEST_SLICE) {
      const slice = rows.slice(i, i + INGEST_SLICE)
      const store = () => site.meters.readings.ingest('imr', 'readMeterList', slice, END_S * 1000)
      await step(() => site.store.history.write(store))
    }
  }
  return { longest, run }
}

async function compare(name: string, pageOf: (n: number) => Point[]): Promise<Figure[]> {
  const big = await bigFolder()
  const copies = [`${big}.core`, `${big}.floor`] as const
  for (const copy of copies) cpSync(big, copy, { recursive: true })
  const site = await openBenchCore(copies[0])
  const floorSite = await openBenchCore(copies[1])
  // Its log is never moved either, so that the core gains nothing from moving it elsewhere.
  floorSite.raw.pragma('wal_autocheckpoint = 0')
  const floor = rawUpserts(floorSite.raw)
  const core = corePath(site)
  const times = { core: [] as number[], floor: [] as number[] }
  for (let n = 0; n < ROUNDS; n++) {
    const points = pageOf(n)
    const body = pageBytes(points)
    const ours = async () => void times.core.push(await timed(() => core.run(body)))
    const theirs = async () => void times.floor.push(await timed(() => floor(points)))
    for (const run of n % 2 === 0 ? [ours, theirs] : [theirs, ours]) await run()
  }
  await site.close()
  await floorSite.close()
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
  const [coreMs, floorMs] = [median(times.core), median(times.floor)]
  return [
    {
      name,
      value: (PAGE / coreMs) * 1000,
      unit: 'rows/s',
      ratio: floorMs / coreMs,
      target: { kind: 'least', of: 'ratio', limit: 0.7 },
    },
    {
      name: `${name}-longest-block`,
      value: core.longest.block,
      unit: 'ms',
      ratio: null,
      target: { kind: 'most', of: 'value', limit: 30 },
    },
    // the most processor time of one block: what of it is not the disk's or another process's
    { name: `${name}-longest-block-cpu`, value: core.longest.cpu, unit: 'ms', ratio: null, target: null },
  ]
}

/** Pages of 1,000 rows into ten million, from the bytes of the answer to durable rows with summary and latest. */
export const bench: Bench = {
  name: 'ingest',
  run: async () => [
    ...(await compare('ingest', timePage)),
    ...(await compare('ingest-one-meter', meterPage)),
  ],
}
