import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import { createJobs, type Jobs } from '#core/jobs/index.ts'
import type { Files, SqlDatabase, Workers } from '#core/ports.ts'
import { createRetention, type Retention } from '#core/retention/index.ts'
import { defaults } from '#core/settings/defaults.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { inlineWorkers } from '../../fixtures/inline-workers.ts'
import { anyCall, openMeters, ZONE, type TestMeters } from '../../fixtures/meters.ts'
import { testContext } from '../../fixtures/store.ts'

let site: TestMeters
let jobs: Jobs
let retention: Retention
let paying: boolean
/** what the test does while the worker has the file; what it answers is answered instead */
let meanwhile: () => 'full' | void
let freeBytes: Files['freeBytes'] | null
const notes: unknown[] = []
const call: Call = {
  ...anyCall,
  note: (detail) => void notes.push(detail),
  commit: (work) => site.test.store.site.write(work),
}

beforeEach(async () => {
  notes.length = 0
  paying = false
  meanwhile = () => undefined
  freeBytes = null
  site = await openMeters()
  const inline = inlineWorkers()
  const workers: Workers = {
    ...inline,
    async run(task, input) {
      const instead = task === 'shrinkFile' ? meanwhile() : undefined
      return instead === undefined ? await inline.run(task, input) : instead
    },
  }
  const files = { ...site.test.ports.files, freeBytes: (path: string) => freeBytes?.(path) ?? 1e12 }
  const ctx = testContext(site.test, { ports: { workers, files } })
  jobs = await createJobs(ctx)
  retention = createRetention(ctx, {
    settings: { values: () => defaults(false), zone: () => ZONE },
    meters: site.meters,
    jobs,
    payments: { underway: () => paying },
  })
})
afterEach(async () => {
  retention.close()
  await jobs.close()
  await site.close()
})

const history = () => site.test.store.history
const pathOf = () => history().sql.path

/** Rows of 400 bytes, of which every third stays: pages that are free, and pages that are half empty. */
async function fill(rows: number): Promise<void> {
  const insert = history().statement(
    "INSERT INTO quarantine (source, dataset, reason, raw, at) VALUES ('imr', 'x', ?, ?, ?)",
  )
  await history().write(() => {
    for (let i = 0; i < rows; i++) insert.run(`r${i}`, String(i).padEnd(400, 'x'), i)
  })
  await history().write(() => {
    history().sql.exec(`DELETE FROM quarantine WHERE id % 3 <> 0 OR id < ${Math.floor(rows / 2)}`)
  })
  history().sql.pragma('wal_checkpoint(TRUNCATE)')
}

/** Of every row of every table, in the order of its key. */
function digestOf(db: SqlDatabase): string {
  const hash = createHash('sha256')
  const names = db.statement<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
  )
  for (const { name } of names.all()) {
    if (name.startsWith('sqlite_')) continue
    const columns = db.statement<{ name: string }>(`SELECT name FROM pragma_table_info('${name}')`).all()
    const order = columns.map((_, i) => i + 1).join(', ')
    hash.update(name)
    for (const row of db.statement(`SELECT * FROM "${name}" ORDER BY ${order}`).arrays())
      hash.update(JSON.stringify(row))
  }
  return hash.digest('hex')
}

const ended = async (id: string): Promise<JobRow> => {
  const get = async () => await jobs.handlers['jobs.get'](call, { id })
  await expect.poll(() => jobs.running(), { timeout: 10_000 }).toEqual([])
  return await get()
}
const shrink = async (file: 'site.db' | 'history.db' = 'history.db') =>
  await retention.handlers['retention.shrink'](call, { file })

