import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startCampusVendor, type CampusVendor } from '#main/demo/campus/index.ts'
import { campusCalls, type Auth, type Json } from '../../fixtures/campus-calls.ts'

const NOW = Date.UTC(2026, 10, 22, 2, 30)
const LATE_MS = 5000
let now = NOW
let vendor: CampusVendor
let calls: ReturnType<typeof campusCalls>
let auth: Auth
let serial = 0

beforeAll(async () => {
  vendor = await startCampusVendor({ now: () => now, lateMs: LATE_MS })
  calls = campusCalls(vendor)
  auth = await calls.login()
})
afterEach(async () => {
  await vendor.heal()
  now = NOW
})
afterAll(() => vendor.close())

const nextNo = () => `tst20261122103000${String(++serial).padStart(8, '0')}`
const recharge = (more: Json = {}) => ({
  ...auth,
  roomId: 'H-3',
  type: 2,
  out_trade_no: nextNo(),
  total_fee: 10,
  ...more,
})
const ask = (path: string, body: Json = {}) => calls.ask(path, { ...auth, ...body })
const send = (body: Json) => calls.ask('userBalanceQuery', body)
const known = async (no: unknown) => (await ask('hasRefundOrder', { out_trade_no: no }))['result']
const last = () => vendor.ledger().at(-1)
const listed = async (body: Json) => {
  const window = {
    beginTime: '2026-11-22 10:30:00',
    endTime: '2026-11-22 10:40:00',
    pageNo: 1,
    pageSize: 100,
  }
  const rows = (await ask('roomBuyRecord', { roomId: body['roomId'], ...window }))['buyObj'] as Json[]
  return rows.find((row) => row['out_trade_no'] === body['out_trade_no'])
}

describe('a recharge', () => {
  it('is in the ledger, the order query, the records and the balance, to the fen', async () => {
    const body = recharge({ total_fee: 0.29, type: 1 })
    const before = vendor.balanceOf('H-3') ?? 0
    const sum = vendor.appliedFen()
    expect(await known(body.out_trade_no)).toBe(0)
    expect(await send(body)).toEqual({ code: 200, msg: '充值成功' })
    expect(await known(body.out_trade_no)).toBe(1)
    expect(last()).toEqual({ outTradeNo: body.out_trade_no, roomId: 'H-3', amountFen: 29, at: NOW })
    expect(vendor.appliedFen() - sum).toBe(29)
    expect(vendor.balanceOf('H-3')).toBe(before + 29)
    const { balance } = (await ask('userInfo', { roomId: 'H-3' }))['userInfoObj'] as Json
    expect(Math.round(Number(balance) * 100)).toBe(before + 29)
    expect(await listed(body)).toEqual({
      out_trade_no: body.out_trade_no,
      name: vendor.rooms[2]?.name,
      total_fee: '0.29',
      trade_type: '微信充值',
      create_time: '2026-11-22 10:30:00',
    })
  })

  it('is taken once: the same number is refused with 1010, whatever room and amount it names', async () => {
    const body = recharge()
    expect(await send(body)).toMatchObject({ code: 200 })
    const sum = vendor.appliedFen()
    for (const again of [body, { ...body, roomId: 'H-4', total_fee: 99 }])
      expect(await send(again)).toMatchObject({ code: 1010 })
    expect(vendor.appliedFen()).toBe(sum)
  })

  it('is refused when a field is missing, odd or no room’s', async () => {
    const count = vendor.ledger().length
    const bad: [Json, number][] = [
      [{ total_fee: undefined }, 1008],
      [{ total_fee: '10' }, 1008],
      [{ total_fee: 0 }, 1001],
      [{ total_fee: -1 }, 1001],
      [{ total_fee: 1.005 }, 1001],
      [{ out_trade_no: '' }, 1008],
      [{ out_trade_no: 'x'.repeat(65) }, 1001],
      [{ type: undefined }, 1008],
      [{ type: 3 }, 1001],
      [{ roomId: '2-1' }, 1001],
      [{ roomId: undefined }, 1008],
      [{ token: 'stale' }, 1006],
    ]
    for (const [more, code] of bad) expect([more, (await send(recharge(more)))['code']]).toEqual([more, code])
    expect(vendor.ledger()).toHaveLength(count)
  })
})

