import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoSite, type DemoSite } from '#main/demo/index.ts'
import { campusCalls, type Auth, type Json } from '../../fixtures/campus-calls.ts'

const NOW = Date.UTC(2026, 10, 22, 2, 30)
let now = NOW
let demo: DemoSite
let calls: ReturnType<typeof campusCalls>
let auth: Auth

beforeAll(async () => {
  demo = await startDemoSite({ now: () => now, gapMs: 0 })
  calls = campusCalls({ url: demo.campusUrl, account: demo.campusAccount, password: demo.campusPassword })
  auth = await calls.login()
})
afterAll(() => demo.close())

const ask = (path: string, body: Json = {}) => calls.ask(path, { ...auth, ...body })
const YEAR = { beginTime: '2025-11-22 00:00:00', endTime: '2026-11-22 23:59:59' }
const rowsOf = (answer: Json, key: string) => answer[key] as Json[]
const roomWith = (use: string) => demo.campus.rooms.find((room) => room.use === use)?.id ?? ''
/** the same keys in the same order, each value of the type of the example */
const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.entries(value).map(([key, of]) => [key, shape(of)])
}

describe('each endpoint answers in the shape of its documented example', () => {
  it('CE-1 login, with a token that holds the password (C-05)', async () => {
    const answer = await calls.ask('login', {
      admin_user_name: demo.campusAccount,
      api_password: demo.campusPassword,
    })
    expect(shape(answer)).toEqual(shape({ code: 200, token: 'eyJ', msg: '登录成功' }))
    expect(JSON.parse(Buffer.from(String(answer['token']), 'base64').toString())).toMatchObject({
      admin_user_name: demo.campusAccount,
      api_password: demo.campusPassword,
    })
    expect((await calls.login()).token).not.toBe((await calls.login()).token)
  })

  it('CE-2 addrQuery: 0 above the root, text above all others, rooms H-… on the fifth level', async () => {
    const answer = await ask('addrQuery')
    const example = [{ addrId: '1-8', addrName: '测试区域', supaddrId: 0, addLevel: 101 }]
    expect(shape(answer)).toEqual(shape({ code: 200, addrObj: example, msg: '成功' }))
    const nodes = rowsOf(answer, 'addrObj')
    const byId = new Map(nodes.map((node) => [node['addrId'], node]))
    expect(byId.size).toBe(nodes.length)
    expect(nodes.filter((node) => node['supaddrId'] === 0)).toHaveLength(1)
    for (const room of nodes.filter((node) => node['addLevel'] === 103)) {
      expect(room['addrId']).toMatch(/^H-\d+$/)
      const above = []
      for (let at = byId.get(room['supaddrId']); at; at = byId.get(at['supaddrId']))
        above.push(at['addLevel'])
      expect(above).toEqual([102, 102, 101, 101])
    }
    expect(demo.campus.rooms).toHaveLength(1700)
    expect(nodes.filter((node) => node['addLevel'] === 103)).toHaveLength(1700)
  })

  it('CE-3 buildTree: the same nodes, leaves without children', async () => {
    const flat: Json[] = []
    const walk = (nodes: Json[]) => {
      for (const { children, ...node } of nodes) {
        flat.push(node)
        expect(children === undefined).toBe(node['addLevel'] === 103)
        walk((children ?? []) as Json[])
      }
    }
    walk(rowsOf(await ask('buildTree'), 'buildingObj'))
    const byId = (a: Json, b: Json) => String(a['addrId']).localeCompare(String(b['addrId']))
    expect(flat.sort(byId)).toEqual(rowsOf(await ask('addrQuery'), 'addrObj').sort(byId))
  })

  it('CE-4 userInfo: numbers for money, text for meters, the numbers of the IMR meters of that room', async () => {
    const example = {
      balance: 80,
      elec_balance: 0,
      water_balance: 0,
      device: [{ tableNo: '23123123', reading: '0.00', tableType: '25' }],
    }
    for (const use of ['dormitory', 'shop', 'flat']) {
      const answer = await ask('userInfo', { roomId: roomWith(use) })
      expect(shape(answer)).toEqual(shape({ code: 200, userInfoObj: example, msg: '成功' }))
    }
    const room = demo.campus.rooms.find(({ meters }) => meters.length === 2 && meters[0]?.imr)
    const { device } = (await ask('userInfo', { roomId: room?.id }))['userInfoObj'] as { device: Json[] }
    for (const { tableNo, tableType } of device)
      expect(tableType).toBe(demo.site.byTableNo(String(tableNo))?.kind === 'water' ? '20' : '25')
    expect(new Set(device.map(({ tableType }) => tableType))).toEqual(new Set(['20', '25']))
  })

  it('every dormitory and shop meter of the IMR system is in exactly one room', () => {
    const inRooms = demo.campus.rooms.flatMap(({ meters }) => meters.flatMap(({ imr }) => imr?.tableNo ?? []))
    const wanted = demo.site.meters.filter((meter) => !meter.hourly).map((meter) => meter.tableNo)
    expect(inRooms.sort()).toEqual(wanted.sort())
  })

  it('CE-7 roomBuyRecord: a year of recharges, text for money, one page after another', async () => {
    const room = { roomId: roomWith('flat'), ...YEAR }
    const answer = await ask('roomBuyRecord', { ...room, pageNo: 1, pageSize: 1000 })
    const example = {
      out_trade_no: 'xxq2024042316452490277109',
      name: '2-210',
      total_fee: '10.00',
      trade_type: '微信充值',
      create_time: '2024-04-23 16:45:24',
    }
    expect(shape(answer)).toEqual(shape({ code: 200, buyObj: [example], totalCount: 2, msg: '成功' }))
    const rows = rowsOf(answer, 'buyObj')
    expect(rows.length).toBeGreaterThan(8)
    expect(answer['totalCount']).toBe(rows.length)
    for (const row of rows) {
      expect(row['out_trade_no']).toMatch(/^xxq\d{22}$/)
      expect(row['total_fee']).toMatch(/^\d+\.\d\d$/)
    }
    const paged = []
    for (let pageNo = 1; pageNo <= Math.ceil(rows.length / 5) + 1; pageNo++)
      paged.push(...rowsOf(await ask('roomBuyRecord', { ...room, pageNo, pageSize: 5 }), 'buyObj'))
    expect(paged).toEqual(rows)
    const third = String(rows[2]?.['create_time'])
    const one = { ...room, beginTime: third, endTime: third, pageNo: 1, pageSize: 10 }
    expect(rowsOf(await ask('roomBuyRecord', one), 'buyObj')).toEqual([rows[2]])
  })

  it('CE-9 roomCostRecord: daily for rooms, monthly for shops; the total is the sum of its parts', async () => {
    const example = {
      cost_time: '2024-04-08 14:59:35',
      name: 'A-101',
      elec_dosage: '102.00',
      elec_amount: 560,
      water_dosage: '59.00',
      water_amount: 59,
      share_amount: 0,
      total_amount: 619,
    }
    const year = { ...YEAR, pageNo: 1, pageSize: 1000 }
    for (const [use, least, most] of [
      ['dormitory', 360, 366],
      ['flat', 360, 366],
      ['shop', 11, 12],
    ] as const) {
      const answer = await ask('roomCostRecord', { roomId: roomWith(use), ...year })
      expect(shape(answer)).toEqual(shape({ code: 200, costObj: [example], totalCount: 2, msg: '成功' }))
      const rows = rowsOf(answer, 'costObj')
      expect(rows.length).toBeGreaterThanOrEqual(least)
      expect(rows.length).toBeLessThanOrEqual(most)
      for (const row of rows) {
        const part = (key: string) => Math.round(Number(row[key]) * 100)
        expect(part('total_amount')).toBe(part('elec_amount') + part('water_amount') + part('share_amount'))
      }
    }
  })

  it('CE-8 noMoreMoneyRoom: strictly below the bound, 0 if there is none; some rooms owe', async () => {
    const example = [{ roomId: 'H-47', name: 'A1011', balance: -10 }]
    const below = async (body: Json) => {
      const answer = await ask('noMoreMoneyRoom', body)
      expect(shape(answer)).toEqual(shape({ code: 200, roomListObj: example, msg: '成功' }))
      return rowsOf(answer, 'roomListObj')
    }
    const owing = await below({})
    expect(owing.length).toBeGreaterThan(10)
    expect(owing.every(({ balance }) => Number(balance) < 0)).toBe(true)
    expect(await below({ money: 0 })).toEqual(owing)
    expect((await below({ money: '20' })).length).toBeGreaterThan(owing.length + 50)
    expect(await below({ money: 1_000_000 })).toHaveLength(1700)
    const edge = Number(owing[0]?.['balance'])
    expect((await below({ money: edge })).map(({ roomId }) => roomId)).not.toContain(owing[0]?.['roomId'])
  })
})

