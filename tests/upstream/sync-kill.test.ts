import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { DAY, MINUTE, startOfDay } from '#shared/time.ts'
import {
  meterRow,
  readingRow,
  startImrVendor,
  type ImrVendor,
  type VendorCall,
} from '../fixtures/imr-vendor.ts'
import { ZONE } from '../fixtures/meters.ts'

/** Four whole days before today, so that a run a minute later asks for the same rows. */
const FIRST = startOfDay(Date.now(), ZONE) - 4 * DAY
const METERS = Array.from({ length: 60 }, (_, i) => `3000${String(i).padStart(4, '0')}`)

let vendor: ImrVendor
let root: string
let clean: Tables

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'sitedesk-kill-'))
  vendor = await startImrVendor()
  vendor.meters = METERS.map(meterRow)
  // 60 meters × 4 days × 12 readings, some of them late or backwards, all meters mixed on every page
  vendor.readings = Array.from({ length: 4 * 12 }, (_, i) => i).flatMap((i) =>
    METERS.map((no, m) =>
      readingRow(
        no,
        FIRST + i * 120 * MINUTE + ((m * 37) % 120) * MINUTE,
        `${1000 + i * 3 - (m === 7 && i > 30 ? 900 : 0)}.25`,
      ),
    ),
  )
  vendor.cap = 300
  clean = await syncTo('clean')
})
afterAll(async () => {
  await vendor.close()
  rmSync(root, { recursive: true, force: true })
})
beforeEach(() => {
  vendor.calls.length = 0
  vendor.onCall = () => undefined
})

type Tables = Record<'reading' | 'daily' | 'latest' | 'meter', unknown[]>

function start(folder: string): ChildProcess {
  const directory = join(root, folder)
  mkdirSync(directory, { recursive: true })
  const script = join(import.meta.dirname, '../fixtures/sync-child.ts')
  return spawn(process.execPath, [script, directory, vendor.url], { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs until the job has ended by itself. */
async function finish(child: ChildProcess): Promise<{ id: string; state: string }> {
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  if (code !== 0) throw new Error(`the program ended with ${code}: ${said.err}`)
  return JSON.parse(said.out) as { id: string; state: string }
}

/** Kills without a word when the vendor is asked for what `when` names, or `after` it was answered. */
async function killAt(
  folder: string,
  when: (call: VendorCall) => boolean,
  after: number | null,
): Promise<void> {
  const child = start(folder)
  const exit = once(child, 'exit')
  let due = false
  vendor.onCall = (call) => {
    if (!due && !when(call)) return undefined
    due = true
    if (after === null) child.kill('SIGKILL')
    else setTimeout(() => child.kill('SIGKILL'), after)
    return after === null ? 'wait' : undefined
  }
  const [, signal] = (await exit) as [unknown, string]
  expect(signal).toBe('SIGKILL')
  vendor.onCall = () => undefined
}

function tables(folder: string): Tables {
  const db = createSqlDriver().open(join(root, folder, 'history.db'), { durable: false, readonly: true })
  const all = (sql: string) => db.statement(sql).all()
  const found = {
    reading: all('SELECT * FROM reading ORDER BY meter, at'),
    daily: all('SELECT * FROM daily ORDER BY day, meter'),
    latest: all('SELECT * FROM latest ORDER BY meter'),
    meter: all(
      `SELECT id, source, device_id, table_no, name, project, type_code, kind, place, house, user_code, user_name,
       online, online_raw, online_at, gate, gate_raw, active FROM meter ORDER BY id`,
    ),
  }
  db.close()
  return found
}

async function syncTo(folder: string): Promise<Tables> {
  expect(await finish(start(folder))).toMatchObject({ state: 'done' })
  return tables(folder)
}

const history =
  (page: number, day = 3) =>
  (call: VendorCall) =>
    call.endpoint === 'readMeterList' &&
    call.page === page &&
    call.body['BeginDate'] === textOf(FIRST + day * DAY)
const textOf = (at: number) => readingRow('', at, '')['readTime']

describe('kill -9 in the middle of a sync, then again (F-17, F-27)', () => {
  it('has something to compare', () => {
    expect(clean.reading).toHaveLength(60 * 48)
    expect(clean.meter).toHaveLength(60)
    expect(clean.daily.length).toBeGreaterThanOrEqual(60 * 4)
  })

  it.each([
    { name: 'while page 2 of a day is on its way', when: history(2), after: null },
    { name: 'while page 1 of the third day is on its way', when: history(1, 1), after: null },
    {
      name: 'while the latest readings are on their way',
      when: (c: VendorCall) => c.endpoint === 'readMeter',
      after: null,
    },
    { name: 'right after page 2 was answered', when: history(2), after: 0 },
    { name: 'a few milliseconds after page 2 was answered', when: history(2), after: 4 },
    { name: 'some milliseconds into the next day', when: history(1, 2), after: 9 },
  ])('$name: equals a clean run', async ({ name, when, after }) => {
    const folder = name.replaceAll(' ', '-')
    await killAt(folder, when, after)
    vendor.calls.length = 0
    expect(await finish(start(folder))).toMatchObject({ state: 'done' })
    expect(tables(folder)).toEqual(clean)
  })

  it('goes on where it stood, as the same job, and asks for no finished page again', async () => {
    await killAt('again', history(3), null)
    const asked = vendor.pages('readMeterList').length
    vendor.calls.length = 0
    const { id } = await finish(start('again'))
    const db = createSqlDriver().open(join(root, 'again', 'site.db'), { durable: false, readonly: true })
    expect(db.statement('SELECT id, state FROM job').all()).toEqual([{ id, state: 'done' }])
    db.close()
    expect(vendor.pages('meterList')).toEqual([])
    expect(vendor.pages('readMeter')).toEqual([])
    const days = vendor.calls.filter((call) => call.endpoint === 'readMeterList')
    expect(days.find((call) => call.body['BeginDate'] === textOf(FIRST + 3 * DAY))?.page).toBe(3)
    expect(asked).toBeGreaterThanOrEqual(3)
    expect(tables('again')).toEqual(clean)
  })
})
