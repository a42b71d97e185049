import { describe, expect, it } from 'vitest'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import type { Endpoint } from '#main/lan/endpoint.ts'
import { refusal, refused, success } from '#main/lan/envelope.ts'
import { createSources, isPrivate, plainAddress } from '#main/lan/request/addresses.ts'
import { readBody, type Body } from '#main/lan/request/body.ts'
import { Rate } from '#main/lan/request/rate.ts'
import { createRoutes } from '#main/lan/request/route.ts'
import { sign } from '#main/lan/request/signature.ts'
import { timestampOf, verify, type Keys } from '#main/lan/request/verify.ts'

const NOW = 1_700_000_000_500
const JAM = 'invented-jam'
const keys: Keys = {
  user: [
    { appId: 'u', appKey: 'uk' },
    { appId: 'old', appKey: 'oldk' },
  ],
  manager: [{ appId: 'm', appKey: 'mk' }],
  jam: JAM,
}
const common = { appId: 'u', appKey: 'uk', timestamp: 1_700_000_000 }

function body(fields: Record<string, unknown>, signature?: string): Body {
  const read = (given: Record<string, unknown>) => {
    const one = readBody('application/json', Buffer.from(JSON.stringify(given)))
    if (typeof one === 'string') throw new Error(one)
    return one
  }
  return read({ ...fields, signature: signature ?? sign(read(fields), JAM) })
}

