import { afterEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { meter } from '../fixtures/meters.ts'
import { address, ADDRESSES, buy, costs, openRoomSite, path } from '../fixtures/room-site.ts'
import { operatorCall } from '../fixtures/sync-site.ts'
import type { Received } from '../fixtures/vendor-server.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})
async function site() {
  const opened = await openRoomSite()
  open.push(opened.close)
  return opened
}

describe('sync of the campus system', () => {
  it('brings addresses, all balances in one call, the meters and the records of all rooms', async () => {
    const { server, rooms, run, rows, sync } = await site()
    expect(await run()).toMatchObject({ kind: 'sync.campus', state: 'done', done: 6, total: 6 })
    expect(rooms.locate('H-1')).toMatchObject({ path: ['1-1', 'H-1'], selectable: true })
    expect(rooms.locate('1-1')).toMatchObject({ selectable: false })
    // the card came after the list
    expect([rooms.allRooms(), rooms.balanceOf('H-2')?.balanceFen]).toEqual([['H-1', 'H-2'], 700])
    expect(server.of(path('userInfo')).map(({ fields }) => fields['roomId'])).toEqual(['H-1', 'H-2'])
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

describe('a campus platform in bad weather', () => {
  /** Rows of one list for each of both rooms, on pages of 40 whatever was asked. */
  const CAP = 40
  const paged =
    (name: string, rows: readonly object[], total: () => unknown = () => rows.length) =>
    ({ fields }: Received) => {
      const start = (Number(fields['pageNo'] ?? 1) - 1) * CAP
      return { body: { code: 200, [name]: rows.slice(start, start + CAP), totalCount: total() } }
    }
  const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n))
  const time = (n: number) =>
    `2026-02-${String(1 + (n % 27)).padStart(2, '0')} 10:${String(n % 60).padStart(2, '0')}:00`
  const BUYS = many(95, (n) => ({ ...buy, out_trade_no: `w${n}`, create_time: time(n) }))
  const COSTS = many(95, (n) => ({ ...costs, cost_time: time(n), elec_dosage: String(n) }))
  const endpointOf = (name: string) => (name === 'buyObj' ? 'roomBuyRecord' : 'roomCostRecord')
  const heldBy = (rows: (table: string) => unknown[]) => () => ({
    addresses: rows('room').length,
    buys: (rows('room_recharge') as { room_id: string; out_trade_no: string }[])
      .map((row) => `${row.room_id} ${row.out_trade_no}`)
      .toSorted(),
    costs: (rows('room_cost') as { room_id: string; electricity_dosage: string }[])
      .map((row) => `${row.room_id} ${row.electricity_dosage}`)
      .toSorted(),
  })
  /** both rooms have the same */
  const ofRooms = (names: readonly string[]) =>
    ['H-1', 'H-2'].flatMap((room) => names.map((name) => `${room} ${name}`)).toSorted()
  const truthOf = (
    bought: readonly { out_trade_no: string }[],
    spent: readonly { elec_dosage: string }[],
  ) => ({
    buys: ofRooms(bought.map((row) => row.out_trade_no)),
    costs: ofRooms(spent.map((row) => row.elec_dosage)),
  })
  const storm = () => [
    { body: { code: 1007, msg: 'expired' } },
    { body: { code: 1011, msg: '访问过快' } },
    { body: { code: 1011, msg: '访问过快' } },
  ]

  it('every list equals the platform under expiring tokens, 1011, capped pages and a bad row; again changes nothing', async () => {
    const { server, run, rows } = await site()
    const bad = { ...costs, cost_time: 'yesterday' }
    server.replies.set(path('roomBuyRecord'), paged('buyObj', BUYS))
    server.replies.set(
      path('roomCostRecord'),
      paged('costObj', [...COSTS.slice(0, 50), bad, ...COSTS.slice(50)]),
    )
    for (const endpoint of ['addrQuery', 'noMoreMoneyRoom', 'userInfo', 'roomBuyRecord', 'roomCostRecord'])
      server.script(path(endpoint), ...storm())
    const held = heldBy(rows)
    expect((await run()).state).toBe('done')
    const first = held()
    expect([first.addresses, rows('room_balance').length]).toEqual([3, 2])
    expect(first).toMatchObject(truthOf(BUYS, COSTS))
    expect((await run()).state).toBe('done')
    expect(held()).toEqual(first)
  })

  it('every list equals the platform although rows come while it is read; again changes nothing', async () => {
    const { server, run, rows } = await site()
    /** The first time the third page is asked for, a row has come before all others. */
    const growing = <R extends object>(name: string, rows: readonly R[], late: R) => {
      let there = rows
      server.replies.set(path(endpointOf(name)), (request) => {
        if (Number(request.fields['pageNo']) === 3 && there === rows) there = [late, ...rows]
        return paged(name, there)(request)
      })
      return () => there
    }
    const buys = growing('buyObj', BUYS, { ...buy, out_trade_no: 'late', create_time: time(200) })
    const spent = growing('costObj', COSTS, { ...costs, cost_time: time(200), elec_dosage: '777' })
    const held = heldBy(rows)
    expect((await run()).state).toBe('done')
    const first = held()
    expect([buys().length, spent().length]).toEqual([96, 96])
    expect(first).toMatchObject(truthOf(buys(), spent()))
    expect((await run()).state).toBe('done')
    expect(held()).toEqual(first)
  })

  it('every list is read on where the total is a lie; again changes nothing', async () => {
    const { server, reply, run, rows } = await site()
    const buys = many(700, (n) => ({ ...buy, out_trade_no: `w${n}`, create_time: time(n) }))
    const spent = many(700, (n) => ({ ...costs, cost_time: time(n), elec_dosage: String(n) }))
    const lying =
      (name: string, all: readonly object[]) =>
      ({ fields }: Received) => {
        const size = Number(fields['pageSize'])
        const start = (Number(fields['pageNo'] ?? 1) - 1) * size
        return { body: { code: 200, [name]: all.slice(start, start + size), totalCount: 1 } }
      }
    reply('addrQuery', { addrObj: ADDRESSES, totalCount: 1 })
    server.replies.set(path('roomBuyRecord'), lying('buyObj', buys))
    server.replies.set(path('roomCostRecord'), lying('costObj', spent))
    const held = heldBy(rows)
    expect((await run()).state).toBe('done')
    const first = held()
    expect(first).toMatchObject({ addresses: 3, ...truthOf(buys, spent) })
    expect((await run()).state).toBe('done')
    expect(held()).toEqual(first)
  })
})

describe('meters of campus rooms', () => {
  const listed = async ({ meters }: Awaited<ReturnType<typeof site>>, input: object = {}) =>
    await meters.handlers['meters.list'](operatorCall, { source: 'campus', ...input })
  const device = (tableNo: string, reading = '3.10') => ({ tableNo, tableType: '20', reading })
  const card = (...devices: object[]) => ({ userInfoObj: { balance: 1, device: devices } })

  it('are listed under their number, with the rooms they hang in and what the platform said last', async () => {
    const desk = await site()
    await desk.run({ dataset: 'addresses' })
    const before = desk.test.clock.now()
    expect(await desk.run({ dataset: 'meters' })).toMatchObject({ state: 'done', done: 2 })
    const { total, rows, asOf } = await listed(desk)
    expect(total).toBe(1)
    expect(rows[0]).toMatchObject({
      id: 'campus:77',
      tableNo: '77',
      kind: 'electricity',
      name: 'H-1、H-2',
      place: '1-1 / H-1；1-1 / H-2',
      lastReading: '3.10',
      online: 'unknown',
      gate: 'unknown',
      active: true,
    })
    expect(rows[0]?.lastReadAt).toBeGreaterThan(before - 1000)
    expect(asOf).toBeGreaterThanOrEqual(before)
    expect((await listed(desk, { query: '1-1 H-2' })).rows.map(({ id }) => id)).toEqual(['campus:77'])
    expect((await listed(desk, { query: 'H-9' })).total).toBe(0)
  })

  it('one room of which no card comes is told of; the next run asks for that room only', async () => {
    const desk = await site()
    await desk.run({ dataset: 'addresses' })
    desk.server.script(path('userInfo'), { body: { code: 4711, msg: 'x' } })
    const { state, report } = await desk.run({ dataset: 'meters' })
    expect(state).toBe('partial')
    expect(report).toContainEqual(
      expect.objectContaining({ code: 'roomCardFailed', data: expect.objectContaining({ room: 'H-1' }) }),
    )
    const asked = desk.server.of(path('userInfo')).length
    expect(await desk.run({ dataset: 'meters' })).toMatchObject({ state: 'done' })
    const again = desk.server.of(path('userInfo')).slice(asked)
    expect(again.map(({ fields }) => fields['roomId'])).toEqual(['H-1'])
  })

  it('a meter that was taken away stays with what is known of it, but not in use', async () => {
    const desk = await site()
    desk.reply('userInfo', card(device('1'), device('2')))
    await desk.run({ dataset: 'addresses' })
    await desk.run({ dataset: 'meters' })
    await desk.test.clock.advance(HOUR)
    desk.reply('userInfo', card(device('2', '4')))
    await desk.run({ dataset: 'meters' })
    const { rows } = await listed(desk)
    expect(rows.map(({ id, active, lastReading }) => [id, active, lastReading])).toEqual([
      ['campus:1', false, '3.10'],
      ['campus:2', true, '4'],
    ])
    expect((await listed(desk, { active: true })).total).toBe(1)
  })

  it('follow their rooms: another name, and a list that no longer has them', async () => {
    const desk = await site()
    await desk.run({ dataset: 'addresses' })
    await desk.run({ dataset: 'meters' })
    const renamed = { ...address('1-1', 0, 101), addrName: '东区' }
    desk.reply('addrQuery', { addrObj: [address('H-1', '1-1', 103), renamed] })
    await desk.run({ dataset: 'addresses' })
    expect((await listed(desk, { query: '东区' })).rows).toMatchObject([
      { place: '东区 / H-1', active: true },
    ])
    desk.reply('addrQuery', { addrObj: [renamed] })
    await desk.run({ dataset: 'addresses' })
    expect((await listed(desk)).rows).toMatchObject([{ id: 'campus:77', active: false }])
  })

  it('have a page: no series is made of what was never said, and everything answers', async () => {
    const desk = await site()
    await desk.run({ dataset: 'addresses' })
    await desk.run({ dataset: 'meters' })
    const { handlers } = desk.meters
    const meterId = 'campus:77'
    const now = desk.test.clock.now()
    const range = { from: now - DAY, to: now + DAY }
    const [row] = (await listed(desk)).rows
    const page = await handlers['meters.get'](operatorCall, { meterId })
    expect(page).toMatchObject({ id: meterId, readings: 0, firstReadAt: null, lastReading: '3.10' })
    // as old as the card it stands on, to the second it is kept with
    expect(Math.floor((page.asOf ?? 0) / 1000) * 1000).toBe(row?.lastReadAt)
    expect(await handlers['meters.readings'](operatorCall, { meterId, ...range })).toEqual({
      total: 0,
      rows: [],
      asOf: page.asOf,
    })
    const usage = await handlers['meters.usage'](operatorCall, {
      meterIds: [meterId],
      ...range,
      bucket: 'day',
    })
    expect(new Set(usage.rows.map(({ state }) => state))).toEqual(new Set(['gap']))
    expect(await desk.sync.handlers['meters.fetch'](operatorCall, { meterId, ...range })).toEqual({
      jobId: null,
      reason: 'held',
    })
    // a usage of all meters counts what has a register of its own
    const all = await handlers['meters.usage'](operatorCall, { ...range, bucket: 'day' })
    expect(all.rows).toEqual([])
  })

  it('a meter that a meter system has too is two rows, linked, and one hit and one figure', async () => {
    const desk = await site()
    await desk.run({ dataset: 'addresses' })
    await desk.run({ dataset: 'meters' })
    const summary = async () => await desk.meters.handlers['meters.summary'](operatorCall, {})
    expect(await summary()).toMatchObject({ total: 1, electricity: 1, silent: 0 })
    const imr = meter('d77', { tableNo: '77', typeCode: '1' })
    await desk.test.store.history.write(() => desk.meters.catalogue.upsert([imr], desk.test.clock.now()))
    const all = await desk.meters.handlers['meters.list'](operatorCall, { query: '77' })
    expect(all.rows.map(({ id, sameAs }) => [id, sameAs])).toEqual([
      ['campus:77', 'imr:d77'],
      ['imr:d77', 'campus:77'],
    ])
    const once = async (input: object = {}) =>
      await desk.meters.handlers['meters.list'](operatorCall, { distinct: true, ...input })
    expect(await once()).toMatchObject({ total: 1, rows: [{ id: 'imr:d77' }] })
    expect(await once({ source: 'campus' })).toMatchObject({ total: 0 })
    const found = await desk.meters.handlers['search.find'](operatorCall, { query: '77' })
    expect(found.rows.map(({ id }) => id)).toEqual(['imr:d77'])
    const byRoom = await desk.meters.handlers['search.find'](operatorCall, { query: 'H-1 77' })
    expect(byRoom.rows.map(({ id }) => id)).toEqual(['imr:d77'])
    expect(desk.meters.idOfNumber('77')).toBe('imr:d77')
    expect(await summary()).toMatchObject({ total: 1, electricity: 1 })
  })

  it('those that an older version kept with their rooms only are listed after the next start', async () => {
    const desk = await site()
    await desk.run({ dataset: 'addresses' })
    await desk.test.store.history.write(() =>
      desk.test.store.history
        .statement("INSERT INTO room_meter VALUES ('H-2', '0088', '25', '7.5', 1772294400000)")
        .run(),
    )
    const appeared = new Promise<void>((resolve) =>
      desk.ctx.events.on((event) => event.type === 'changed' && event.area === 'meters' && resolve()),
    )
    desk.rooms.startNight()
    await desk.until(appeared)
    expect((await listed(desk)).rows).toMatchObject([
      { id: 'campus:0088', place: '1-1 / H-2', lastReading: '7.5', lastReadAt: 1772294400000 },
    ])
  })
})
