import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import { createJobs, type Job, type JobEnd, type Jobs } from '#core/jobs/index.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import type { Role } from '#shared/contract/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from '#core/context.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

const by = { startedBy: 'lin' }
const call: Call = {
  caller: { door: 'inproc' },
  operator: null,
  note: () => undefined,
  commit: (work) => Promise.resolve(work()),
}

let test: TestStore
let ctx: CoreContext
let jobs: Jobs

beforeEach(async () => {
  test = await openTestStore()
  ctx = testContext(test)
  jobs = await createJobs(ctx)
})
afterEach(async () => {
  await jobs.close()
  await test.close()
})

/** A job that waits until the test lets it end, or until it is stopped. */
function manual(kind: string) {
  const held: { job: Job; end: (end: JobEnd) => void; fail: (error: unknown) => void }[] = []
  jobs.register(kind, (job) => {
    return new Promise((end, fail) => {
      job.signal.addEventListener('abort', () => fail(job.signal.reason))
      held.push({ job, end, fail })
    })
  })
  const at = (index: number) => {
    const found = held[index]
    if (!found) throw new Error(`run ${index} has not begun`)
    return found
  }
  return { held, at }
}

/** The stored end of a job. */
function ended(id: string): Promise<JobRow> {
  return new Promise((resolve) => {
    const stop = ctx.events.on((event) => {
      if (event.type !== 'job' || event.job.id !== id || event.job.endedAt === null) return
      stop()
      resolve(event.job)
    })
  })
}

const get = (id: string) => jobs.handlers['jobs.get'](call, { id })
const list = (filter = {}) => jobs.handlers['jobs.list'](call, filter) as { total: number; rows: JobRow[] }

describe('a job', () => {
  it('is stored before start answers, and its end with its report', async () => {
    const run = manual('a')
    const row = await jobs.start('a', { source: 'imr' }, by)
    expect(list().rows).toMatchObject([
      { id: row.id, state: 'running', startedBy: 'lin', spec: { source: 'imr' } },
    ])
    const end = ended(row.id)
    run.at(0).job.progress(3, 4)
    run.at(0).job.report('info', 'rows', { count: 7 })
    run.at(0).end({ state: 'done' })
    await end
    expect(jobs.running()).toEqual([])
    expect(await get(row.id)).toMatchObject({
      state: 'done',
      done: 3,
      total: 4,
      report: [{ level: 'info', code: 'rows', data: { count: 7 } }],
      error: null,
      endedAt: test.clock.now(),
    })
  })

  it('fails with the code of a refusal, and with INTERNAL for a bug', async () => {
    const run = manual('a')
    const first = await jobs.start('a', {}, by)
    const one = ended(first.id)
    run.at(0).fail(new SitedeskError('UPSTREAM_OFFLINE', 'No route.', { fault: 'offline' }))
    expect(await one).toMatchObject({
      state: 'failed',
      resumable: true,
      error: { code: 'UPSTREAM_OFFLINE', message: 'No route.', data: { fault: 'offline' } },
    })
    const second = await jobs.start('a', {}, by)
    const two = ended(second.id)
    run.at(1).fail(new TypeError('x is undefined'))
    expect(await two).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
  })

  it('runs once per kind: two calls of one turn get one id', async () => {
    const run = manual('a')
    const [one, two] = await Promise.all([jobs.start('a', { x: 1 }, by), jobs.start('a', { x: 2 }, by)])
    const three = await jobs.start('a', {}, by)
    expect(new Set([one.id, two.id, three.id]).size).toBe(1)
    expect(run.held).toHaveLength(1)
  })

  it('lets another kind run beside it', async () => {
    const run = manual('a')
    manual('b')
    const one = await jobs.start('a', {}, by)
    const two = await jobs.start('b', {}, by)
    expect(jobs.running().map((row) => row.id)).toEqual([one.id, two.id])
    expect(jobs.running('b').map((row) => row.id)).toEqual([two.id])
    expect(run.held).toHaveLength(1)
  })

  it('goes on as the same job after a failure that can be resumed, and only for the same call', async () => {
    const run = manual('a')
    const first = await jobs.start('a', { source: 'imr', from: 5 }, by)
    const end = ended(first.id)
    run.at(0).fail(new SitedeskError('UPSTREAM_OFFLINE', 'No route.'))
    await end
    await test.clock.advance(5000)
    const other = await jobs.start('a', { source: 'imr' }, by)
    const otherEnd = ended(other.id)
    run.at(1).end({ state: 'done' })
    await otherEnd
    expect(other.id).not.toBe(first.id)
    const again = await jobs.start('a', { from: 5, source: 'imr', to: undefined }, by)
    expect(again).toMatchObject({ id: first.id, createdAt: first.createdAt, error: null, endedAt: null })
    expect(again.report).toEqual([{ level: 'info', code: 'resumed' }])
    expect(list().total).toBe(2)
  })

  it('does not go on when it came to an end, partial or cancelled', async () => {
    const run = manual('a')
    const first = await jobs.start('a', {}, by)
    const end = ended(first.id)
    run.at(0).end({ state: 'partial', resumable: true })
    await end
    const second = await jobs.start('a', {}, by)
    expect(second.id).not.toBe(first.id)
    const cancelled = ended(second.id)
    jobs.cancel(second.id)
    expect(await cancelled).toMatchObject({ state: 'cancelled', error: null })
    const third = await jobs.start('a', {}, by)
    expect([first.id, second.id]).not.toContain(third.id)
  })
})

