import { describe, expect, it } from 'vitest'
import { campusBase } from '#core/upstream/campus.ts'
import { meterKindOf } from '#core/upstream/index.ts'
import type { CampusClient } from '#core/upstream/index.ts'
import { vendorError, type Answer } from '../fixtures/vendor-server.ts'
import { campusBench, DAY_WINDOW, many } from './harness.ts'

const path = (endpoint: string) => `api/user/${endpoint}`
const RECHARGE = path('userBalanceQuery')
const LOGIN = path('login')
const ok = (more: object = {}): Answer => ({ body: { code: 200, msg: 'ok', ...more } })
const order = { roomId: 'H-47', outTradeNo: 'sdk2026022810000012345678', amountFen: 30 }
const records = { roomId: 'H-47', ...DAY_WINDOW, page: 1, pageSize: 500 }

describe('what is sent (CE-1 … CE-9)', () => {
  const calls: [string, (campus: CampusClient) => Promise<unknown>, object, object][] = [
    ['addrQuery', (campus) => campus.addrQuery(), {}, {}],
    ['buildTree', (campus) => campus.buildTree(), {}, {}],
    ['userInfo', (campus) => campus.userInfo('H-47'), { roomId: 'H-47' }, { userInfoObj: { balance: 1 } }],
    [
      'userBalanceQuery',
      (campus) => campus.recharge(order),
      { roomId: 'H-47', type: 2, out_trade_no: order.outTradeNo, total_fee: 0.3 },
      {},
    ],
    ['hasRefundOrder', (campus) => campus.hasRefundOrder('a1'), { out_trade_no: 'a1' }, { result: 1 }],
    // C-30, C-31, C-32
    [
      'roomBuyRecord',
      (campus) => campus.roomBuyRecord(records),
      {
        roomId: 'H-47',
        beginTime: '2026-02-28 00:00:00',
        endTime: '2026-02-28 23:59:59',
        pageNo: 1,
        pageSize: 500,
      },
      {},
    ],
    // C-33
    [
      'roomCostRecord',
      (campus) => campus.roomCostRecord({ ...records, pageSize: 5000 }),
      {
        roomId: 'H-47',
        beginTime: '2026-02-28 00:00:00',
        endTime: '2026-02-28 23:59:59',
        pageNo: 1,
        pageSize: 1000,
      },
      {},
    ],
    // C-43
    ['noMoreMoneyRoom', (campus) => campus.noMoreMoneyRoom(0), { money: 0 }, {}],
  ]
  it.each(calls)(
    '%s: JSON with token and account in the body, and nothing else (C-01)',
    async (endpoint, call, fields, more) => {
      const { server, campus, run } = await campusBench()
      server.replies.set(path(endpoint), ok(more))
      await run(call(campus))
      const [token] = server.tokens
      const [sent] = server.of(path(endpoint))
      expect(sent?.contentType).toBe('application/json; charset=utf-8')
      expect(sent?.fields).toEqual({ token, admin_user_name: server.account, ...fields })
    },
  )

  it('the documented path is added once, whatever the base ends in (C-02)', () => {
    const wanted = 'http://127.0.0.1:9/api/user'
    const bases = ['http://127.0.0.1:9', 'http://127.0.0.1:9/', wanted, `${wanted}/`, `${wanted}// `]
    expect(bases.map(campusBase)).toEqual(bases.map(() => wanted))
  })

  it('a token that is no base64 goes back as it came (C-06)', async () => {
    const { server, campus, run } = await campusBench()
    const token = `${'e'.repeat(90)}!`
    server.script(LOGIN, ok({ token }))
    server.tokens.add(token)
    server.replies.set(path('addrQuery'), ok({ addrObj: [] }))
    await run(campus.addrQuery())
    expect(server.of(path('addrQuery'))[0]?.fields['token']).toBe(token)
  })
})