describe('refusals carry the documented codes and no payload', () => {
  const code = async (path: string, body: Json) => {
    const { code: found, msg, ...rest } = await calls.ask(path, body)
    expect([typeof msg, rest]).toEqual(['string', {}])
    return found
  }

  it('at the door', async () => {
    const name = { admin_user_name: demo.campusAccount }
    expect(await code('login', { ...name, api_password: 'no' })).toBe(1005)
    expect(await code('login', { admin_user_name: 'x', api_password: 'y' })).toBe(1002)
    expect(await code('login', name)).toBe(1008)
    expect(await code('addrQuery', name)).toBe(1008)
    expect(await code('addrQuery', { ...name, token: 'zzz' })).toBe(1006)
    expect(await code('addrQuery', { ...auth, admin_user_name: 'other' })).toBe(1009)
    now = NOW + 2 * 3_600_000
    expect(await code('addrQuery', auth)).toBe(1007)
    now = NOW
  })

  it('for fields that are missing or wrong', async () => {
    const page = { ...auth, roomId: 'H-1', ...YEAR, pageNo: 1, pageSize: 10 }
    expect(await code('userInfo', auth)).toBe(1008)
    expect(await code('userInfo', { ...auth, roomId: '2-1' })).toBe(1001)
    expect(await code('hasRefundOrder', auth)).toBe(1008)
    expect(await code('roomBuyRecord', { ...page, endTime: 'soon' })).toBe(1008)
    expect(await code('roomCostRecord', { ...page, pageNo: '1' })).toBe(1008)
    expect(await code('noMoreMoneyRoom', { ...auth, money: '1,000' })).toBe(1008)
  })

  it('keeps to POST with JSON under its own base', async () => {
    expect((await calls.post('nothing', auth)).status).toBe(404)
    expect((await fetch(`${demo.campusUrl}addrQuery`)).status).toBe(405)
    const form = { method: 'POST', body: new URLSearchParams(auth) }
    expect(await (await fetch(`${demo.campusUrl}addrQuery`, form)).json()).toMatchObject({ code: 1008 })
    expect((await fetch(demo.campusUrl.replace('/api/user/', '/addrQuery'), form)).status).toBe(404)
  })
})
