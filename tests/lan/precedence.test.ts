import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import type { Side } from '#main/lan/endpoint.ts'
import { managerEndpoints } from '#main/lan/manager/index.ts'
import { userEndpoints } from '#main/lan/user/index.ts'
import { CREDENTIALS, openLan, signed, type LanSite, type Params } from '../fixtures/lan.ts'
import { encryptData, IV, phoneContent } from '../fixtures/wechat.ts'

const USER = '13800001234'
const BOSS = '13900005678'
const ORDER = { user: USER, deviceCode: 'A1', port: 1, unitPrice: 1.5, unit: 2, money: 3 }

let site: LanSite
const open = async (lan: Parameters<typeof openLan>[0] = {}) => {
  site = await openLan(lan)
  await site.add.user(USER, { coins: 5 })
  await site.add.manager(BOSS)
  await site.add.charger('A1', { manager: BOSS, priceFen: 150 })
}
beforeEach(() => open())
afterEach(() => site.close())

const all = [...userEndpoints, ...managerEndpoints]
const body = (params: Params, side: Side = 'user') => signed(side, params, site.clock.now())
const orders = () => site.count('SELECT count(*) FROM order_info')

describe('what is wrong first is what is answered (H-16)', () => {
  /** What is wrong, from first to last, and the code that says so. */
  const wrongs = {
    body: 3,
    common: 3,
    credentials: 4,
    timestamp: 1,
    signature: 2,
    parameters: 3,
    identity: 4,
    authority: 5,
    occupied: 6,
  } as const
  type Wrong = keyof typeof wrongs
  const says: Readonly<Partial<Record<Wrong, string>>> = {
    common: '缺少参数 timestamp',
    parameters: '参数 port 格式错误',
  }

  async function answer(...wrong: Wrong[]) {
    const is = (one: Wrong) => wrong.includes(one)
    if (is('occupied')) {
      await site.add.user('13800009999')
      await site.call('newPowerOrder', { ...ORDER, user: '13800009999' })
    }
    if (is('authority')) await site.write('UPDATE device_info SET state = 1')
    const text = body({
      ...ORDER,
      ...(is('common') && { timestamp: undefined }),
      ...(is('timestamp') && { timestamp: Math.floor(site.clock.now() / SECOND) - 301 }),
      ...(is('credentials') && CREDENTIALS.manager),
      ...(is('parameters') && { port: 'x' }),
      ...(is('identity') && { user: '13000000000' }),
      ...(is('signature') && { signature: 'MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=' }),
    })
    return site.phone.send('newPowerOrder', is('body') ? text.slice(1) : text)
  }
  const order = Object.keys(wrongs) as Wrong[]

  it.each(order)('%s alone', async (wrong) => {
    expect(await answer(wrong)).toMatchObject({
      status: 200,
      code: wrongs[wrong],
      data: [],
      ...(says[wrong] && { message: says[wrong] }),
    })
  })

  it.each(order.slice(1).map((second, i): [Wrong, Wrong] => [order[i] ?? 'body', second]))(
    '%s before %s',
    async (first, second) => {
      const both = await answer(first, second)
      expect(both.code).toBe(wrongs[first])
      expect(both.message).not.toBe('')
      expect(orders()).toBe(second === 'occupied' ? 1 : 0)
    },
  )

  it('a path that is none, and another method, before everything', async () => {
    const broken = body(ORDER).slice(1)
    const unknown = await site.phone.send('/oapi/bluepower_user/1_0/newPowerOrders', broken)
    expect(unknown).toEqual({ status: 404, code: 3, message: '没有这个接口', data: [] })
    const get = await fetch(`${site.url}/oapi/bluepower_user/1_0/newPowerOrder`)
    expect([get.status, await get.json()]).toEqual([405, { code: 3, message: '请使用 POST', data: [] }])
  })
})

