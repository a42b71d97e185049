import { afterEach, describe, expect, it } from 'vitest'
import { openCampusSlice, type CampusSlice } from '../../fixtures/campus-site.ts'
import { DAY } from '#shared/time.ts'

let slice: CampusSlice
afterEach(() => slice.close())

/** The console's own client must understand this vendor, or neither can be trusted about the other. */
describe('the campus client at the simulated campus', () => {
  it('reads the tree, a room, its year, and all balances', async () => {
    slice = await openCampusSlice()
    const { client, vendor, clock, until } = slice
    const [list, tree] = [await until(client.addrQuery()), await until(client.buildTree())]
    expect([list.bad, tree.bad]).toEqual([[], []])
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id)
    expect([...tree.rows].sort(byId)).toEqual([...list.rows].sort(byId))
    expect(list.rows.filter(({ level }) => level === 103)).toHaveLength(vendor.rooms.length)
    const room = vendor.rooms.at(-1)
    if (!room) throw new Error('no room')
    const info = await until(client.userInfo(room.id))
    expect(info.balance).toMatchObject({ fen: vendor.balanceOf(room.id), exact: true })
    expect(info.meters.map(({ tableNo }) => tableNo)).toEqual(room.meters.map(({ tableNo }) => tableNo))
    const month = { roomId: room.id, from: clock.now() - 30 * DAY, to: clock.now(), page: 1, pageSize: 500 }
    const bought = await until(client.roomBuyRecord(month))
    const cost = await until(client.roomCostRecord(month))
    expect([bought.bad, cost.bad]).toEqual([[], []])
    expect(bought.rows.length).toBeGreaterThan(0)
    expect(cost.rows.length).toBeGreaterThan(25)
    expect(cost.rows.every(({ sumOk }) => sumOk)).toBe(true)
    const low = await until(client.noMoreMoneyRoom(100_000_000))
    expect(low.rows).toHaveLength(vendor.rooms.length)
    for (const { roomId, balance } of low.rows) expect(balance.fen).toBe(vendor.balanceOf(roomId))
  })

  it('recharges, and tells every fault for what it proved', async () => {
    slice = await openCampusSlice()
    const { client, vendor, until } = slice
    let serial = 0
    const recharge = (amountFen: number) => {
      const outTradeNo = `tst${String(++serial).padStart(22, '0')}`
      return until(client.recharge({ roomId: 'H-1', outTradeNo, amountFen }))
    }
    expect(await recharge(12_345)).toEqual({ kind: 'accepted' })
    expect(vendor.appliedFen()).toBe(12_345)
    await vendor.setFault('noToken', 1, 'userBalanceQuery')
    expect(await recharge(100)).toEqual({ kind: 'accepted' })
    const proved = [
      ['answerLost', 'unknown'],
      ['requestLost', 'unknown'],
      ['gatewayTimeout', 'unknown'],
      ['serverError', 'unknown'],
      ['htmlPage', 'unknown'],
      ['cutJson', 'unknown'],
      ['failed', 'unknown'],
      ['duplicate', 'duplicate'],
    ] as const
    for (const [kind, wanted] of proved) {
      await vendor.setFault(kind, 1, 'userBalanceQuery')
      expect([kind, (await recharge(100)).kind]).toEqual([kind, wanted])
    }
    expect(vendor.ledger()).toHaveLength(5)
    expect(await until(client.hasRefundOrder('tst0000000000000000000001'))).toBe(true)
    await vendor.setFault('down', true)
    expect((await recharge(100)).kind).toBe('notSent')
    await vendor.setFault('down', false)
    await vendor.setFault('missing', 1, 'userBalanceQuery')
    expect((await recharge(100)).kind).toBe('rejected')
    expect(vendor.ledger()).toHaveLength(5)
  })

  it('is held by a stall, and then says that it does not know', async () => {
    slice = await openCampusSlice()
    const { client, vendor, until } = slice
    await until(client.login())
    await vendor.setFault('stallApplied', true)
    const sent = client.recharge({ roomId: 'H-2', outTradeNo: 'tst0000000000000000000009', amountFen: 500 })
    await expect.poll(() => vendor.appliedFen()).toBe(500)
    await vendor.setFault('stallApplied', false)
    expect((await until(sent)).kind).toBe('unknown')
  })
})

describe('the same without sockets', () => {
  it('posts a thousand recharges, and a stall ends on the test’s clock', async () => {
    slice = await openCampusSlice({ inMemory: true })
    const { client, vendor, clock, until } = slice
    const recharge = (n: number) =>
      until(
        client.recharge({
          roomId: vendor.rooms[n % vendor.rooms.length]?.id ?? '',
          outTradeNo: `tst${String(n).padStart(22, '0')}`,
          amountFen: 100 + n,
        }),
      )
    let sum = 0
    for (let n = 0; n < 1000; n++) {
      expect(await recharge(n)).toEqual({ kind: 'accepted' })
      sum += 100 + n
    }
    expect(vendor.appliedFen()).toBe(sum)
    const before = clock.now()
    await vendor.setFault('stallApplied', 1)
    expect((await recharge(1000)).kind).toBe('unknown')
    expect(clock.now() - before).toBe(30_000)
    expect(vendor.appliedFen()).toBe(sum + 1100)
    await vendor.setFault('down', true)
    expect((await recharge(1001)).kind).toBe('notSent')
    expect(vendor.calls('userBalanceQuery')).toBe(1001)
  })
})
