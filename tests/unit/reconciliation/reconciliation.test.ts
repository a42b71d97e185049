import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CoreContext } from '#core/context.ts'
import { createJobs, type Jobs } from '#core/jobs/index.ts'
import { createReconciliation, type Reconciliation } from '#core/reconciliation/index.ts'
import { createLedger } from '#core/recharge/index.ts'
import { UpstreamError } from '#core/upstream/index.ts'
import { contract } from '#shared/contract/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { FAKE_START } from '../../fixtures/fake-clock.ts'
import { callOf, endIntent, storeIntent } from '../../fixtures/ledger-rows.ts'
import { ZONE } from '../../fixtures/meters.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

const TODAY = '2026-03-01'
const offline = () => new UpstreamError('offline', 'no answer', { endpoint: 'roomBuyRecord' })
const failed = () => new UpstreamError('html', 'a page', { endpoint: 'roomBuyRecord' })

interface Asked {
  readonly room: string
  readonly from: number
  readonly to: number
}
interface Listed {
  readonly no: string
  readonly room: string
  readonly fen?: number
  readonly at?: number
}

let test: TestStore
let ctx: CoreContext
let jobs: Jobs
let area: Reconciliation
/** what the platform would list */
let platform: Listed[]
let asked: Asked[]
let fail: (room: string) => Error | null
let configured: boolean
beforeEach(async () => {
  test = await openTestStore()
  ctx = testContext(test)
  platform = []
  asked = []
  fail = () => null
  configured = true
  await begin()
})
afterEach(async () => {
  await jobs.close()
  await test.close()
})

async function begin(): Promise<void> {
  jobs = await createJobs(ctx)
  area = createReconciliation(ctx, {
    ledger: createLedger(ctx),
    rooms: {
      locate: (id) => ({ path: ['梅园', id] }),
      allRooms: () => ['H-1', 'H-2', 'H-3', 'H-9'],
      async fetchRecharges(room, from, to, options) {
        asked.push({ room, from, to })
        options?.signal?.throwIfAborted()
        const error = fail(room)
        if (error) throw error
        const rows = platform.filter((one) => one.room === room && (one.at ?? FAKE_START) <= to)
        await test.store.history.write(() => rows.forEach(list))
      },
    },
    upstreams: { campus: () => (configured ? {} : null) },
    jobs,
    settings: { zone: () => ZONE },
  })
}

/** A row as the rooms area keeps it. */
function list({ no, room, fen = 10_000, at = FAKE_START }: Listed): void {
  const { history } = test.store
  const row = {
    room_id: room,
    out_trade_no: no,
    at,
    ordinal: 0,
    amount_fen: fen,
    amount_raw: String(fen),
    trade_type: '一卡通充值',
    name: room,
  }
  history.run(
    history.query
      .insertInto('room_recharge')
      .values(row)
      .onConflict((on) => on.doNothing()),
  )
}

const supervisor = () => callOf(test, 'zhou', ['supervisor'])
const get = async (day = TODAY) =>
  contract['reconciliation.get'].output.parse(
    await area.handlers['reconciliation.get'](supervisor(), { day }),
  )
const records = async (filter = {}, day = TODAY) =>
  contract['reconciliation.records'].output.parse(
    await area.handlers['reconciliation.records'](supervisor(), { day, ...filter }),
  )
const classes = async () =>
  Object.fromEntries((await records()).rows.map((row) => [row.outTradeNo, row.class]))
const start = (scope?: 'touched' | 'all', day = TODAY) =>
  area.handlers['reconciliation.run'](supervisor(), { day, ...(scope && { scope }) })
const sign = async (note?: string, day = TODAY) =>
  contract['reconciliation.sign'].output.parse(
    await area.handlers['reconciliation.sign'](supervisor(), { day, ...(note && { note }) }),
  )

/** Runs a comparison to its end. */
async function run(scope?: 'touched' | 'all', day = TODAY): Promise<JobRow> {
  const end = new Promise<JobRow>((resolve) => {
    const stop = ctx.events.on((event) => {
      if (event.type !== 'job' || event.job.endedAt === null) return
      stop()
      resolve(event.job)
    })
  })
  await start(scope, day)
  return end
}

const dayIsOver = () => test.clock.advance(DAY + 2 * HOUR)