describe('every endpoint', () => {
  it.each(all.map(({ name, side, shape }) => [name, side, shape] as const))(
    '%s wants its own side’s credentials, the time and a signature (R-40, R-41)',
    async (name, side, shape) => {
      const data = shape === 'result' ? [{ result: 1 }] : []
      const send = (params: Params, by: Side = side) => site.phone.send(name, body(params, by))
      expect(await send({}, side === 'user' ? 'manager' : 'user')).toMatchObject({ code: 4, data })
      const late = await send({ timestamp: Math.floor(site.clock.now() / SECOND) + 301 })
      expect(late).toMatchObject({ code: 1, message: '时间戳错误，服务器时间 2026-03-01 00:00:00', data })
      expect(await send({ signature: 'x' })).toMatchObject({ code: 2, message: '签名错误', data })
      expect(await send({ appKey: '' })).toMatchObject({ code: 3, data })
    },
  )

  it.each([
    [-300, 0],
    [-301, 1],
    [300, 0],
    [301, 1],
  ])('takes a clock that is off by %i s with %i (H-11)', async (off, code) => {
    const timestamp = Math.floor(site.clock.now() / SECOND) + off
    expect(await site.call('getSystemTime', { timestamp })).toMatchObject({ code })
    expect(await site.call('getSystemTime', { timestamp: timestamp * 1000 })).toMatchObject({ code })
  })

  it('is found in any case, with a slash, without its prefix (H-25)', async () => {
    const paths = [
      '/oapi/bluepower_manager/1_0/cashOut',
      '/OAPI/bluepower_manager/1_0/CASHOUT/',
      '/CashOut?x=1',
    ]
    for (const path of paths) {
      const { code, message } = await site.phone.send(path, body({}, 'manager'))
      expect([code, message]).toEqual([3, '缺少参数 manager'])
    }
  })

  it('takes JSON, a form, and a bare body (H-08)', async () => {
    const fields = JSON.parse(body({ user: USER })) as Record<string, string | number>
    const form = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await site.phone.send('getUserInfo', form.toString(), type)).toMatchObject({ code: 0 })
    expect(await bare('getUserInfo', JSON.stringify(fields))).toMatchObject({ code: 0 })
    const xml = { 'content-type': 'text/xml' }
    expect(await site.phone.send('getUserInfo', '<a/>', xml)).toMatchObject({ status: 200, code: 3 })
  })

  async function bare(name: string, text: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const sent = request(`${site.url}/oapi/bluepower_user/1_0/${name}`, { method: 'POST' }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())))
      })
      sent.on('error', reject)
      sent.end(text)
    })
  }
})

