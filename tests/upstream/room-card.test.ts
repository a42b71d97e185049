import { afterEach, describe, expect, it } from 'vitest'
import { roomStore } from '#core/rooms/store.ts'
import { contract } from '#shared/contract/index.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { address, buy, openRoomSite, path } from '../fixtures/room-site.ts'
import { operatorCall } from '../fixtures/sync-site.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})
async function site() {
  const opened = await openRoomSite()
  open.push(opened.close)
  return opened
}

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
    const named = ['77', '1-1 / H-1', '1-1'].map((text) => rooms.resolveName(text))
    expect(await Promise.all(named)).toEqual(['H-1', 'H-1', null])
    await test.clock.advance(59_000)
    await card()
    expect(server.of(path('userInfo'))).toHaveLength(1)
  })

  it("takes what comes after the computer's clock was set back", async () => {
    const { server, test, ctx, rooms, reply, run, until, rows } = await site()
    await run()
    const ahead = rooms.balanceOf('H-1')?.at ?? 0
    test.clock.setWall(ahead - 30 * DAY)
    await test.clock.advance(HOUR)
    reply('userInfo', { userInfoObj: { balance: 51, elec_balance: 3, water_balance: 4, device: [] } })
    // the card of a coming day is old
    const renewed = new Promise<void>((resolve) => {
      const ignore = ctx.events.on((event) => {
        if (event.type !== 'changed' || event.area !== 'rooms' || !event.ids?.includes('H-1')) return
        ignore()
        resolve()
      })
    })
    const now = test.clock.now()
    expect(await rooms.handlers['rooms.get'](operatorCall, { roomId: 'H-1' })).toMatchObject({ asOf: ahead })
    await until(renewed)
    const balances = { balanceFen: 5100, electricityFen: 300, waterFen: 400, at: now }
    expect(await rooms.handlers['rooms.get'](operatorCall, { roomId: 'H-1' })).toMatchObject({ balances })
    expect(rooms.balanceOf('H-1')).toEqual({ balanceFen: 5100, at: now })
    // and so is every list of a coming day, for the whole site
    reply('noMoreMoneyRoom', { roomListObj: [{ roomId: 'H-2', balance: 9 }] })
    reply('roomBuyRecord', {
      buyObj: [{ ...buy, out_trade_no: 'w2', create_time: '2026-01-29 08:00:00' }],
      totalCount: 1,
    })
    expect(await run()).toMatchObject({ state: 'done' })
    expect(rooms.balanceOf('H-2')).toMatchObject({ balanceFen: 5100 })
    expect(rooms.balanceOf('H-2')?.at).toBeLessThanOrEqual(test.clock.now())
    expect(rows('room_recharge')).toHaveLength(4)
    expect(server.of(path('roomBuyRecord')).at(-1)?.fields['endTime']).toBe('2026-01-30 00:57:59')
  })

  it('does not fall back to a list that was read before it', async () => {
    const { test, rooms, run } = await site()
    await run()
    const { history } = test.store
    const at = rooms.balanceOf('H-1')?.at ?? 0
    const row = { roomId: 'H-1', name: 'x', balance: { fen: 9900, raw: '99', exact: true } }
    await history.write(() => roomStore(history, test.clock).balances([row], at - 1))
    expect(rooms.balanceOf('H-1')).toEqual({ balanceFen: 700, at })
  })

  it('is found in a list like every other: all without a query, paged, a hundred by itself', async () => {
    const { rooms, reply, run } = await site()
    const houses = Array.from({ length: 150 }, (_, i) => address(`H-${1000 + i}`, '1-1', 103))
    reply('addrQuery', { addrObj: [address('1-1', 0, 101), ...houses] })
    await run({ dataset: 'addresses' })
    const { input } = contract['rooms.search']
    const search = async (filter: object) => {
      const { total, rows } = await rooms.handlers['rooms.search'](operatorCall, input.parse(filter))
      return { total, ids: rows.map(({ id }) => id) }
    }
    const all = await search({ limit: 1000 })
    expect(all).toEqual({ total: 151, ids: [...houses.map(({ addrId }) => addrId), '1-1'] })
    expect(await search({})).toEqual({ total: 151, ids: all.ids.slice(0, 100) })
    expect(await search({ query: ' ', offset: 100 })).toEqual({ total: 151, ids: all.ids.slice(100) })
    expect(await search({ query: 'H-10', offset: 2, limit: 1 })).toEqual({ total: 100, ids: ['H-1002'] })
    expect(await rooms.find(' ', 20)).toEqual([])
  })

  it('low rooms, also at the bound, with who was told (C-43)', async () => {
    const { rooms, run } = await site()
    await run({ dataset: 'addresses' })
    await run({ dataset: 'balances' })
    await rooms.handlers['rooms.tell'](operatorCall, { roomId: 'H-1', how: 'phone' })
    const low = await rooms.handlers['rooms.lowBalance'](operatorCall, {})
    expect(low).toMatchObject({
      total: 1,
      rows: [{ id: 'H-1', balanceFen: 2000, lastTold: { operator: 'lin', how: 'phone' } }],
    })
  })
})
