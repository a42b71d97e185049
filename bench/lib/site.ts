import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEvents } from '#core/events.ts'
import { createMeters, type Meters } from '#core/meters/index.ts'
import type { CoreContext } from '#core/context.ts'
import type { Ports } from '#core/ports.ts'
import { keepLogShort } from '#core/store/checkpoint.ts'
import { openStore, type Store } from '#core/store/store.ts'
import { benchPorts } from './ports.ts'

/** 2,000 meters, a reading every 2 h: ten million readings, 417 days up to END. */
export const METERS = 2000
export const PER_METER = 5000
export const STEP_S = 7200
export const ZONE = 8 * 3_600_000
/** 2026-11-01 00:00:00 +08:00, epoch seconds */
export const END_S = 1_793_462_400
export const START_S = END_S - (PER_METER - 1) * STEP_S

/** Changes whenever what is generated does. */
const VERSION = 1
const folder = join(tmpdir(), `sitedesk-bench-${VERSION}-${METERS}x${PER_METER}`)

export const deviceIdOf = (meter: number) => String(202_000_000_000 + meter)
/** Rises by 0.01–2.57 each step, differently for each meter. */
export const valueOf = (meter: number, step: number) =>
  (meter * 31 + step * 129 + ((step * 7919 + meter * 104_729) % 128)) * 100

/** A data folder with ten million readings, made once and kept in the temporary folder. */
export async function bigFolder(): Promise<string> {
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const site = await openSite(unfinished)
  console.error(`making ${METERS * PER_METER} readings in ${folder} (once)`)
  fill(site.store)
  await site.close()
  renameSync(unfinished, folder)
  return folder
}

/** Written straight into the tables, meter by meter; the daily summary with the rule of the core. */
function fill(store: Store): void {
  const db = store.history
  const meter = db.statement(
    `INSERT INTO meter (id, source, device_id, table_no, name, project, type_code, kind, place, house, user_code,
       user_name, online, gate, first_seen_at, seen_at)
     VALUES (?, 'imr', ?, ?, ?, 'p1', '1', 'electricity', ?, ?, ?, ?, 'online', 'open', 1, 1)`,
  )
  const reading = db.statement('INSERT INTO reading (meter, at, value, flags) VALUES (?, ?, ?, 2)')
  const daily = db.statement(
    `INSERT INTO daily SELECT (at - 1 + ${ZONE / 1000}) / 86400, meter, min(value), max(value), max(at), count(*), 0
     FROM reading WHERE meter = ? GROUP BY 1`,
  )
  const latest = db.statement('INSERT INTO latest (meter, at, value, flags) VALUES (?, ?, ?, 2)')
  for (let key = 1; key <= METERS; key++) {
    db.sql.exec('BEGIN')
    const no = deviceIdOf(key)
    meter.run(key, no, no, no, `${(key % 20) + 1}栋`, String(100 + (key % 600)), `u${key}`, `用户${key}`)
    for (let step = 0; step < PER_METER; step++) reading.run(key, START_S + step * STEP_S, valueOf(key, step))
    latest.run(key, END_S, valueOf(key, PER_METER - 1))
    db.sql.exec('COMMIT')
  }
  db.sql.exec('BEGIN')
  for (let key = 1; key <= METERS; key++) daily.run(key)
  db.statement(
    'INSERT INTO meta VALUES (?, ?), (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run('daily_zone', JSON.stringify({ zone: ZONE, after: null }), 'readings', String(METERS * PER_METER))
  db.sql.exec('COMMIT')
  db.sql.pragma('wal_checkpoint(TRUNCATE)')
}

export interface BenchSite {
  readonly store: Store
  readonly ports: Ports
  readonly meters: Meters
  close(): Promise<void>
}

/** What areas are given, on real adapters. */
export async function openContext(
  directory: string,
): Promise<{ readonly ctx: CoreContext; close(): Promise<void> }> {
  const ports = benchPorts(directory)
  const store = await openStore(ports, directory)
  keepLogShort(ports, store.history)
  const options = { version: '0.0.0-bench', directory, demo: false }
  return {
    ctx: { ports, store, events: createEvents(ports.log), options },
    async close() {
      await ports.workers.close()
      await store.close()
    },
  }
}

/** The store and the meters area of a data folder. */
export async function openSite(directory: string): Promise<BenchSite> {
  const { ctx, close } = await openContext(directory)
  const meters = createMeters(ctx, { settings: { zone: () => ZONE, onChange: () => () => undefined } })
  await meters.settled()
  return {
    store: ctx.store,
    ports: ctx.ports,
    meters,
    async close() {
      meters.close()
      await close()
    },
  }
}

export const bytesOf = (path: string) => statSync(path).size