describe('what is understood', () => {
  async function ask<T>(endpoint: string, answer: object, call: (campus: CampusClient) => Promise<T>) {
    const { server, campus, run } = await campusBench()
    server.replies.set(path(endpoint), ok(answer))
    return run(call(campus))
  }

  it('five ways to be a root, two names of the level, codes as text (C-08, C-09, C-10)', async () => {
    const addrObj = [0, '0', '', null, undefined].map((supaddrId, i) => ({
      addrId: `1-${i}`,
      addrName: 'A',
      supaddrId,
      ...(i % 2 ? { addLevel: '103' } : { addrLevel: 104 }),
    }))
    const { rows, bad } = await ask('addrQuery', { code: '200', addrObj }, (campus) => campus.addrQuery())
    expect(bad).toEqual([])
    expect(rows.map((row) => [row.parentId, row.level])).toEqual([
      [null, 104],
      [null, 103],
      [null, 104],
      [null, 103],
      [null, 104],
    ])
  })

  it('the tree as a list; four ways to have no children (C-14)', async () => {
    const leaf = (addrId: string, more: object) => ({
      addrId,
      addrName: addrId,
      supaddrId: 'a',
      addLevel: 103,
      ...more,
    })
    const children = [
      leaf('1', {}),
      leaf('2', { children: null }),
      leaf('3', { children: [] }),
      leaf('4', { children: '' }),
    ]
    const buildingObj = [{ addrId: 'a', addrName: 'a', supaddrId: 0, addLevel: 101, children }]
    const { rows } = await ask('buildTree', { buildingObj }, (campus) => campus.buildTree())
    expect(rows.map((row) => row.id)).toEqual(['a', '1', '2', '3', '4'])
  })

  it.each([
    [80, 8000],
    ['80.00', 8000],
    [-10, -1000],
    ['-10.5', -1050],
  ])('balance %j is %i fen; three numbers, no sum (C-15, C-16)', async (balance, fen) => {
    const userInfoObj = { balance, elec_balance: '1.005', water_balance: '1e3', device: '' }
    const room = await ask('userInfo', { userInfoObj }, (campus) => campus.userInfo('H-47'))
    expect(room.balance.fen).toBe(fen)
    expect(room.electricityBalance).toEqual({ fen: 101, raw: '1.005', exact: false })
    expect(room.waterBalance).toEqual({ fen: null, raw: '1e3', exact: true })
    expect(room.meters).toEqual([])
    expect(Object.keys(room)).toEqual(['balance', 'electricityBalance', 'waterBalance', 'meters'])
  })

  it('meters of a room, and none where the key is missing (C-17, C-19)', async () => {
    const device = [{ tableNo: '23123123', reading: '0.00', tableType: 25 }, { reading: '1' }]
    const found = await ask('userInfo', { userInfoObj: { balance: 0, device } }, (c) => c.userInfo('H-47'))
    expect(found.meters).toEqual([{ tableNo: '23123123', typeCode: '25', reading: '0.00' }])
    const none = await ask('userInfo', { userInfoObj: { balance: 0 } }, (c) => c.userInfo('H-47'))
    expect(none.meters).toEqual([])
    expect([meterKindOf('campus', '25'), meterKindOf('imr', '25'), meterKindOf('imr', '20')]).toEqual([
      'electricity',
      'unknown',
      'water',
    ])
  })

  it('recharges with what they were (C-35, C-37, C-38)', async () => {
    const row = (trade_type: string, total_fee: unknown) => ({
      out_trade_no: '000123456789012345',
      name: '2-210',
      total_fee,
      trade_type,
      create_time: '2026-02-28 10:00:00',
    })
    const buyObj = [row('微信充值', '10.00'), row('一卡通充值', 10), row('现金', '0.29')]
    const page = await ask('roomBuyRecord', { buyObj, totalCount: '3' }, (c) => c.roomBuyRecord(records))
    expect(page.rows.map((one) => [one.outTradeNo, one.type, one.tradeType, one.amount.fen])).toEqual([
      ['000123456789012345', 1, '微信充值', 1000],
      ['000123456789012345', 2, '一卡通充值', 1000],
      ['000123456789012345', null, '现金', 29],
    ])
    expect(page.total).toBe(3)
    expect(page.rows[0]?.at).toBe(Date.parse('2026-02-28T10:00:00+08:00'))
  })

  it('costs under their own name, mixed types, a wrong sum told of and kept (C-39, C-40, C-41)', async () => {
    const cost = { cost_time: '2026-02-28 00:00:00', name: 'x', elec_dosage: '102.00', water_dosage: '59.00' }
    const right = { ...cost, elec_amount: 560, water_amount: '59.00', share_amount: 0, total_amount: 619 }
    const costObj = [right, { ...right, total_amount: 619.01 }]
    const page = await ask('roomCostRecord', { costObj }, (campus) => campus.roomCostRecord(records))
    expect(page.rows.map((one) => [one.total.fen, one.sumOk])).toEqual([
      [61900, true],
      [61901, false],
    ])
  })

  it('what the platform calls low is low, also at the bound (C-43); 50,000 rooms come in one answer (C-44)', async () => {
    const roomListObj = many(50_000, (n) => ({ roomId: `H-${n}`, name: 'A', balance: n % 2 ? 20 : '-10' }))
    const found = await ask('noMoreMoneyRoom', { roomListObj }, (campus) => campus.noMoreMoneyRoom(2000))
    expect(found.rows).toHaveLength(50_000)
    expect(found.rows[1]?.balance.fen).toBe(2000)
  })

  it.each([
    [1, true],
    ['1', true],
    [true, true],
    [0, false],
    ['0', false],
    [false, false],
  ])('result %j of the order question: %s (C-28)', async (result, exists) => {
    expect(await ask('hasRefundOrder', { result }, (campus) => campus.hasRefundOrder('a'))).toBe(exists)
  })

  it.each(['yes', 2, null, undefined])('result %j is no answer (C-28)', async (result) => {
    const { server, campus, fails } = await campusBench()
    server.replies.set(path('hasRefundOrder'), ok({ result }))
    expect((await fails(campus.hasRefundOrder('a'))).fault).toBe('malformed')
  })
})