describe('faults of a recharge', () => {
  const lost = async (body: Json) => expect(calls.post('userBalanceQuery', body)).rejects.toThrow()

  it('an answer lost after it was applied, and a request lost before', async () => {
    const applied = recharge()
    await vendor.setFault('answerLost', 1)
    await lost(applied)
    expect(await known(applied.out_trade_no)).toBe(1)
    expect(await send(applied)).toMatchObject({ code: 1010 })
    const dropped = recharge()
    await vendor.setFault('requestLost', 1, 'userBalanceQuery')
    await lost(dropped)
    expect(await known(dropped.out_trade_no)).toBe(0)
    expect(await send(dropped)).toMatchObject({ code: 200 })
  })

  it('a stall before and a stall after it was applied, both until let go', async () => {
    for (const [kind, result] of [
      ['stall', 0],
      ['stallApplied', 1],
    ] as const) {
      const body = recharge()
      const seen = vendor.calls('userBalanceQuery')
      await vendor.setFault(kind, true, 'userBalanceQuery')
      const held = lost(body)
      await expect.poll(() => vendor.calls('userBalanceQuery')).toBe(seen + 1)
      expect(await known(body.out_trade_no)).toBe(result)
      await vendor.heal()
      await held
    }
  })

  it('gateway pages and half answers: 504 and cut JSON come after it was applied, 500 and 502 before', async () => {
    for (const [kind, status, result] of [
      ['gatewayTimeout', 504, 1],
      ['serverError', 500, 0],
      ['htmlPage', 200, 0],
      ['cutJson', 200, 1],
    ] as const) {
      const body = recharge()
      await vendor.setFault(kind, 1, 'userBalanceQuery')
      const answer = await calls.post('userBalanceQuery', body)
      expect([kind, answer.status]).toEqual([kind, status])
      await expect(answer.json()).rejects.toThrow()
      expect([kind, await known(body.out_trade_no)]).toEqual([kind, result])
    }
  })

  it('every code, nothing applied', async () => {
    const codes = {
      failed: 1001,
      noAccount: 1002,
      wrongPassword: 1005,
      noToken: 1006,
      expired: 1007,
      missing: 1008,
      mismatch: 1009,
      duplicate: 1010,
      tooFast: 1011,
    } as const
    for (const kind of Object.keys(codes) as (keyof typeof codes)[]) {
      const body = recharge()
      await vendor.setFault(kind, 1, 'userBalanceQuery')
      expect(await send(body)).toMatchObject({ code: codes[kind] })
      expect(await known(body.out_trade_no)).toBe(0)
      expect(vendor.faults()).toEqual([])
    }
  })

  it('applied only seconds later: said 200, unknown until then, never twice', async () => {
    const body = recharge()
    await vendor.setFault('lateApply', 1)
    const sum = vendor.appliedFen()
    expect(await send(body)).toMatchObject({ code: 200 })
    expect([await known(body.out_trade_no), vendor.appliedFen()]).toEqual([0, sum])
    expect(await send(body)).toMatchObject({ code: 1010 })
    now = NOW + LATE_MS
    expect([await known(body.out_trade_no), vendor.appliedFen()]).toEqual([1, sum + 1000])
    expect(last()?.at).toBe(NOW + LATE_MS)
  })

  it('said 200 and forgotten; applied and listed with another amount; applied and not to be found', async () => {
    const forgotten = recharge()
    await vendor.setFault('neverApplied', 1)
    expect(await send(forgotten)).toMatchObject({ code: 200 })
    expect(await known(forgotten.out_trade_no)).toBe(0)
    const other = recharge()
    await vendor.setFault('amountMismatch', 1)
    await send(other)
    expect(await listed(other)).toMatchObject({ total_fee: '11.00' })
    expect(last()).toMatchObject({ outTradeNo: other.out_trade_no, amountFen: 1000 })
    await vendor.setFault('orderHidden', true)
    expect(await known(other.out_trade_no)).toBe(0)
    await vendor.setFault('orderHidden', false)
    expect(await known(other.out_trade_no)).toBe(1)
  })
})

describe('faults in general', () => {
  it('strike where they are set for, as often as asked, and log-ins only by name', async () => {
    await vendor.setFault('serverError', 2, 'userInfo')
    await vendor.setFault('tooFast', 1)
    await calls.login()
    expect(await ask('addrQuery')).toMatchObject({ code: 1011 })
    expect(vendor.faults()).toEqual(['serverError'])
    for (const status of [500, 500, 200])
      expect((await calls.post('userInfo', { ...auth, roomId: 'H-1' })).status).toBe(status)
    await vendor.setFault('failed', true, 'login')
    expect(await ask('addrQuery')).toMatchObject({ code: 200 })
    expect(await calls.ask('login', {})).toMatchObject({ code: 1001 })
    await vendor.setFault('failed', false, 'login')
    expect(vendor.faults()).toEqual([])
  })

  it('can expire all tokens, be down and come back on the same port with its ledger', async () => {
    await vendor.setFault('tokenExpiry', true)
    expect(await ask('addrQuery')).toMatchObject({ code: 1007 })
    auth = await calls.login()
    const ledger = vendor.ledger()
    await vendor.setFault('down', true)
    await expect(ask('addrQuery')).rejects.toThrow()
    await vendor.setFault('down', false)
    expect(await ask('addrQuery')).toMatchObject({ code: 200 })
    expect(vendor.ledger()).toEqual(ledger)
  })

  it('can shuffle the tree, with an orphan and a circle', async () => {
    const plain = (await ask('addrQuery'))['addrObj'] as Json[]
    await vendor.setFault('oddTree', 1, 'addrQuery')
    const odd = (await ask('addrQuery'))['addrObj'] as Json[]
    expect(odd.slice(0, plain.length)).toEqual(plain.toReversed())
    const ids = new Set(odd.map(({ addrId }) => addrId))
    const above = new Map(odd.map(({ addrId, supaddrId }) => [addrId, supaddrId]))
    expect(odd.filter(({ supaddrId }) => supaddrId !== 0 && !ids.has(supaddrId))).toHaveLength(1)
    expect(odd.filter(({ addrId }) => above.get(above.get(addrId)) === addrId)).toHaveLength(2)
  })
})
