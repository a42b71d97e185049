import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import { createJobs, type Jobs } from '#core/jobs/index.ts'
import { createRetention, HISTORY_TABLES, SITE_TABLES, type Retention } from '#core/retention/index.ts'
import { defaults } from '#core/settings/defaults.ts'
import type { Checked } from '#shared/contract/index.ts'
import { siteSettings } from '#shared/contract/profile.ts'
import { DAY, HOUR, MINUTE, startOfDay } from '#shared/time.ts'
import { inlineWorkers } from '../../fixtures/inline-workers.ts'
import { anyCall, meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'
import { testContext } from '../../fixtures/store.ts'

let site: TestMeters
let jobs: Jobs
let retention: Retention
let rules: ReturnType<typeof defaults>['retention']
const notes: unknown[] = []
const call: Call = { ...anyCall, note: (detail) => void notes.push(detail) }

beforeEach(async () => {
  notes.length = 0
  site = await openMeters()
  const ctx = testContext(site.test, { ports: { workers: inlineWorkers() } })
  jobs = await createJobs(ctx)
  const all = defaults(false)
  rules = all.retention
  const settings = { values: () => ({ ...all, retention: rules }), zone: () => ZONE }
  retention = createRetention(ctx, {
    settings,
    meters: site.meters,
    jobs,
    payments: { underway: () => false },
  })
})
afterEach(async () => {
  retention.close()
  await jobs.close()
  await site.close()
})

const now = () => site.test.clock.now()
const count = (file: 'site' | 'history', table: string) =>
  site.test.store[file].sql.statement<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n

async function addJobs(ages: readonly number[]): Promise<void> {
  const insert = site.test.store.site.statement(
    "INSERT INTO job (id, kind, spec, state, created_at, updated_at, ended_at) VALUES (?, 'x', '{}', 'done', 0, 0, ?)",
  )
  await site.test.store.site.write(() =>
    ages.forEach((days, i) => void insert.run(`j${String(i).padStart(5, '0')}`, now() - days * DAY)),
  )
}

async function addReadings(): Promise<void> {
  await site.catalogue(meter('A'))
  const first = startOfDay(now() - 500 * DAY, ZONE)
  await site.ingest(
    Array.from({ length: 24 * 20 }, (_, i) => reading('A', first + (i + 1) * HOUR, String(i))),
  )
}

/** One old row and a young one of each, and of the water system old ones of every list. */
const addVendorRows = () =>
  site.test.store.history.write(() => {
    const { sql } = site.test.store.history
    const water = sql.statement("INSERT INTO water_record VALUES (?, ?, ?, 'd', 'u', '', '', '', NULL, '{}')")
    for (const dataset of ['readings', 'flows', 'payments', 'costs'])
      water.run(dataset, 'old', now() - 900 * DAY)
    for (const n of [401, 402]) water.run('readings', `old ${n}`, now() - n * DAY)
    water.run('readings', 'young', now() - 399 * DAY)
    for (const days of [900, 10]) {
      const at = Math.floor((now() - days * DAY) / 1000)
      sql.statement('INSERT INTO band (meter, at, sum_ok) VALUES (1, ?, 1)').run(at)
      sql.statement('INSERT INTO phase (meter, at) VALUES (1, ?)').run(at)
      sql
        .statement(
          "INSERT INTO consumption (meter, daily, at, reading, meter_type) VALUES (1, 0, ?, '1', '')",
        )
        .run(at)
    }
  })

const preview = async (input: Checked<'retention.preview'> = {}) =>
  await retention.handlers['retention.preview'](call, input)
const rowOf = async (kind: string, input?: Checked<'retention.preview'>) =>
  (await preview(input)).rows.find((row) => row.kind === kind)

async function run(input: Checked<'retention.run'>) {
  const { id } = await retention.handlers['retention.run'](call, input)
  await ended()
  return await jobs.handlers['jobs.get'](call, { id })
}
const ended = () => expect.poll(() => jobs.running().length).toBe(0)

describe('every table', () => {
  it.each([
    ['site', SITE_TABLES],
    ['history', HISTORY_TABLES],
  ] as const)('of %s.db is under a rule, or named with why it is kept', (file, fates) => {
    const tables = site.test.store[file].sql
      .statement<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => name)
    expect([...fates.keys()].toSorted()).toEqual(tables.toSorted())
  })

  it('of money, attendance and proof has no rule', () => {
    const ruled = [...SITE_TABLES, ...HISTORY_TABLES]
      .filter(([, fate]) => 'kind' in fate)
      .map(([name]) => name)
    expect(ruled.toSorted()).toEqual([
      'alarm',
      'alarm_delivery',
      'alarm_event',
      'band',
      'charger_exchange',
      'consumption',
      'job',
      'phase',
      'quarantine',
      'reading',
      'reading_note',
      'water_record',
    ])
  })
})