describe('failures of reads', () => {
  it.each([undefined, null, [], ''])('1007 wins over a payload of %j (C-45)', async (addrObj) => {
    const { server, campus, run } = await campusBench()
    server.replies.set(path('addrQuery'), ok({ addrObj: [] }))
    server.script(path('addrQuery'), { body: { code: 1007, msg: 'x', addrObj } })
    await run(campus.addrQuery())
    expect(server.of(LOGIN)).toHaveLength(2)
  })

  it('500 with a code in its body is that code (C-51)', async () => {
    const { server, campus, run } = await campusBench()
    server.replies.set(path('addrQuery'), ok({ addrObj: [] }))
    server.script(path('addrQuery'), { status: 500, body: { code: 1007 } })
    await run(campus.addrQuery())
    expect([server.of(LOGIN).length, server.of(path('addrQuery')).length]).toEqual([2, 2])
  })

  it('two requests that meet 1007 at once log in once (C-07)', async () => {
    const { server, campus, run } = await campusBench()
    server.replies.set(path('addrQuery'), ok({ addrObj: [] }))
    server.replies.set(path('userInfo'), ok({ userInfoObj: { balance: 1 } }))
    await run(campus.login())
    server.expireTokens()
    await run(Promise.all([campus.addrQuery(), campus.userInfo('H-47')]))
    expect(server.of(LOGIN)).toHaveLength(2)
  })

  it('1009 twice pauses that endpoint only (C-47)', async () => {
    const { server, campus, run, fails } = await campusBench()
    server.replies.set(path('addrQuery'), vendorError(1009))
    server.replies.set(path('userInfo'), ok({ userInfoObj: { balance: 1 } }))
    expect((await fails(campus.addrQuery())).fault).toBe('denied')
    await run(campus.userInfo('H-47'))
    await fails(campus.addrQuery())
    expect([server.of(LOGIN).length, server.of(path('addrQuery')).length]).toEqual([2, 2])
  })

  it('an unknown code is told and not repeated (C-46); soap is no answer (C-01)', async () => {
    const { server, campus, fails } = await campusBench()
    server.replies.set(path('addrQuery'), vendorError(1003))
    expect((await fails(campus.addrQuery())).fault).toBe('unknownCode')
    expect(server.of(path('addrQuery'))).toHaveLength(1)
    server.replies.set(path('addrQuery'), { body: '<soap:Envelope/>' })
    expect((await fails(campus.addrQuery())).fault).toBe('html')
  })
})

