import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { verifyChain } from '#core/audit/index.ts'
import { toPrune } from '#core/backups/prune.ts'
import { newOrder } from '#core/charging/orders.ts'
import { Database } from '#core/store/database.ts'
import type { SiteTables } from '#core/store/schema.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { contradictions } from '../../fixtures/lan-books.ts'
import { SALE_FAULTS } from '../../fixtures/recharge-platform.ts'
import { HISTORY_DAYS, ROOMS, YearDesk } from '../../fixtures/year-desk.ts'
import { YearVendors } from '../../fixtures/year-vendors.ts'

const SEED = Number(process.env['YEAR_SEED'] ?? 20_260_301)
const DAYS = 365
const FULL_DAY = 120
const RESTORE_DAY = 240
const LIMIT_MS = 600_000
/** The desk asks the vendors so often, days; more seldom than a desk that is on all day, and for longer spans */
const SYNC_EVERY = 5
const RETENTION_EVERY = 30
const KEPT = {
  readings: { keepDays: 400 },
  bands: { keepDays: 400 },
  phases: { keepDays: 400 },
  consumption: { keepDays: 400 },
  waterReadings: { keepDays: 366 },
  quarantine: { keepDays: 31 },
  jobs: { keepDays: 60 },
}

/** mulberry32: the same year for the same seed. */
function randomOf(seed: number) {
  let a = seed
  const next = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    chance: (p: number) => next() < p,
    below: (n: number) => Math.floor(next() * n),
    of: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
  }
}

let desk: YearDesk
beforeEach(async () => {
  desk = new YearDesk()
  desk.vendors = new YearVendors(desk.clock, 8, HISTORY_DAYS)
  desk.retention = KEPT
  await desk.found()
  await desk.open()
})
afterEach(() => desk.remove())

const random = randomOf(SEED)
const nextMidnight = () => desk.clock.now() + DAY - ((desk.clock.now() + 8 * HOUR) % DAY)
/** days on which somebody was at the desk, UTC */
const worked: number[] = []
/** numbers that the ledger of the copy did not have */
const forgotten = new Set<string>()

async function sale(day: number, n: number): Promise<void> {
  const fault = random.chance(0.25) ? random.of(SALE_FAULTS) : 'ok'
  desk.platform.saleFault = () => fault
  const wish = {
    intentId: `intent-${day}-${n}-${desk.starts}`,
    roomId: random.of(ROOMS),
    amountFen: 100 + random.below(20_000),
    tender: random.of(['cash', 'card', 'transfer'] as const),
    confirmedDuplicate: true,
  }
  await desk.call('recharge.create', wish).catch((error: Error & { code?: string }) => {
    // a room that is still busy, an account that the platform refused: the cashier goes on
    if (
      ![
        'ROOM_BUSY',
        'UPSTREAM_OFFLINE',
        'UPSTREAM_REFUSED',
        'DUPLICATE_SUSPECTED',
        'SHIFT_NOT_OPEN',
      ].includes(error.code ?? '')
    )
      throw error
  })
  await desk.clock.advance(20_000)
}

async function order(n: number): Promise<void> {
  const user = random.of(['13800000001', '13800000002'])
  const port = 1 + (n % 4)
  const unit = 1 + random.below(3)
  const wanted = { user, deviceCode: 'A1', port, unit, unitPriceFen: 150, moneyFen: 150 * unit }
  const made = await desk.phones((books) => newOrder(books, wanted, desk.clock.now())).catch(() => null)
  if (made && random.chance(0.8)) await desk.call('orders.confirmPayment', { orderId: made.orderId })
  else if (made) await desk.call('orders.cancel', { orderId: made.orderId, reason: 'went away' })
}

const counts = (fen: number) => {
  const left = { fen }
  return Object.fromEntries(
    [10_000, 5000, 2000, 1000, 500, 100, 50, 10].flatMap((piece) => {
      const n = Math.floor(left.fen / piece)
      left.fen -= n * piece
      return n > 0 ? [[String(piece), n]] : []
    }),
  )
}

async function workDay(day: number): Promise<void> {
  const open = desk.read<{ id: string }>("SELECT id FROM shift WHERE state = 'open'")
  if (open.length === 0) await desk.call('shifts.open', { cashFloatFen: 10_000 })
  for (let n = 0; n < 1 + random.below(3); n++) await sale(day, n)
  if (random.chance(0.5)) await order(day)
  if (random.chance(0.3)) return
  const close = { counted: counts(10_000 + random.below(50_000)) }
  await desk
    .call('shifts.close', close)
    .catch(() => desk.call('shifts.close', { ...close, reason: 'counted twice' }))
}