describe('the same signed request again (H-12)', () => {
  it('answers what it answered, and changes nothing more', async () => {
    const text = body(ORDER)
    const first = await site.phone.send('newPowerOrder', text)
    await site.clock.advance(10 * SECOND)
    expect(await site.phone.send('newPowerOrder', text)).toEqual(first)
    expect(first).toMatchObject({ code: 0 })
    expect(orders()).toBe(1)
    await site.clock.advance(5 * MINUTE)
    expect(await site.phone.send('newPowerOrder', text)).toMatchObject({ code: 1 })
  })

  it.each([
    [
      'newPmoneyGift',
      { userFrom: USER, userTo: '13800005555', pmoney: 1 },
      'SELECT count(*) FROM pmoney_gift_info',
    ],
    ['newPmoneyCharge', { user: USER, pmoney: 1 }, 'SELECT count(*) FROM pmoney_charge_pay WHERE state = 0'],
  ])('%s is done once, also twenty times at once', async (name, params, sql) => {
    await site.add.user('13800005555')
    const text = body(params)
    const answers = await Promise.all(Array.from({ length: 20 }, () => site.phone.send(name, text)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ code: 0 })
    expect(site.count(sql)).toBe(1)
  })

  it('is the same in whatever letters its signature is written (H-04)', async () => {
    await site.add.user('13800005555')
    const fields = JSON.parse(body({ userFrom: USER, userTo: '13800005555', pmoney: 1 })) as Params
    const hex = Buffer.from(String(fields.signature), 'base64').toString()
    const spellings = [
      String(fields.signature),
      hex,
      hex.toUpperCase(),
      Buffer.from(hex, 'hex').toString('base64'),
      Buffer.from(hex.toUpperCase()).toString('base64'),
    ]
    for (const signature of spellings) {
      const again = JSON.stringify({ ...fields, signature })
      expect(await site.phone.send('newPmoneyGift', again)).toMatchObject({ code: 0, data: [{ result: 0 }] })
    }
    expect(site.count('SELECT count(*) FROM pmoney_gift_info')).toBe(1)
  })

  it('is tried again where it was refused', async () => {
    await site.write('UPDATE device_info SET state = 1')
    const text = body(ORDER)
    expect(await site.phone.send('newPowerOrder', text)).toMatchObject({ code: 5 })
    await site.write('UPDATE device_info SET state = 0')
    expect(await site.phone.send('newPowerOrder', text)).toMatchObject({ code: 0 })
    const gift = body({ userFrom: USER, userTo: '13800005555', pmoney: 9 })
    await site.add.user('13800005555')
    expect(await site.phone.send('newPmoneyGift', gift)).toMatchObject({ code: 0, data: [{ result: 1 }] })
    await site.write('UPDATE user_info SET pmoney = 9 WHERE user = ?', USER)
    expect(await site.phone.send('newPmoneyGift', gift)).toMatchObject({ code: 0, data: [{ result: 0 }] })
  })

  it('is asked anew where nothing is changed by it', async () => {
    const text = body({ user: USER })
    expect(await site.phone.send('getUserInfo', text)).toMatchObject({ data: [{ order: 0 }] })
    await site.call('newPowerOrder', ORDER)
    expect(await site.phone.send('getUserInfo', text)).toMatchObject({ data: [{ order: 1 }] })
  })
})

describe('sessions, where the settings ask for them (H-22)', () => {
  const login = async (phone: string) => {
    const jsCode = `js-open-${phone}`
    const session = (await site.call<{ session: string }[]>('userLogin', { jsCode })).data[0]?.session ?? ''
    const encrypted = encryptData(`open-${phone}`, phoneContent(phone, 'wx-user'))
    await site.call('getUserPhone', { encryptData: encrypted, iv: IV, session })
    return session
  }
  beforeEach(async () => {
    await site.close()
    await open({ lan: { requireSession: true } })
  })

  it('are wanted: none, another one’s, and an old one answer 4', async () => {
    const session = await login(USER)
    const stranger = await login('13800005555')
    const info = (more: Params) => site.call('getUserInfo', { user: USER, ...more })
    expect(await info({})).toMatchObject({ code: 4, data: [] })
    expect(await info({ session: 'x' })).toMatchObject({ code: 4 })
    expect(await info({ session: stranger })).toMatchObject({ code: 4 })
    expect(await info({ session })).toMatchObject({ code: 0 })
    site.clock.setWall(site.clock.now() + 24 * HOUR + SECOND)
    expect(await info({ session })).toMatchObject({ code: 4 })
  })

  it('say whose order it is that is cancelled or asked about', async () => {
    const session = await login(USER)
    const stranger = await login('13800005555')
    const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', { ...ORDER, session })
    const orderId = data[0]?.orderId
    expect(await site.call('cancelPowerOrder', { orderId, session: stranger })).toMatchObject({ code: 5 })
    expect(await site.call('queryOrderPay', { orderId, session: stranger })).toMatchObject({ code: 5 })
    const { data: bought } = await site.call<{ payId: string }[]>('newPmoneyCharge', {
      user: USER,
      pmoney: 1,
      session,
    })
    const payId = bought[0]?.payId
    expect(await site.call('queryPmoneyPay', { payId, session: stranger })).toMatchObject({ code: 5 })
    expect(await site.call('queryPmoneyPay', { payId, session })).toMatchObject({ code: 0 })
    expect(await site.call('cancelPowerOrder', { orderId, session })).toMatchObject({
      code: 0,
      data: [{ result: 0 }],
    })
  })
})
