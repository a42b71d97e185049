import { afterEach, describe, expect, it } from 'vitest'
import { createJobs } from '#core/jobs/index.ts'
import { createMeters } from '#core/meters/index.ts'
import type { KeyWrap } from '#core/ports.ts'
import { createRooms } from '#core/rooms/index.ts'
import { createSettings } from '#core/settings/index.ts'
import { createSync } from '#core/sync/index.ts'
import { createUpstreams } from '#core/upstream/index.ts'
import { createHttp } from '#main/adapters/http.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { openTestStore, testContext } from '../fixtures/store.ts'
import { counting, operatorCall } from '../fixtures/sync-site.ts'
import { VendorServer, type Received } from '../fixtures/vendor-server.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

const memoryKey: KeyWrap = {
  kind: 'keyFile',
  wrap: (key) => Promise.resolve(key),
  unwrap: (blob) => Promise.resolve(blob),
}
const path = (endpoint: string) => `api/user/${endpoint}`
const address = (addrId: string, supaddrId: unknown, addLevel: number) => ({
  addrId,
  addrName: addrId,
  supaddrId,
  addLevel,
})
const ADDRESSES = [address('H-1', '1-1', 103), address('1-1', 0, 101), address('H-2', '1-1', 103)]
const cost = {
  cost_time: '2026-02-20 00:00:00',
  name: 'x',
  elec_dosage: '1',
  elec_amount: 1,
  water_dosage: '0',
}
const costs = { ...cost, water_amount: 0, share_amount: 0, total_amount: 1 }
const buy = {
  out_trade_no: 'w1',
  name: 'x',
  total_fee: '10.00',
  trade_type: '微信充值',
  create_time: '2026-02-20 10:00:00',
}

/** A campus platform of three addresses and all that a sync of it needs. */
async function site() {
  const server = await VendorServer.start()
  const test = await openTestStore()
  const counter = { inFlight: 0 }
  const campus = { baseUrl: server.url, account: server.account, password: server.password, minIntervalMs: 0 }
  const ctx = testContext(test, {
    ports: { http: counting(createHttp(), counter), keyWraps: [memoryKey] },
    options: { profile: { upstreams: { campus } } },
  })
  const settings = await createSettings(ctx)
  const upstreams = createUpstreams(ctx, { settings })
  const meters = createMeters(ctx, { settings })
  const jobs = await createJobs(ctx)
  const sync = createSync(ctx, { settings, upstreams, meters, jobs })
  const rooms = createRooms(ctx, { settings, upstreams, jobs, meters })
  const until = <T>(promise: Promise<T>) => test.clock.until(promise, () => counter.inFlight > 0)
  const reply = (endpoint: string, more: object) =>
    server.replies.set(path(endpoint), { body: { code: 200, ...more } })
  reply('addrQuery', { addrObj: ADDRESSES })
  reply('noMoreMoneyRoom', {
    roomListObj: [
      { roomId: 'H-1', balance: 20 },
      { roomId: 'H-2', balance: '80.5' },
    ],
  })
  reply('roomBuyRecord', { buyObj: [buy], totalCount: 1 })
  reply('roomCostRecord', { costObj: [costs, costs], totalCount: 2 })
  reply('userInfo', {
    userInfoObj: {
      balance: 7,
      elec_balance: 1,
      water_balance: 2,
      device: [{ tableNo: '77', tableType: 25, reading: '3.10' }],
    },
  })
  const run = async (input: object = {}) => {
    const { jobId } = await sync.handlers['sync.start'](operatorCall, { source: 'campus', ...input })
    const ended = new Promise<JobRow>((resolve) => {
      const look = () => {
        const row = jobs.handlers['jobs.get'](operatorCall, { id: jobId }) as JobRow
        if (row.endedAt !== null) resolve(row)
      }
      ctx.events.on(look)
      look()
    })
    return until(ended)
  }
  open.push(async () => {
    await sync.stopSchedule()
    await until(jobs.close())
    await until(rooms.close())
    upstreams.close()
    meters.close()
    await test.close()
    await server.close()
  })
  const rows = (table: string) => test.store.history.statement(`SELECT * FROM ${table}`).all()
  return { server, test, ctx, sync, rooms, jobs, reply, run, rows, until }
}