/** Nothing can grow: money is refused before anything leaves, reading goes on, and space alone cures it. */
async function fullDisk(): Promise<void> {
  const posted = desk.platform.posted.length
  const before = desk.read<{ n: number }>('SELECT count(*) AS n FROM recharge_event')
  desk.disk.fill(true)
  const refused = new Set<string>()
  for (let n = 0; n < 60; n++) {
    const wish = {
      intentId: `full-${n}-${'x'.repeat(40)}`,
      roomId: random.of(ROOMS),
      amountFen: 500,
      tender: 'card' as const,
      confirmedDuplicate: true,
    }
    await desk
      .call('recharge.create', wish)
      .catch((error: Error & { code?: string }) => refused.add(error.code ?? String(error)))
    if (refused.has('STORAGE_FULL')) break
    await desk.clock.advance(30_000)
  }
  expect([...refused]).toContain('STORAGE_FULL')
  // nothing else than what a cashier meets on any day
  expect(['ROOM_BUSY', 'STORAGE_FULL', 'UPSTREAM_OFFLINE']).toEqual(expect.arrayContaining([...refused]))
  expect((await desk.call('recharge.list', {})).total).toBeGreaterThan(0)
  await expect(desk.call('backups.run', {})).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  expect((await desk.call('backups.status', {})).lastFailure).toMatchObject({ full: true })
  desk.disk.fill(false)
  const known = new Set(
    desk.read<{ no: string }>('SELECT out_trade_no AS no FROM recharge_intent').map(({ no }) => no),
  )
  for (const { outTradeNo } of desk.platform.posted.slice(posted)) expect(known).toContain(outTradeNo)
  expect(desk.read<{ n: number }>('SELECT count(*) AS n FROM recharge_event')[0]?.n).toBeGreaterThanOrEqual(
    before[0]?.n ?? 0,
  )
  await desk.call('backups.run', {})
  expect((await desk.call('backups.status', {})).lastFailure).toBeNull()
}

/** The demo's IMR and water systems, with a fault now and then, through the sync itself. */
async function vendorsAreAsked(): Promise<void> {
  for (const source of ['imr', 'water'] as const) {
    if (random.chance(0.2)) desk.vendors?.faults.set(random.of(['serverError', 'htmlPage', 'cutJson']), 2)
    if (random.chance(0.2)) desk.vendors?.waterFaults.set('serverError', 2)
    const { jobId } = await desk.call('sync.start', { source })
    expect(['done', 'partial'], source).toContain((await desk.ran(jobId)).state)
  }
}

async function oldRowsGo(): Promise<void> {
  const kinds = Object.keys(KEPT) as (keyof typeof KEPT)[]
  const { confirm } = await desk.call('retention.preview', {})
  const { id } = await desk.call('retention.run', { kinds, ...(confirm === null ? {} : { confirm }) })
  expect((await desk.ran(id)).state).toBe('done')
}

/** Rows of a year and more, and none of the old days whole. */
function historyIsBounded(): void {
  const [sums] = desk.readHistory<Record<'readings' | 'oldest' | 'bands' | 'water' | 'oldWater', number>>(
    `SELECT (SELECT count(*) FROM reading) AS readings, (SELECT min(at) * 1000 FROM band) AS oldest,
       (SELECT count(*) FROM band) AS bands, (SELECT count(*) FROM water_record) AS water,
       (SELECT min(at) FROM water_record WHERE dataset = 'readings') AS oldWater`,
  )
  expect(sums?.readings).toBeGreaterThan(10_000)
  expect(sums?.bands).toBeGreaterThan(300)
  expect(sums?.water).toBeGreaterThan(300)
  const since = (days: number) => desk.clock.now() - (days + RETENTION_EVERY + 2) * DAY
  expect(sums?.oldest).toBeGreaterThan(since(KEPT.bands.keepDays))
  expect(sums?.oldWater).toBeGreaterThan(since(KEPT.waterReadings.keepDays))
  expect(statSync(join(desk.directory, 'history.db')).size).toBeLessThan(40_000_000)
}

async function restoreYesterday(): Promise<void> {
  desk.platform.saleFault = () => 'ok'
  expect(await desk.settled()).toBe(true)
  const { rows } = await desk.call('backups.list', { place: 'first', file: 'site.db', state: 'good' })
  const copy = rows.find(({ madeAt }) => madeAt < desk.clock.now() - DAY)
  if (!copy) throw new Error('there is no copy of yesterday')
  const from = { place: 'first', name: copy.name } as const
  const { confirm } = await desk.call('backups.preview', { from })
  await desk.call('backups.restore', { from, confirm })
  const numbers = () =>
    desk.read<{ no: string }>('SELECT out_trade_no AS no FROM recharge_intent').map(({ no }) => no)
  const before = numbers()
  await desk.close()
  await desk.open()
  const after = new Set(numbers())
  for (const no of before) if (!after.has(no)) forgotten.add(no)
  const { lastRestore } = await desk.call('backups.status', {})
  expect(lastRestore).toMatchObject({ state: 'done', differences: [] })
}