describe('a recharge is sent once (C-20, §7.1)', () => {
  const doubtful: [string, Answer][] = [
    ['1001', vendorError(1001)],
    ['an unknown code', vendorError(4711)],
    ['500', { status: 500, body: 'x' }],
    ['a page', { body: '<html/>' }],
    ['a captive portal', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['429 without a code', { status: 429, body: 'slow down' }],
    ['an empty body', { body: '' }],
    ['a comma too much', { body: '{"code":200,"msg":"x",}' }],
    ['two codes', { body: '{"code":1001,"code":200}' }],
    ['no code', { body: { msg: '充值成功' } }],
    ['a cut answer', { body: { code: 200, msg: 'ok' }, cutAt: 5 }],
  ]
  it.each(doubtful)('%s: unknown, and never again', async (_, answer) => {
    const { server, campus, run } = await campusBench()
    server.replies.set(RECHARGE, answer)
    expect((await run(campus.recharge(order))).kind).toBe('unknown')
    expect(server.of(RECHARGE)).toHaveLength(1)
  })

  it.each([
    ['200', ok(), 'accepted'],
    ['"200"', ok({ code: '200' }), 'accepted'],
    ['1002', vendorError(1002), 'rejected'],
    ['1005', vendorError(1005), 'rejected'],
    ['1008', vendorError(1008), 'rejected'],
    ['500 with 1008', { status: 500, body: { code: 1008 } }, 'rejected'],
    ['1010', vendorError(1010), 'duplicate'],
    ['1011', vendorError(1011), 'tooFast'],
  ] as [string, Answer, string][])('%s: %s', async (_, answer, kind) => {
    const { server, campus, run } = await campusBench()
    server.replies.set(RECHARGE, answer)
    expect((await run(campus.recharge(order))).kind).toBe(kind)
    expect(server.of(RECHARGE)).toHaveLength(1)
  })

  it.each([1006, 1007, 1009])('%i at the door: the same number once more; twice is a no', async (code) => {
    const { server, campus, run } = await campusBench()
    server.replies.set(RECHARGE, ok())
    server.script(RECHARGE, vendorError(code))
    expect((await run(campus.recharge(order))).kind).toBe('accepted')
    const numbers = server.of(RECHARGE).map((request) => request.fields['out_trade_no'])
    expect(numbers).toEqual([order.outTradeNo, order.outTradeNo])

    const other = await campusBench()
    other.server.replies.set(RECHARGE, vendorError(code))
    expect((await other.run(other.campus.recharge(order))).kind).toBe('rejected')
    expect(other.server.of(RECHARGE)).toHaveLength(2)
  })

  it('nothing there to take it: not sent', async () => {
    const { campus, run } = await campusBench({ access: { baseUrl: 'http://127.0.0.1:1' } })
    expect((await run(campus.recharge(order))).kind).toBe('notSent')
  })

  it('the log-in fails: not sent, or rejected where the account is refused', async () => {
    const { server, campus, run } = await campusBench()
    server.script(LOGIN, { status: 500, body: 'x' })
    expect((await run(campus.recharge(order))).kind).toBe('notSent')
    server.script(LOGIN, vendorError(1005))
    expect((await run(campus.recharge(order))).kind).toBe('rejected')
    expect(server.of(RECHARGE)).toEqual([])
  })

  it.each([0, -1, 0.5, Number.NaN])('%d fen never leaves (C-21)', async (amountFen) => {
    const { server, campus, run } = await campusBench()
    expect((await run(campus.recharge({ ...order, amountFen }))).kind).toBe('notSent')
    expect(server.received).toEqual([])
  })
})

it('neither password nor token stands in the log of all this (C-05)', async () => {
  const { server, campus, log, fails } = await campusBench()
  const echo: Answer = { body: { code: 1001, msg: server.password } }
  server.script(path('addrQuery'), echo, (request) => ({
    body: { code: 4711, msg: String(request.fields['token']) },
  }))
  await fails(campus.addrQuery())
  const text = log.lines.join('\n')
  expect(text).toContain('addrQuery')
  expect([server.password, ...server.tokens].filter((secret) => text.includes(secret))).toEqual([])
})
