import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { createAttendance } from '#core/attendance/index.ts'
import type { CoreContext } from '#core/context.ts'
import { createJobs } from '#core/jobs/index.ts'
import { createEvents } from '#core/events.ts'
import { openStore } from '#core/store/store.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import type { Events } from '#core/context.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { startTicker } from '../lib/ticker.ts'
import { createDoor, type AnyHandlers } from '../lib/door.ts'
import { alternate, timed, type Bench } from '../lib/harness.ts'
import { benchPorts } from '../lib/ports.ts'

const Driver = createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3

const WORKERS = 200
const DAYS = 365
const ZONE = 8 * HOUR
const OWNER = '13800000001'
/** 2025-11-01 00:00 +08:00 */
const START = Date.UTC(2025, 9, 31, 16)

/** A year of 200 workers, a shift a day; every tenth one at night, some corrected ends. */
function fill(db: BetterSqlite3.Database): void {
  db.exec(`INSERT INTO att_project (name, ownerPhone, keeperPhone, keeperSince, createdAt)
    VALUES ('工地', '${OWNER}', '13800000002', 1, 1)`)
  db.exec(`INSERT INTO operator (id, name, roles, phone, pin_salt, pin_hash, disabled, created_at)
    VALUES ('o1', 'bench', '["admin"]', '${OWNER}', x'00', x'00', 0, 0)`)
  db.exec(`INSERT INTO att_vip VALUES ('${OWNER}', ${START + 9999 * DAY}, 'bench', 1)`)
  const member = db.prepare('INSERT INTO att_member (projectId, phone, name, addedAt) VALUES (1, ?, ?, 1)')
  const ask = db.prepare(`INSERT INTO att_record (projectId, memberId, phone, state, requestedAt, checkInAt)
    VALUES (1, ?, ?, 'pending', ?, ?)`)
  const end = db.prepare(`UPDATE att_record SET state = 'closed', decidedBy = '13800000002', decidedAt = ?,
    checkOutAt = ?, checkOutBy = '13800000002', checkOutRecordedAt = ? WHERE id = ?`)
  const confirm =
    db.prepare(`UPDATE att_record SET state = 'confirmed', decidedBy = '13800000002', decidedAt = ?
    WHERE id = ?`)
  const phones = Array.from({ length: WORKERS }, (_, i) => `139${String(i).padStart(8, '0')}`)
  db.transaction(() => {
    for (const [i, phone] of phones.entries()) member.run(phone, `工人${i}`)
    for (let day = 0; day < DAYS; day++)
      for (const [i, phone] of phones.entries()) {
        const night = i % 10 === 0
        const from = START + day * DAY + (night ? 22 : 7) * HOUR + ((i * 7 + day) % 50) * MINUTE
        const { lastInsertRowid } = ask.run(i + 1, phone, from, from)
        confirm.run(from, lastInsertRowid)
        end.run(from, from + 8 * HOUR + ((i + day * 3) % 90) * MINUTE, from + 10 * HOUR, lastInsertRowid)
      }
  })()
  db.exec('ANALYZE att_record')
}

/** A year as a workbook in the background: how long it takes, and the longest that the main thread took nothing else. */
async function writeBook(events: Events, call: (name: string, input: unknown) => Promise<unknown>) {
  const input = { projectId: '1', from: '2025-11', to: '2026-10', language: 'en' }
  const run = async () => {
    const ended = Promise.withResolvers<JobRow>()
    const stop = events.on((event) => {
      if (event.type === 'job' && event.job.endedAt !== null) ended.resolve(event.job)
    })
    const { jobId } = (await call('attendance.export', input)) as { jobId: string }
    const { state } = await ended.promise
    stop()
    if (state !== 'done') throw new Error(`the workbook is ${state}`)
    return jobId
  }
  // starts the thread
  await run()
  const blocks = startTicker()
  const ms = await timed(run)
  const { longest, longestOwn } = blocks()
  return { ms, block: longestOwn ?? longest }
}

/** Statistics by worker and month of a year at the console's door, against the bare SQL that gives the same rows. */
export const bench: Bench = {
  name: 'attendance-month',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sitedesk-attendance-'))
    const ports = benchPorts(folder)
    const store = await openStore(ports, folder)
    const raw = new Driver(join(folder, 'site.db'))
    fill(raw)
    const clock = { ...ports.clock, now: () => START + DAYS * DAY }
    const ctx: CoreContext = {
      ports: { ...ports, clock },
      store,
      events: createEvents(ports.log),
      options: { version: '0.0.0-bench', directory: folder, demo: false },
    }
    const settings = {
      zone: () => ZONE,
      values: () => ({ attendance: { pendingHours: 24, forgottenHours: 16, longShiftHours: 24 } }),
    }
    const jobs = await createJobs(ctx)
    const { handlers } = createAttendance(ctx, { settings: settings as never, jobs })
    const call = createDoor(ctx.ports, store, handlers as unknown as AnyHandlers)
    const bare = raw.prepare(
      `SELECT phone, strftime('%Y-%m', (checkInAt + ${ZONE}) / 1000, 'unixepoch') AS month,
         sum((checkOutAt - checkInAt) / 60000) AS minutes, count(*) AS count FROM att_record
       WHERE projectId = 1 AND state = 'closed' AND checkInAt >= ? AND checkInAt < ? GROUP BY month, phone`,
    )
    const span = { from: START, to: START + DAYS * DAY }
    const input = { projectId: '1', ...span, by: ['user', 'month'] }
    const floor = () => bare.all(span.from, span.to) as { minutes: number }[]
    const expected = floor().reduce((sum, row) => sum + row.minutes, 0)
    const { totals, rows } = (await call('attendance.statistics', input)) as {
      totals: { minutes: number }
      rows: unknown[]
    }
    if (totals.minutes !== expected || rows.length !== floor().length) throw new Error('the sums differ')
    const ms = await alternate(12, { floor, door: () => call('attendance.statistics', input) })
    const one = { projectId: '1', month: '2026-03' }
    const sheet = await timed(() => call('attendance.sheet', one))
    const book = await writeBook(ctx.events, call)
    raw.close()
    await jobs.close()
    await ctx.ports.workers.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
    return [
      {
        name: 'attendance-month',
        value: ms.door,
        unit: 'ms',
        ratio: ms.door / ms.floor,
        target: { kind: 'most', of: 'ratio', limit: 2 },
      },
      { name: 'attendance-sheet', value: sheet, unit: 'ms', ratio: null, target: null },
      { name: 'attendance-book', value: book.ms, unit: 'ms', ratio: null, target: null },
      {
        name: 'attendance-book-block',
        value: book.block,
        unit: 'ms',
        ratio: null,
        target: { kind: 'most', of: 'value', limit: 30 },
      },
    ]
  },
}