async function invariants(): Promise<void> {
  const intents = desk.read<{ no: string; state: string }>(
    'SELECT out_trade_no AS no, state FROM recharge_intent',
  )
  for (const { no, state } of intents) {
    const times = desk.platform.timesPosted(no)
    expect(times, `${no} ${state}`).toBeLessThanOrEqual(1)
    if (state === 'APPLIED') expect(times, `${no} is applied`).toBe(1)
    if (state === 'REJECTED' || state === 'NOT_APPLIED') expect(times, `${no} is ${state}`).toBe(0)
  }
  const known = new Set(intents.map(({ no }) => no))
  for (const { outTradeNo } of desk.platform.posted)
    expect(known.has(outTradeNo) || forgotten.has(outTradeNo), `${outTradeNo} was posted by nobody`).toBe(
      true,
    )
  const shifts = desk.read<{ id: string }>(
    `SELECT id FROM shift s WHERE state <> 'open' AND (difference_fen <> counted_fen - expected_fen)`,
  )
  expect(shifts).toEqual([])
  const db = createSqlDriver().open(desk.site, { durable: false, readonly: true })
  try {
    expect(contradictions(db)).toEqual([])
    expect(await verifyChain(new Database<SiteTables>(db, desk.clock))).toMatchObject({ ok: true })
    expect(db.statement('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  } finally {
    db.close()
  }
}

async function backupsAreAsTheRulesSay(): Promise<void> {
  const { rows } = await desk.call('backups.list', { place: 'first', file: 'site.db', limit: 1000 })
  expect(rows.every(({ state, warnings }) => state === 'good' && warnings.length === 0)).toBe(true)
  expect(toPrune(rows.map(({ name }) => name))).toEqual([])
  expect(rows.length).toBeLessThanOrEqual(8 + 10 + 12 + 2 + 2)
  const days = new Set(rows.map(({ madeAt }) => Math.floor(madeAt / DAY)))
  // the last copy of all was made on a tenth day
  for (const day of worked.slice(-9)) expect(days, `${day} was a day of work`).toContain(day)
  const months = new Set(rows.map(({ madeAt }) => new Date(madeAt).toISOString().slice(0, 7)))
  expect(months.size).toBeGreaterThanOrEqual(12)
}

async function filesAreBounded(): Promise<void> {
  const found = () => readdirSync(desk.directory, { recursive: true, encoding: 'utf8' })
  const unfinished = () =>
    found().filter((name) => /\.part$|\.restoring|restore\.json|\.opened[\\/]./.test(name))
  // a copy may be on its way; what a power cut left is there for good
  await expect.poll(unfinished, { timeout: 20_000 }).toEqual([])
  const all = found()
  const size = (name: string) => statSync(join(desk.directory, name), { throwIfNoEntry: false })?.size ?? 0
  expect(size('site.db')).toBeLessThan(12_000_000)
  expect(size('site.db-wal')).toBeLessThan(12_000_000)
  // moved from 32 MB on, held at 200 MB, and gone once the desk is closed (decision 0010)
  expect(size('history.db-wal')).toBeLessThan(200_000_000)
  expect(all.reduce((sum, name) => sum + size(name), 0)).toBeLessThan(600_000_000)
  await desk.close()
  expect(size('history.db-wal')).toBe(0)
  expect(found().reduce((sum, name) => sum + size(name), 0)).toBeLessThan(400_000_000)
}

it(
  `a year of a desk with faults, power cuts, a full disk and a restore ends with every rule kept (seed ${SEED})`,
  { timeout: LIMIT_MS },
  async () => {
    for (let day = 0; day < DAYS; day++) {
      if (day % 7 > 4) {
        desk.clock.setWall(nextMidnight())
        continue
      }
      await workDay(day)
      worked.push(Math.floor(desk.clock.now() / DAY))
      if (worked.length % SYNC_EVERY === 1) await vendorsAreAsked()
      if (worked.length % RETENTION_EVERY === RETENTION_EVERY - 1) await oldRowsGo()
      if (day === FULL_DAY) await fullDisk()
      if (day === RESTORE_DAY) await restoreYesterday()
      if (random.chance(0.04)) {
        await desk.powerCut()
        await desk.open()
      } else if (random.chance(0.05)) {
        await desk.close()
        await desk.open()
      }
      // the copies of the day, and what is asked about again
      await desk.copied()
      if (day % 60 === 59) await invariants()
      desk.clock.setWall(nextMidnight())
    }
    desk.platform.saleFault = () => 'ok'
    await desk.settled()
    await desk.call('backups.run', {})
    await invariants()
    await backupsAreAsTheRulesSay()
    await vendorsAreAsked()
    await oldRowsGo()
    historyIsBounded()
    await filesAreBounded()
    expect(desk.starts).toBeGreaterThan(15)
    expect(desk.platform.posted.length).toBeGreaterThan(300)
  },
)