function outcome(given: Body, keysNow = keys, toleranceS = 300): number | string {
  try {
    const match = verify(given, 'user', {
      keys: keysNow,
      rules: { toleranceS },
      now: NOW,
      sayTime: () => '2023-11-15 06:13:20',
    })
    return match.encoding
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('the common part of every check (H-16)', () => {
  it('lets a signed request pass, with old credentials too while both hold', () => {
    expect(outcome(body(common))).toBe('hex')
    expect(outcome(body({ ...common, appId: 'old', appKey: 'oldk' }))).toBe('hex')
  })

  it.each([
    ['a common field missing wins over wrong credentials', { appId: 'x', timestamp: 1_700_000_000 }, 3],
    ['a timestamp that is none wins over wrong credentials', { ...common, appId: 'x', timestamp: 1.5 }, 3],
    ['wrong credentials win over a wrong time', { ...common, appKey: 'x', timestamp: 1 }, 4],
    ['credentials of the other side', { ...common, appId: 'm', appKey: 'mk' }, 4],
    ['a wrong time wins over a wrong signature', { ...common, timestamp: 1_699_990_000 }, 1],
  ])('%s', (_, fields, code) => {
    expect(outcome(body(fields, 'x'))).toBe(code)
  })

  it('a wrong signature', () => {
    expect(outcome(body(common, 'x'))).toBe(2)
    expect(outcome(body({ ...common, user: '1' }, sign(body(common), JAM)))).toBe(2)
  })

  it('nobody passes where nothing is set up', () => {
    expect(outcome(body(common), { user: [], manager: [], jam: JAM })).toBe(4)
    expect(outcome(body(common), { ...keys, jam: null })).toBe(4)
  })

  it.each([
    [299, 'hex'],
    [300, 'hex'],
    [301, 1],
    [-300, 'hex'],
    [-301, 1],
  ])('%i s off: %s (H-11)', (seconds, expected) => {
    expect(outcome(body({ ...common, timestamp: 1_700_000_000 + seconds }))).toBe(expected)
  })

  it('0 looks at no time; 13 digits are milliseconds; text is fine', () => {
    expect(outcome(body({ ...common, timestamp: 5 }), keys, 0)).toBe('hex')
    expect(outcome(body({ ...common, timestamp: 1_700_000_000_000 }))).toBe('hex')
    expect(outcome(body({ ...common, timestamp: '1700000000' }))).toBe('hex')
    expect([-1, 1.5, 'x', '', true, null].map(timestampOf)).toEqual([null, null, null, null, null, null])
  })

  it('tells a phone with a wrong clock the time (R-40)', () => {
    expect(() =>
      verify(body({ ...common, timestamp: 1 }), 'user', {
        keys,
        rules: { toleranceS: 300 },
        now: NOW,
        sayTime: () => '2023-11-15 06:13:20',
      }),
    ).toThrow('2023-11-15 06:13:20')
  })
})

describe('answers', () => {
  it('a result says it twice on refusal, with its documented second names (H-18, U-05, M-04)', () => {
    const shaped = { shape: 'result', alsoReasonAs: 'cause', alsoResultAs: 'Result' } as const
    expect(success(shaped, undefined)).toEqual({
      code: 0,
      message: '成功',
      data: [{ result: 0, reason: '', Result: 0, cause: '' }],
    })
    expect(refused(shaped, new Refusal(CODE.notAllowed, '非设备管理员'))).toEqual({
      code: 5,
      message: '非设备管理员',
      data: [{ result: 1, reason: '非设备管理员', Result: 1, cause: '非设备管理员' }],
    })
    expect(refusal({ shape: 'result' }, 0, '没有可提现账单')).toEqual({
      code: 0,
      message: '成功',
      data: [{ result: 1, reason: '没有可提现账单' }],
    })
    expect(success({ shape: 'result' }, { result: 1, reason: '待支付', state: 0 }).data).toEqual([
      { result: 1, reason: '待支付', state: 0 },
    ])
  })

  it('lists and pages are empty arrays on refusal, never null (H-19, H-28)', () => {
    expect(refusal({ shape: 'page' }, 3, 'x').data).toEqual([])
    expect(refusal(null, 3, 'x').data).toEqual([])
    expect(success({ shape: 'page' }, { totalCount: 0 }).data).toEqual({ totalCount: 0 })
  })
})

describe('paths (H-25)', () => {
  const one = (side: 'user' | 'manager', name: string) => ({ side, name }) as Endpoint
  const route = createRoutes([one('user', 'getUserInfo'), one('manager', 'CashOut')])

  it.each([
    ['/oapi/bluepower_user/1_0/getUserInfo', 'getUserInfo'],
    ['/oapi/bluepower_user/1_0/GETUSERINFO/?x=1', 'getUserInfo'],
    ['/getUserInfo', 'getUserInfo'],
    ['/oapi/bluepower_manager/1_0/cashOut', 'CashOut'],
    ['/oapi/bluepower_manager/1_0/getUserInfo', undefined],
    ['/oapi/bluepower_user/1_0/', undefined],
    ['/', undefined],
  ])('%s', (url, name) => {
    expect(route(url)?.name).toBe(name)
  })
})

describe('who may call at all (H-26)', () => {
  it.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.9',
    '127.8.8.8',
    '::1',
    'fe80::1%eth0',
    'fd00::5',
    '::ffff:10.0.0.1',
  ])('%s is near', (address) => expect(isPrivate(address)).toBe(true))
  it.each(['8.8.8.8', '172.32.0.1', '::ffff:8.8.8.8', '2001:db8::1', 'x', ''])('%s is not', (address) =>
    expect(isPrivate(address)).toBe(false),
  )
  it('where subnets are named, only those and this computer, be they local or not', () => {
    let named: readonly string[] = []
    const admits = createSources(() => named)
    expect(['192.168.1.9', '10.0.0.1', '8.8.8.8'].map(admits)).toEqual([true, true, false])
    named = ['192.168.1.0/24', '203.0.113.7', '2001:db8::/32']
    const callers = ['192.168.1.9', '::ffff:192.168.1.9', '203.0.113.7', '2001:db8::5', '127.0.0.1', '::1']
    expect(callers.map(admits)).toEqual(callers.map(() => true))
    expect(['192.168.2.9', '10.0.0.1', '203.0.113.8', '8.8.8.8', 'x'].map(admits)).not.toContain(true)
    named = []
    expect(admits('10.0.0.1')).toBe(true)
  })
  it('an IPv4 caller of a dual-stack socket is shown as IPv4', () => {
    expect(plainAddress('::ffff:10.0.0.1')).toBe('10.0.0.1')
    expect(plainAddress('fe80::1')).toBe('fe80::1')
  })

  it('so many a second from one address, none for free to another', () => {
    const rate = new Rate()
    const taken = (address: string, at: number, times: number) =>
      Array.from({ length: times }, () => rate.take(address, 20, at)).filter(Boolean).length
    expect(taken('a', 0, 30)).toBe(20)
    expect(taken('b', 0, 5)).toBe(5)
    expect(taken('a', 500, 30)).toBe(10)
    expect(taken('a', 60_000, 30)).toBe(20)
    expect(Array.from({ length: 100 }, () => rate.take('c', 0, 0)).every(Boolean)).toBe(true)
  })

  it('remembers a bounded number of addresses', () => {
    const rate = new Rate()
    for (let i = 0; i < 10_000; i += 1) rate.take(`a${i}`, 1, 0)
    expect(rate.take('a9999', 1, 0)).toBe(false)
    expect(rate.take('a0', 1, 0)).toBe(true)
  })
})
