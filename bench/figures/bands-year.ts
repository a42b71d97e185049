import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BAND_NAMES, PHASE_NAMES } from '#shared/phases.ts'
import { openBenchCore, type BenchCore } from '../lib/core.ts'
import { alternate, type Bench } from '../lib/harness.ts'
import { deviceIdOf, END_S } from '../lib/site.ts'

const DAY_S = 86_400
const DAYS = 365
const STEP_S = 900
const METERS = 4
const FROM_S = END_S - DAYS * DAY_S

/** Bands and phase values of one meter over a year of quarter hours at the core's door, against the bare statements. */
export const bench: Bench = {
  name: 'bands-year',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'sitedesk-bands-'))
    const site = await openBenchCore(directory)
    try {
      fill(site)
      return await measure(site)
    } finally {
      await site.close()
      rmSync(directory, { recursive: true, force: true })
    }
  },
}

async function measure(site: BenchCore) {
  const registers = site.raw.prepare(
    `SELECT at, total, ${BAND_NAMES.join(', ')}, sum_ok FROM band WHERE meter = ? AND at > ? AND at <= ? ORDER BY at`,
  )
  const phases = site.raw.prepare(
    `SELECT at, ${PHASE_NAMES.join(', ')} FROM phase WHERE meter = ? AND at >= ? AND at < ? ORDER BY at`,
  )
  const key = (round: number) => 1 + ((round + METERS) % METERS)
  const range = { from: FROM_S * 1000, to: END_S * 1000 }
  const ask = (more: object) => (round: number) =>
    site.call('meters.bands', { ...range, ...more, meterId: `imr:${deviceIdOf(key(round))}` })
  const ms = await alternate(24, {
    bandsFloor: (round) => registers.all(key(round), FROM_S, END_S),
    bands: ask({ phases: false }),
    wholeFloor: (round) => [registers.all(key(round), FROM_S, END_S), phases.all(key(round), FROM_S, END_S)],
    whole: ask({}),
  })
  const most = { kind: 'most', of: 'ratio', limit: 2 } as const
  return [
    { name: 'bands-year', value: ms.bands, unit: 'ms', ratio: ms.bands / ms.bandsFloor, target: most },
    { name: 'bands-year-phases', value: ms.whole, unit: 'ms', ratio: ms.whole / ms.wholeFloor, target: most },
  ]
}

/** 35,040 freezes of each meter, written straight into the tables. */
function fill({ store }: BenchCore): void {
  const db = store.history
  const meter = db.statement(
    `INSERT INTO meter (id, source, device_id, table_no, kind, first_seen_at, seen_at)
     VALUES (?, 'imr', ?, ?, 'electricity', 1, 1)`,
  )
  const band = db.statement('INSERT INTO band VALUES (?, ?, NULL, ?, ?, ?, ?, ?, 1)')
  const phase = db.statement(`INSERT INTO phase VALUES (?, ?${', ?'.repeat(PHASE_NAMES.length)})`)
  const decimal = (n: number) => (n / 100).toFixed(2)
  for (let key = 1; key <= METERS; key++) {
    db.sql.exec('BEGIN')
    meter.run(key, deviceIdOf(key), deviceIdOf(key))
    for (let step = 1; step <= DAYS * (DAY_S / STEP_S); step++) {
      const at = FROM_S + step * STEP_S
      const parts = [8, 31, 36, 25].map((share) => share * step)
      band.run(key, at, decimal(100 * step), ...parts.map(decimal))
      const values = PHASE_NAMES.map((_, i) => decimal(20_000 + ((step * (7 + i) + key * 31) % 997)))
      phase.run(key, at, ...values)
    }
    db.sql.exec('COMMIT')
  }
}