describe('cancel', () => {
  it('aborts the signal, and refuses what is not running or not there', async () => {
    const run = manual('a')
    const row = await jobs.start('a', {}, by)
    const end = ended(row.id)
    expect(await jobs.handlers['jobs.cancel'](call, { id: row.id })).toEqual({ ok: true })
    expect(run.at(0).job.signal.aborted).toBe(true)
    expect(await end).toMatchObject({ state: 'cancelled' })
    expect(() => jobs.cancel(row.id)).toThrow(expect.objectContaining({ code: 'JOB_NOT_RUNNING' }))
    expect(() => jobs.cancel('nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  it('is a cashier’s for what he started, and of those who look after jobs for all', async () => {
    manual('a')
    const row = await jobs.start('a', {}, by)
    const cancel = (name: string, role: Role) => () =>
      jobs.handlers['jobs.cancel'](
        { ...call, operator: { operatorId: name, name, roles: [role] } },
        { id: row.id },
      )
    expect(cancel('chen', 'cashier')).toThrow(expect.objectContaining({ code: 'ROLE_REQUIRED' }))
    expect(jobs.running()).toHaveLength(1)
    const end = ended(row.id)
    expect(cancel('lin', 'cashier')()).toEqual({ ok: true })
    expect(await end).toMatchObject({ state: 'cancelled' })
    for (const role of ['supervisor', 'meters', 'installer', 'admin'] as const) {
      const other = await jobs.start('a', { role }, by)
      expect(jobs.running().map(({ id }) => id)).toEqual([other.id])
      const stopped = ended(other.id)
      await jobs.handlers['jobs.cancel'](
        { ...call, operator: { operatorId: 'sue', name: 'sue', roles: [role] } },
        { id: other.id },
      )
      expect(await stopped).toMatchObject({ state: 'cancelled' })
    }
  })

  it('leaves a job done that came to its end all the same', async () => {
    let finish: (end: JobEnd) => void = () => undefined
    jobs.register('deaf', () => new Promise((resolve) => (finish = resolve)))
    const row = await jobs.start('deaf', {}, by)
    const end = ended(row.id)
    jobs.cancel(row.id)
    finish({ state: 'done' })
    expect(await end).toMatchObject({ state: 'done' })
  })
})

describe('the end of the program', () => {
  it('stores running jobs as interrupted and waits for it; no new one starts', async () => {
    manual('a')
    const row = await jobs.start('a', {}, by)
    await jobs.close()
    expect(await get(row.id)).toMatchObject({
      state: 'failed',
      resumable: true,
      error: { code: 'INTERRUPTED' },
    })
    await expect(jobs.start('a', {}, by)).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('finds at start-up what a crash left running (F-27) and goes on with the same id', async () => {
    manual('a')
    const row = await jobs.start('a', { source: 'imr' }, by)
    // Another core on the same folder is what a start after a crash is.
    jobs = await createJobs(ctx)
    expect(await get(row.id)).toMatchObject({
      state: 'failed',
      resumable: true,
      error: { code: 'INTERRUPTED' },
      endedAt: test.clock.now(),
    })
    expect(jobs.unfinished('a', { source: 'imr' })?.id).toBe(row.id)
    expect(jobs.unfinished('a', {})).toBeNull()
    manual('a')
    expect((await jobs.start('a', { source: 'imr' }, by)).id).toBe(row.id)
  })

  it('forgets jobs that ended three months ago', async () => {
    const run = manual('a')
    const row = await jobs.start('a', {}, by)
    const end = ended(row.id)
    run.at(0).end({ state: 'done' })
    await end
    await test.clock.advance(89 * 86_400_000)
    jobs = await createJobs(ctx)
    expect(list().total).toBe(1)
    await test.clock.advance(2 * 86_400_000)
    jobs = await createJobs(ctx)
    expect(list().total).toBe(0)
  })
})

describe('restart (F-28)', () => {
  it('stops what runs and runs it again as the same job, which never looks ended', async () => {
    const run = manual('a')
    const seen: JobRow[] = []
    ctx.events.on((event) => void (event.type === 'job' && seen.push(event.job)))
    const row = await jobs.start('a', { source: 'imr' }, by)
    jobs.restart('a')
    await test.clock.advance(1000)
    expect(run.held).toHaveLength(2)
    expect(run.at(0).job.signal.aborted).toBe(true)
    expect(run.at(1).job.signal.aborted).toBe(false)
    expect(run.at(1).job).toMatchObject({ id: row.id, spec: { source: 'imr' }, createdAt: row.createdAt })
    expect(seen.map((one) => one.state)).not.toContain('failed')
    const end = ended(row.id)
    jobs.cancel(row.id)
    expect(await end).toMatchObject({ state: 'cancelled' })
  })

  it('does nothing when nothing runs', async () => {
    const run = manual('a')
    jobs.restart('a')
    expect(run.held).toHaveLength(0)
  })
})

describe('progress', () => {
  it('is pushed at most five times a second, the last one always', async () => {
    const run = manual('a')
    const pushed: JobRow[] = []
    ctx.events.on((event: CoreEvent) => void (event.type === 'job' && pushed.push(event.job)))
    const row = await jobs.start('a', {}, by)
    for (let i = 1; i <= 1000; i++) {
      run.at(0).job.progress(i, 1000)
      await test.clock.advance(1)
    }
    expect(pushed.length).toBeGreaterThanOrEqual(5)
    expect(pushed.length).toBeLessThanOrEqual(7)
    await test.clock.advance(200)
    expect(pushed.at(-1)).toMatchObject({ done: 1000, state: 'running' })
    const end = ended(row.id)
    run.at(0).job.progress(1000, 1000)
    run.at(0).end({ state: 'done' })
    await end
    expect(pushed.at(-1)).toMatchObject({ state: 'done', done: 1000 })
    expect(test.clock.pending).toBe(0)
  })

  it('is on the disk within a second', async () => {
    const run = manual('a')
    const row = await jobs.start('a', {}, by)
    run.at(0).job.progress(1, 9)
    run.at(0).job.progress(8, 9)
    run.at(0).job.step('readings', { page: 2 })
    await test.clock.advance(1000)
    const stored = test.store.site.get(
      test.store.site.query.selectFrom('job').selectAll().where('id', '=', row.id),
    )
    expect(stored).toMatchObject({ done: 8, total: 9, step: '{"code":"readings","data":{"page":2}}' })
  })

  it('keeps two hundred lines of report', async () => {
    const run = manual('a')
    const row = await jobs.start('a', {}, by)
    for (let i = 0; i < 300; i++) run.at(0).job.report('warning', 'windowPartial', { i })
    const end = ended(row.id)
    run.at(0).end({ state: 'partial' })
    expect((await end).report).toHaveLength(200)
  })
})

describe('jobs.list', () => {
  it('filters by state and kind, newest first', async () => {
    const run = manual('a')
    manual('b')
    const first = await jobs.start('a', {}, by)
    const end = ended(first.id)
    run.at(0).end({ state: 'done' })
    await end
    await test.clock.advance(1000)
    const second = await jobs.start('b', {}, by)
    expect(list().rows.map((row) => row.id)).toEqual([second.id, first.id])
    expect(list({ state: ['running'] }).rows.map((row) => row.id)).toEqual([second.id])
    expect(list({ kind: 'a' })).toMatchObject({ total: 1, rows: [{ id: first.id }] })
    expect(list({ limit: 1, offset: 1 })).toMatchObject({ total: 2, rows: [{ id: first.id }] })
    expect(() => get('nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})