describe('the dry run', () => {
  it('counts what goes and stays, and changes nothing', async () => {
    await addJobs([10, 800, 900])
    await addReadings()
    expect(await rowOf('jobs')).toMatchObject({ rows: 3, goes: 2, stays: 1, oldest: now() - 900 * DAY })
    expect(await rowOf('readings')).toMatchObject({ goes: 0, before: null, rows: 480 })
    const tried = await rowOf('readings', { rules: { readings: { keepDays: 400 } } })
    expect(tried).toMatchObject({ rows: 480, goes: 20 * 22, days: { thinned: 20, left: 0 } })
    expect(tried?.bytes).toBeGreaterThan(0)
    expect([count('site', 'job'), count('history', 'reading')]).toEqual([3, 480])
  })
})

describe('a run', () => {
  it('takes exactly what the dry run counted, and reports it', async () => {
    await addJobs([...Array<number>(1200).fill(900), 10, 20])
    const job = await run({ kinds: ['jobs'] })
    expect(job.state).toBe('done')
    expect(job.report).toMatchObject([{ code: 'retention.jobs', data: { goes: 1200, stays: 3 } }])
    // its own row is one of them
    expect(count('site', 'job')).toBe(3)
    expect(notes).toEqual([{ target: 'jobs', after: { keepDays: { jobs: 730 } } }])
  })

  it('thins readings only with a rule and the day that the dry run names', async () => {
    await addReadings()
    await expect(run({ kinds: ['readings'] })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    rules = { ...rules, readings: { keepDays: 400 } }
    await expect(run({ kinds: ['readings'], confirm: 'yes' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(count('history', 'reading')).toBe(480)
    const { confirm } = await preview()
    expect((await run({ kinds: ['readings'], confirm: confirm ?? '' })).state).toBe('done')
    expect(count('history', 'reading')).toBe(40)
  })

  it.each([
    ['waterReadings', 'water_record', 3, 4],
    ['bands', 'band', 1, 1],
    ['phases', 'phase', 1, 1],
    ['consumption', 'consumption', 1, 1],
  ] as const)('takes old rows only with a rule of their own: %s', async (kind, table, goes, stays) => {
    await addVendorRows()
    expect(await rowOf(kind)).toMatchObject({ keepDays: 0, goes: 0, rows: goes + stays })
    await expect(run({ kinds: [kind] })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    rules = { ...rules, [kind]: { keepDays: 400 } }
    expect(await rowOf(kind)).toMatchObject({ goes, stays })
    expect((await run({ kinds: [kind] })).report).toMatchObject([
      { code: `retention.${kind}`, data: { goes, stays } },
    ])
    expect(count('history', table)).toBe(stays)
    if (kind !== 'waterReadings') return
    const left = site.test.store.history.statement<{ dataset: string; n: number }>(
      'SELECT dataset, count(*) AS n FROM water_record GROUP BY dataset ORDER BY dataset',
    )
    expect(left.all()).toEqual([
      { dataset: 'costs', n: 1 },
      { dataset: 'flows', n: 1 },
      { dataset: 'payments', n: 1 },
      { dataset: 'readings', n: 1 },
    ])
  })

  it('keeps jobs that a reconciliation names, and alarms that are not cleared', async () => {
    await addJobs([900])
    const { site: db } = site.test.store
    await db.write(() => {
      db.sql.exec(
        "INSERT INTO reconciliation_day (day, state, scope, job_id) VALUES ('2020-01-01', 'complete', 'all', 'j00000')",
      )
      for (const [id, state, cleared] of [
        ['a', 'cleared', 1],
        ['b', 'raised', null],
      ])
        db.statement(
          `INSERT INTO alarm (id, rule, subject, name, severity, level, state, holds, raised_at, changed_at, cleared_at)
           VALUES (?, 'x', ?, 'x', 'info', 1, ?, 0, 1, 1, ?)`,
        ).run(id ?? '', id ?? '', state ?? '', cleared ?? null)
      db.sql.exec(
        "INSERT INTO alarm_event (alarm_id, at, kind) VALUES ('a', 1, 'raised'), ('b', 1, 'raised')",
      )
    })
    rules = { ...rules, alarms: { keepDays: 31 } }
    await run({ kinds: ['jobs', 'alarms'] })
    expect(count('site', 'job')).toBe(2)
    expect([count('site', 'alarm'), count('site', 'alarm_event')]).toEqual([1, 1])
  })

  it('stops where it is asked to, with what it took taken', async () => {
    await addJobs(Array<number>(3000).fill(900))
    const { id } = (await retention.handlers['retention.run'](call, { kinds: ['jobs'] })) as { id: string }
    jobs.cancel(id)
    await ended()
    const job = await jobs.handlers['jobs.get'](call, { id })
    expect(job.state).toBe('cancelled')
    expect(count('site', 'job')).toBeGreaterThan(1)
  })
})

describe('by night', () => {
  it('runs once for the kinds that have a rule, and never by day', async () => {
    await addJobs([900])
    await addReadings()
    const { clock } = site.test
    retention.start()
    const midnight = startOfDay(clock.now(), ZONE) + DAY
    clock.setWall(midnight + HOUR)
    await clock.advance(10 * MINUTE)
    expect(count('site', 'job')).toBe(1)
    clock.setWall(midnight + 3 * HOUR)
    await clock.advance(30 * MINUTE)
    await ended()
    const { rows } = await jobs.handlers['jobs.list'](call, { kind: 'retention' })
    expect(rows.map(({ spec, startedBy }) => [spec, startedBy])).toEqual([
      [{ keepDays: { jobs: 730, deliveries: 730 } }, null],
    ])
    expect(count('history', 'reading')).toBe(480)
  })
})

describe('the space meter', () => {
  it('names every table with its bytes, and the rule or the reason', async () => {
    await addReadings()
    const space = await retention.handlers['retention.space'](call, {})
    expect(space.tables).toHaveLength(SITE_TABLES.size + HISTORY_TABLES.size)
    const readings = space.tables.find(({ table }) => table === 'reading')
    expect(readings).toMatchObject({ kind: 'readings', kept: null, rows: 480 })
    expect(space.tables.every(({ kind, kept }) => (kind === null) !== (kept === null))).toBe(true)
    const inTables = space.tables.reduce((sum, { bytes }) => sum + bytes, 0)
    const inFiles = space.files.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(inTables).toBeGreaterThan(100_000)
    expect(inTables).toBeLessThanOrEqual(inFiles)
    expect(space.diskFreeBytes).toBeGreaterThan(0)
  })
})

it.each([
  [{ readings: { keepDays: 365 } }, false],
  [{ readings: { keepDays: 366 } }, true],
  [{ readings: { keepDays: 0 } }, true],
  [{ jobs: { keepDays: 30 } }, false],
  [{ audit: { keepDays: 400 } }, false],
])('a profile with retention %j is taken: %s', (value, good) => {
  expect(siteSettings.safeParse({ retention: value }).success).toBe(good)
})