describe('sync of the campus system', () => {
  it('brings addresses, all balances in one call, and the records of all rooms', async () => {
    const { server, rooms, run, rows, sync } = await site()
    expect(await run()).toMatchObject({ kind: 'sync.campus', state: 'done', done: 4, total: 4 })
    expect(rooms.locate('H-1')).toMatchObject({ path: ['1-1', 'H-1'], selectable: true })
    expect(rooms.locate('1-1')).toMatchObject({ selectable: false })
    expect([rooms.allRooms(), rooms.balanceOf('H-2')?.balanceFen]).toEqual([['H-1', 'H-2'], 8050])
    expect(server.of(path('noMoreMoneyRoom'))).toHaveLength(1)
    expect([rows('room_recharge').length, rows('room_cost').length]).toEqual([2, 4])
    expect(sync.status('campus')).toMatchObject({ partial: false, lastError: null })
    expect(sync.status('campus').lastCompleteAt).not.toBeNull()
  })

  it('two equal costs stay two when they come again; windows overlap and end frozen (C-31, C-34, C-42)', async () => {
    const { server, test, run, rows } = await site()
    await run()
    await test.clock.advance(3_600_000)
    await run()
    expect(rows('room_cost')).toHaveLength(4)
    const [first, , second] = server.of(path('roomCostRecord')).map((request: Received) => request.fields)
    expect(String(second?.['beginTime']) <= String(first?.['endTime'])).toBe(true)
    expect(first?.['endTime']).toBe('2026-02-28 23:57:59')
  })

  it('a room that a complete list no longer names is kept, not in use (C-50)', async () => {
    const { rooms, reply, run } = await site()
    await run({ dataset: 'addresses' })
    reply('addrQuery', { addrObj: ADDRESSES.slice(0, 2) })
    expect((await run({ dataset: 'addresses' })).state).toBe('done')
    expect([rooms.allRooms(), rooms.locate('H-2')?.active]).toEqual([['H-1'], false])
  })

  it.each([[[]], [[...ADDRESSES.slice(0, 2), ...ADDRESSES.slice(0, 2), ...ADDRESSES.slice(0, 2), {}]]])(
    'an empty list, or one with a row that cannot be read, retires nothing (C-50)',
    async (addrObj) => {
      const { rooms, reply, run, test } = await site()
      await run({ dataset: 'addresses' })
      await test.clock.advance(1000)
      reply('addrQuery', { addrObj })
      await run({ dataset: 'addresses' })
      expect(rooms.allRooms()).toEqual(['H-1', 'H-2'])
    },
  )

  it('one room that fails is told of; the next run asks for that room only', async () => {
    const { server, run } = await site()
    const failing = { body: { code: 4711, msg: 'x' } }
    server.script(path('roomBuyRecord'), failing)
    expect(await run({ dataset: 'records' })).toMatchObject({ state: 'done' })
    await run({ dataset: 'addresses' })
    expect(await run({ dataset: 'records' })).toMatchObject({ state: 'partial', resumable: true })
    const before = server.of(path('roomBuyRecord')).length
    expect(await run({ dataset: 'records' })).toMatchObject({ state: 'done' })
    expect(
      server
        .of(path('roomBuyRecord'))
        .slice(before)
        .map((request) => request.fields['roomId']),
    ).toEqual(['H-1'])
  })
})

describe('the room card', () => {
  it('is there at once, and fetched anew behind the screen when it is old', async () => {
    const { server, test, ctx, rooms, run, until } = await site()
    await run({ dataset: 'addresses' })
    const card = () => rooms.handlers['rooms.get'](operatorCall, { roomId: 'H-1' })
    const changed = () =>
      new Promise<void>((resolve) => {
        let times = 0
        ctx.events.on((event) => {
          if (
            event.type === 'changed' &&
            event.area === 'rooms' &&
            event.ids?.includes('H-1') &&
            ++times === 2
          )
            resolve()
        })
      })
    const told = changed()
    expect(await card()).toMatchObject({ balances: null, meters: [], recharges: [] })
    await until(told)
    expect(await card()).toMatchObject({
      balances: { balanceFen: 700, electricityFen: 100, waterFen: 200 },
      meters: [{ tableNo: '77', kind: 'electricity', reading: '3.10', meterId: null }],
      recharges: [{ outTradeNo: 'w1', amountFen: 1000 }],
    })
    expect([rooms.resolveName('77'), rooms.resolveName('1-1 / H-1'), rooms.resolveName('1-1')]).toEqual([
      'H-1',
      'H-1',
      null,
    ])
    await test.clock.advance(59_000)
    await card()
    expect(server.of(path('userInfo'))).toHaveLength(1)
  })

  it('low rooms, also at the bound, with who was told (C-43)', async () => {
    const { rooms, run } = await site()
    await run()
    await rooms.handlers['rooms.tell'](operatorCall, { roomId: 'H-1', how: 'phone' })
    const low = await rooms.handlers['rooms.lowBalance'](operatorCall, {})
    expect(low).toMatchObject({
      total: 1,
      rows: [{ id: 'H-1', balanceFen: 2000, lastTold: { operator: 'lin', how: 'phone' } }],
    })
  })
})