describe('comparing a day', () => {
  it('tells matched, only here, only upstream, different and waiting apart', async () => {
    await storeIntent(test, { id: 'same', roomId: 'H-1', amountFen: 10_000 })
    await storeIntent(test, { id: 'lost', roomId: 'H-1', amountFen: 500 })
    await storeIntent(test, { id: 'other', roomId: 'H-2', amountFen: 700 })
    await storeIntent(test, { id: 'back', roomId: 'H-2', amountFen: 900, state: 'NOT_APPLIED' })
    await storeIntent(test, { id: 'quiet', roomId: 'H-2', amountFen: 900, state: 'REJECTED' })
    await storeIntent(test, { id: 'open', roomId: 'H-3', amountFen: 300, state: 'DISPUTED' })
    platform = [
      { no: 'sdksame', room: 'H-1' },
      { no: 'sdkother', room: 'H-2', fen: 7000 },
      { no: 'sdkback', room: 'H-2', fen: 900 },
      { no: 'elsewhere', room: 'H-1', fen: 50 },
      { no: 'unasked', room: 'H-9' },
    ]
    await dayIsOver()
    expect((await run()).state).toBe('done')
    expect(asked.map(({ room }) => room).sort()).toEqual(['H-1', 'H-2', 'H-3'])
    expect(await get()).toMatchObject({
      state: 'complete',
      scope: 'touched',
      rooms: 3,
      roomsDone: 3,
      matched: { count: 1, hereFen: 10_000, upstreamFen: 10_000 },
      onlyHere: { count: 1, hereFen: 500, upstreamFen: 0 },
      onlyUpstream: { count: 1, hereFen: 0, upstreamFen: 50 },
      differs: { count: 2, hereFen: 700, upstreamFen: 7900 },
      waiting: { count: 1, hereFen: 300, upstreamFen: 0 },
    })
    expect(await records({ class: 'differs' })).toMatchObject({
      total: 2,
      rows: [
        { outTradeNo: 'sdkback', state: 'NOT_APPLIED', hereFen: 0, upstreamFen: 900 },
        { outTradeNo: 'sdkother', hereFen: 700, upstreamFen: 7000, roomPath: ['梅园', 'H-2'] },
      ],
    })
    expect((await records({ limit: 2, offset: 4 })).rows).toHaveLength(2)
    expect((await run('all')).state).toBe('done')
    expect(await get()).toMatchObject({
      scope: 'all',
      rooms: 4,
      onlyUpstream: { count: 2, upstreamFen: 10_050 },
    })
  })

  it('asks a margin around the day, and finds what was sent again on another day', async () => {
    await storeIntent(test, { id: 'late', roomId: 'H-1', createdAt: FAKE_START + DAY - MINUTE })
    await storeIntent(test, { id: 'again', roomId: 'H-2', endedAt: FAKE_START + 2 * DAY })
    platform = [
      { no: 'sdklate', room: 'H-1', at: FAKE_START + DAY + MINUTE },
      { no: 'sdkagain', room: 'H-2', at: FAKE_START + 2 * DAY },
    ]
    await test.clock.advance(3 * DAY)
    await run()
    expect(asked).toEqual([
      { room: 'H-2', from: FAKE_START - HOUR, to: FAKE_START + 2 * DAY + HOUR },
      { room: 'H-1', from: FAKE_START - HOUR, to: FAKE_START + DAY + HOUR },
    ])
    expect(await classes()).toEqual({ sdklate: 'matched', sdkagain: 'matched' })
    // … and there they are nobody else's
    await run('all', '2026-03-02')
    expect((await records({}, '2026-03-02')).total).toBe(0)
  })

  it('claims no difference for what it could not ask yet', async () => {
    await storeIntent(test, { id: 'a', roomId: 'H-1' })
    expect(await get()).toMatchObject({ state: 'none', waiting: { count: 1 }, onlyHere: { count: 0 } })
    await run()
    // asked in the very minute of the sale
    expect(await classes()).toEqual({ sdka: 'waiting' })
    await test.clock.advance(10 * MINUTE)
    await run()
    expect(await classes()).toEqual({ sdka: 'onlyHere' })
  })

  it('shows a disputed sale until it ends', async () => {
    await storeIntent(test, { id: 'a', roomId: 'H-1', state: 'UNKNOWN' })
    platform = [{ no: 'sdka', room: 'H-1' }]
    await run()
    expect(await classes()).toEqual({ sdka: 'waiting' })
    await endIntent(test, 'a', 'APPLIED')
    expect(await classes()).toEqual({ sdka: 'matched' })
  })

  it('refuses days that have not begun, are none, or without a platform', async () => {
    await expect(start(undefined, '2026-03-02')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(start(undefined, '2026-02-30')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    configured = false
    await expect(start()).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
  })
})

describe('an interrupted comparison', () => {
  beforeEach(async () => {
    await storeIntent(test, { id: 'a', roomId: 'H-1' })
    await storeIntent(test, { id: 'b', roomId: 'H-2' })
    await storeIntent(test, { id: 'c', roomId: 'H-3' })
    await dayIsOver()
  })

  it('goes on with the rooms that are left', async () => {
    fail = (room) => (room === 'H-2' ? offline() : null)
    expect(await run()).toMatchObject({ state: 'failed', error: { code: 'UPSTREAM_OFFLINE' } })
    expect(await get()).toMatchObject({ state: 'partial', roomsDone: 1, rooms: 3 })
    await expect(sign('x')).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW', data: { why: 'incomplete' } })
    fail = () => null
    await jobs.close()
    await begin()
    expect((await run()).state).toBe('done')
    expect(asked.map(({ room }) => room)).toEqual(['H-1', 'H-2', 'H-2', 'H-3'])
    expect(await get()).toMatchObject({ state: 'complete', roomsDone: 3 })
    // a complete day is compared anew, all of it
    await run()
    expect(asked).toHaveLength(7)
  })

  it('passes a room that fails, but not a platform that does', async () => {
    fail = (room) => (room === 'H-2' ? failed() : null)
    expect(await run()).toMatchObject({
      state: 'partial',
      report: [{ code: 'roomNotCompared' }, { code: 'roomsCompared' }],
    })
    expect(await get()).toMatchObject({ state: 'partial', roomsDone: 2 })
    expect(await classes()).toEqual({ sdka: 'onlyHere', sdkb: 'waiting', sdkc: 'onlyHere' })
    asked = []
    fail = failed
    expect((await run('all')).state).toBe('partial')
    expect(asked.map(({ room }) => room).sort()).toEqual(['H-2', 'H-9'])
  })

  it('is partial after a cancel, and no other day begins meanwhile', async () => {
    const held = new Promise<JobRow>((resolve) => {
      ctx.events.on((event) => {
        if (event.type === 'job' && event.job.endedAt !== null) resolve(event.job)
      })
    })
    fail = (room) => {
      if (room === 'H-2') jobs.cancel(jobs.running()[0]?.id ?? '')
      return null
    }
    const both = start()
    await expect(Promise.all([both, start('all', '2026-03-02')])).rejects.toMatchObject({
      code: 'JOB_RUNNING',
    })
    expect((await held).state).toBe('cancelled')
    expect((await get()).state).toBe('partial')
  })
})

describe('signing a day off', () => {
  it('needs a day that is over and was compared after that', async () => {
    await storeIntent(test, { id: 'a', roomId: 'H-1' })
    platform = [{ no: 'sdka', room: 'H-1' }]
    await expect(sign()).rejects.toMatchObject({ data: { why: 'incomplete' } })
    await run()
    await expect(sign()).rejects.toMatchObject({ data: { why: 'dayNotOver' } })
    await dayIsOver()
    await expect(sign()).rejects.toMatchObject({ data: { why: 'dayNotOver' } })
    await run()
    expect(await sign()).toMatchObject({
      state: 'signed',
      signedBy: 'zhou',
      note: null,
      matched: { count: 1 },
    })
  })

  it('needs a note when anything is not matched, and never changes afterwards', async () => {
    await storeIntent(test, { id: 'a', roomId: 'H-1', state: 'DISPUTED' })
    await storeIntent(test, { id: 'b', roomId: 'H-2' })
    platform = [{ no: 'sdkb', room: 'H-2' }]
    await dayIsOver()
    await run()
    await expect(sign()).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW', data: { why: 'noteNeeded' } })
    const signed = await sign('待平台核实')
    const before = await records()
    await endIntent(test, 'a', 'APPLIED')
    await test.store.history.write(() => list({ no: 'new', room: 'H-1' }))
    expect(await get()).toEqual({ ...signed, endedSince: 1 })
    expect(await records()).toEqual(before)
    await expect(sign('again')).rejects.toMatchObject({ code: 'SIGNED_OFF' })
    await expect(start()).rejects.toMatchObject({ code: 'SIGNED_OFF' })
    const exec = (sql: string) => test.store.site.write(() => test.store.site.sql.exec(sql))
    await expect(exec("UPDATE reconciliation_day SET note = 'x'")).rejects.toThrow(/never changes/)
    await expect(exec('DELETE FROM reconciliation_day')).rejects.toThrow(/never deleted/)
  })

  it('lists days, newest first', async () => {
    await dayIsOver()
    await run()
    await run('all', '2026-03-02')
    const listed = contract['reconciliation.list'].output.parse(
      await area.handlers['reconciliation.list'](supervisor(), {}),
    )
    expect(listed).toMatchObject({ total: 2, rows: [{ day: '2026-03-02', scope: 'all' }, { day: TODAY }] })
  })
})