describe('a file that is written anew', () => {
  it('is as small as the dry run said, and the same row by row', async () => {
    await fill(6000)
    const before = digestOf(history().sql)
    const [bytes] = [statSync(pathOf()).size]
    const space = await retention.handlers['retention.space'](call, {})
    const told = space.files.find(({ file }) => file === 'history.db')
    const job = await ended((await shrink()).id)
    const after = statSync(pathOf()).size
    expect(job).toMatchObject({ state: 'done', error: null })
    expect(job.report).toEqual([
      {
        level: 'info',
        code: 'retention.shrunk',
        data: { file: 'history.db', beforeBytes: bytes, afterBytes: after },
      },
    ])
    expect(after).toBeLessThan(bytes / 2)
    expect(Math.abs(after - (told?.afterBytes ?? 0))).toBeLessThan(bytes / 20)
    expect(digestOf(history().sql)).toBe(before)
    expect(history().sql.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(notes).toEqual([{ target: 'history.db' }])
  })

  it('is read meanwhile, and written afterwards', async () => {
    await fill(300)
    const order: string[] = []
    let written: Promise<void> = Promise.resolve()
    meanwhile = () => {
      order.push(
        `reads ${history().statement<{ n: number }>('SELECT count(*) AS n FROM quarantine').get()?.n}`,
      )
      written = history()
        .write(() => void history().statement("UPDATE quarantine SET reason = 'later' WHERE id = 300").run())
        .then(() => void order.push('written'))
    }
    const started = await shrink()
    const { state } = await ended(started.id)
    order.push(state)
    await written
    expect(order[0]).toBe('reads 51')
    expect(order.slice(1).toSorted()).toEqual(['done', 'written'])
    const row = history().statement<{ reason: string }>('SELECT reason FROM quarantine WHERE id = 300').get()
    expect(row?.reason).toBe('later')
  })

  it('is left alone while somebody pays, a recharge is open, or a job runs, and on a disk without room', async () => {
    const refusedFor = async (blocker: string) =>
      await expect(shrink('site.db')).rejects.toMatchObject({
        code: 'NOT_ALLOWED_NOW',
        data: { blockers: [blocker] },
      })
    paying = true
    await refusedFor('payment')
    paying = false
    const { site: siteDb } = site.test.store
    await siteDb.write(() => void siteDb.statement(SALE).run())
    await refusedFor('recharge')
    await siteDb.write(() => void siteDb.statement("UPDATE recharge_intent SET state = 'APPLIED'").run())
    const over = Promise.withResolvers<{ state: 'done' }>()
    jobs.register('recharge.batch', () => over.promise)
    const batch = await jobs.start('recharge.batch', {}, { startedBy: null })
    await refusedFor('job')
    over.resolve({ state: 'done' })
    await ended(batch.id)
    freeBytes = () => 1_000_000
    await expect(shrink('site.db')).rejects.toMatchObject({ code: 'STORAGE_FULL', data: { free: 1_000_000 } })
    expect(jobs.running()).toEqual([])
    freeBytes = null
    expect(await ended((await shrink('site.db')).id)).toMatchObject({ state: 'done' })
  })

  it('stays as it is when the disk is full in the middle or the worker dies, and goes on being written', async () => {
    await fill(300)
    const before = digestOf(history().sql)
    meanwhile = () => 'full'
    expect(await ended((await shrink()).id)).toMatchObject({
      state: 'failed',
      error: { code: 'STORAGE_FULL' },
    })
    meanwhile = () => {
      throw new Error('the worker stopped (1)')
    }
    expect(await ended((await shrink()).id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
    expect(digestOf(history().sql)).toBe(before)
    await history().write(() => history().sql.exec("UPDATE quarantine SET reason = 'later'"))
  })
})

describe('a program that is killed while it writes a file anew', () => {
  const child = join(import.meta.dirname, '../../fixtures/shrink-child.ts')

  /** Kills it once `when` holds; whether it had come to its end before. */
  async function killed(when: () => boolean): Promise<boolean> {
    const running = spawn(process.execPath, [child, pathOf()], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    running.stdout.setEncoding('utf8').on('data', (text: string) => void (said += text))
    const exit = once(running, 'exit')
    await once(running.stdout, 'data')
    // without the event loop between look and kill
    while (!when() && running.exitCode === null && statSync(pathOf()).size === whole) continue
    running.kill('SIGKILL')
    await exit
    return !said.includes('done')
  }
  let whole = 0

  it.each<[string, (log: number) => boolean]>([
    ['before anything of it is in the log', () => true],
    ['while it is brought into the log', (log) => log > 100_000],
  ])('leaves it whole: %s', async (_, isThen) => {
    await fill(60_000)
    whole = statSync(pathOf()).size
    const before = digestOf(history().sql)
    const log = () => statSync(`${pathOf()}-wal`, { throwIfNoEntry: false })?.size ?? 0
    let inTheMiddle = false
    for (let i = 0; i < 5 && !inTheMiddle; i++) {
      inTheMiddle = await killed(() => isThen(log()))
      const again = createSqlDriver().open(pathOf(), { durable: true })
      expect(digestOf(again)).toBe(before)
      expect(again.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
      again.close()
    }
    expect(inTheMiddle).toBe(true)
    expect(digestOf(history().sql)).toBe(before)
    await history().write(() => history().sql.exec("UPDATE quarantine SET reason = 'later'"))
  })
})

const SALE = `INSERT INTO recharge_intent (id, out_trade_no, state, room_id, room_path, amount_fen, tender, operator,
  memory, created_at) VALUES ('a', 'sdk1', 'SENT', 'r', '1', 100, 'card', 'Ada', '{}', 0)`
