import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CODE } from '#core/charging/refusal.ts'
import type { Handled } from '#main/lan/handle.ts'
import { detailOf, expectedOf, rowOf } from '#main/lan/inspector/inspect.ts'
import { RequestLog } from '#main/lan/inspector/log.ts'
import { readBody, type Body } from '#main/lan/request/body.ts'
import { sign, verifySignature, type SignatureRules } from '#main/lan/request/signature.ts'

const NOW = 1_700_000_000_500
const JAM = 'an-invented-jam-code'
const KEY = 'invented-user-key'
const keys = {
  user: [{ appId: 'invented-user', appKey: KEY }],
  manager: [{ appId: 'invented-manager', appKey: 'invented-manager-key' }],
  jam: JAM,
}
const ended = () => ({ appId: 'ended', until: NOW - 1 })

/** As a mini-program sends them: not in order, with a value that a URL would escape. */
const fields = {
  userName: '张 三',
  user: '13800001234',
  appKey: KEY,
  appId: 'invented-user',
  timestamp: 1_700_000_000,
}
const hash = (kind: string, text: string) => createHash(kind).update(text).digest('hex')
const md5 = (text: string) => hash('md5', text)
const base64 = (text: string) => Buffer.from(text).toString('base64')

function bodyOf(given: Record<string, unknown>, signature: string): Body {
  const body = readBody('application/json', Buffer.from(JSON.stringify({ ...given, signature })))
  if (typeof body === 'string') throw new Error(body)
  return body
}

const handled = (body: Body | null, code: number, more: Partial<Handled> = {}): Handled => ({
  status: 200,
  json: JSON.stringify({ code, message: '说明', data: [] }),
  code,
  endpoint: null,
  body,
  match: null,
  replayed: false,
  ...more,
})
const seen = (one: Handled, url = '/oapi/bluepower_user/1_0/getUserInfo') => ({
  id: '0',
  at: NOW,
  address: '192.168.1.20',
  url,
  ms: 1.234,
  handled: one,
})
const detail = (one: Handled, rules: SignatureRules = {}, more: object = {}) =>
  detailOf(seen(one), { keys, rules, ended, ...more })
const wrongly = (text: string, given = fields, encode = (hex: string) => base64(hex)) =>
  detail(handled(bodyOf(given, encode(md5(text))), CODE.signature)).signature
const codes = (text: string) => wrongly(text).hints.map(({ code }) => code)

const all = [
  ['appId', 'invented-user'],
  ['appKey', KEY],
  ['timestamp', '1700000000'],
  ['user', '13800001234'],
  ['userName', '张 三'],
] as const
const asSent = ['userName', 'user', 'appKey', 'appId', 'timestamp'].map(
  (name) => all.find(([one]) => one === name) ?? (['', ''] as const),
)
type Pairs = readonly (readonly [string, string])[]
const plain = (pairs: Pairs = all) => pairs.map(([name, value]) => name + value).join('')
const query = (pairs: Pairs = all) => pairs.map(([name, value]) => `${name}=${value}`).join('&')

describe('a signature made by a known mistake', () => {
  it.each([
    ['jamMissing', plain()],
    ['jamFirst', JAM + plain()],
    ['jamTwice', JAM + plain() + JAM],
    ['jamIsAppKey', plain() + KEY],
    ['separators', query() + JAM],
    ['equals', query().replaceAll('&', '') + JAM],
    ['valuesOnly', all.map(([, value]) => value).join('') + JAM],
    ['jsonText', JSON.stringify(Object.fromEntries(all)) + JAM],
    ['urlEncoded', plain(all.map(([name, value]) => [name, encodeURIComponent(value)])) + JAM],
    ['asSent', plain(asSent) + JAM],
    ['reversed', plain(all.toReversed()) + JAM],
    ['lowerCase', (plain() + JAM).toLowerCase()],
    ['upperCase', (plain() + JAM).toUpperCase()],
    ['withoutApp', plain(all.slice(2)) + JAM],
    ['timestampMoved', plain().replace('1700000000', '1700000003') + JAM],
  ])('is named: %s', (code, text) => {
    expect(codes(text)).toEqual([code])
  })

  it.each(all)('names the parameter that was left out: %s', (name) => {
    const text = plain(all.filter(([one]) => one !== name)) + JAM
    expect(wrongly(text).hints).toEqual([{ code: 'leftOut', data: { name } }])
  })

  it.each([
    ['asSent separators', query(asSent) + JAM],
    ['asSent separators jamMissing', query(asSent)],
    ['separators jamAsKey', `${query()}&key=${JAM}`],
    ['separators jamAfterAmpersand', `${query()}&${JAM}`],
    ['withoutApp separators', query(all.slice(2)) + JAM],
  ])('is named with the others it came with: %s', (expected, text) => {
    expect(codes(text).join(' ')).toBe(expected)
  })

  it('sorts capitals apart from small letters', () => {
    const given = { ...fields, Zone: 'z' }
    const caseless = plain([...all, ['Zone', 'z']]) + JAM
    expect(wrongly(caseless, given).hints).toEqual([{ code: 'caseless' }])
  })

  it('takes a time in seconds for one that was sent in milliseconds', () => {
    const given = { ...fields, timestamp: 1_700_000_000_123 }
    expect(wrongly(plain() + JAM, given).hints).toEqual([{ code: 'timestampUnit' }])
  })

  it('looks at numbers as they were written too', () => {
    const { signature } = detail(
      handled(
        (() => {
          const text = `appIdaappKeybmoney2.0timestamp1${'' /* no jam */}`
          const json = `{"appId":"a","appKey":"b","money":2.0,"timestamp":1,"signature":"${base64(md5(text))}"}`
          const body = readBody('application/json', Buffer.from(json))
          if (typeof body === 'string') throw new Error(body)
          return body
        })(),
        CODE.signature,
      ),
    )
    expect(signature.hints).toEqual([{ code: 'jamMissing' }])
  })

  it('is told with the text that was signed, secrets hidden', () => {
    const { signed } = wrongly(query() + JAM)
    expect(signed).toBe(
      'appId=invented-user&appKey=in●●●●ey&timestamp=1700000000&user=138****1234&userName=张 三●',
    )
  })

  it('hides secrets in escaped values too', () => {
    const { signed } = wrongly(plain(all.map(([name, value]) => [name, encodeURIComponent(value)])) + JAM)
    expect(signed).toContain('appKeyin●●●●ey')
  })

  it('is not guessed: another jam code or another text is unknown', () => {
    expect(codes(`${plain()}another jam`)).toEqual(['unknown'])
    expect(wrongly('something else').signed).toBeNull()
  })

  it('is not searched for in requests without end', () => {
    const signedWithoutJam = (more: Record<string, string>) => {
      const given = { ...fields, ...more }
      const sorted = Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1))
      return wrongly(sorted.map(([name, value]) => name + String(value)).join(''), given).hints
    }
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, 'x']))
    expect(signedWithoutJam(many(30))).toEqual([{ code: 'jamMissing' }])
    expect(signedWithoutJam(many(200))).toEqual([{ code: 'unknown' }])
    expect(signedWithoutJam({ note: 'x'.repeat(9000) })).toEqual([{ code: 'unknown' }])
  })
})

describe('a digest in another form', () => {
  const right = md5(plain() + JAM)
  const sent = (signature: string) =>
    detail(handled(bodyOf(fields, signature), CODE.signature)).signature.hints
  const raw = Buffer.from(right, 'hex').toString('base64')
  it.each([
    ['signatureUrlEncoded', encodeURIComponent(base64(right))],
    ['signatureSpaces', `${base64(right)}\n`],
    ['padding', base64(right).replaceAll('=', '')],
    ['base64Twice', base64(base64(right))],
    ['md5Twice', base64(md5(right))],
    ['md5Short', base64(right.slice(8, 24))],
  ])('%s', (code, signature) => {
    expect(sent(signature)).toEqual([{ code }])
  })

  it('of the URL alphabet', () => {
    const given = { ...fields, timestamp: 1_700_000_001 }
    const digest = Buffer.from(md5(plain().replace('1700000000', '1700000001') + JAM), 'hex')
    const url = digest.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
    expect(url).toMatch(/[-_]/)
    const { hints } = detail(handled(bodyOf(given, url), CODE.signature)).signature
    expect(hints).toEqual([{ code: 'base64Url' }])
  })

  it.each([
    ['SHA-1', 'sha1'],
    ['SHA-256', 'sha256'],
  ])('%s instead of MD5', (digest, kind) => {
    const text = plain() + JAM
    expect(sent(hash(kind, text))).toEqual([{ code: 'digest', data: { digest } }])
    expect(sent(createHash(kind).update(text).digest('base64'))[0]).toMatchObject({ code: 'digest' })
  })

  it('that is none', () => {
    expect(sent('hello')).toEqual([{ code: 'form', data: { length: 5 } }])
  })

  it('that the settings no longer accept', () => {
    const late = md5(`appIdinvented-userappKey${KEY}user13800001234userName张 三timestamp1700000000${JAM}`)
    const asked = (signature: string, rules: SignatureRules) =>
      detail(handled(bodyOf(fields, signature), CODE.signature), rules).signature.hints
    expect(asked(base64(late), { order: 'sorted' })).toEqual([{ code: 'order', data: { wanted: 'sorted' } }])
    expect(asked(raw, { encoding: 'hex' })).toEqual([{ code: 'encoding', data: { wanted: 'hex' } }])
  })
})

describe('every other refusal', () => {
  const hint = (one: Handled, more: object = {}) => detail(one, {}, more).signature.hints[0]
  const of = (given: Record<string, unknown>, code: number, more: Partial<Handled> = {}) =>
    handled(bodyOf(given, 'x'), code, more)

  it.each([
    [403, 'notPrivate'],
    [404, 'path'],
    [405, 'method'],
    [413, 'tooLarge'],
    [429, 'rate'],
  ])('before the body was read: %i', (status, code) => {
    expect(hint(handled(null, 3, { status }))).toEqual({ code })
  })

  it('of a body that is none', () => {
    expect(hint(handled(null, CODE.parameter))).toEqual({ code: 'body', data: { message: '说明' } })
  })

  it.each([
    ['the side has no credentials', {}, 'credentialsMissing', { keys: { ...keys, user: [] } }],
    ['no jam code is set', {}, 'jamNotSet', { keys: { ...keys, jam: null } }],
    ['the appKey is another one', { appKey: 'x' }, 'appKeyWrong', {}],
    ['credentials of the other side', { appId: 'invented-manager' }, 'otherSide', {}],
    ['credentials whose time is over', { appId: 'ended' }, 'credentialsEnded', {}],
    ['an appId nobody knows', { appId: 'x' }, 'appIdUnknown', {}],
  ])('of an unknown caller: %s', (_, given, code, more) => {
    expect(hint(of({ ...fields, ...given }, CODE.unknownCaller), more)?.code).toBe(code)
  })

  it.each([
    [400, 'clockAhead', { seconds: 400 }],
    [-301, 'clockBehind', { seconds: 301 }],
    [8 * 3600 + 12, 'zoneAhead', { hours: 8 }],
    [-8 * 3600, 'zoneBehind', { hours: 8 }],
  ])('of a clock: %i s', (skew, code, data) => {
    expect(hint(of({ ...fields, timestamp: 1_700_000_000 + skew }, CODE.timestamp))).toEqual({ code, data })
  })

  it('of a time that is not now', () => {
    expect(hint(of({ ...fields, timestamp: 1 }, CODE.timestamp))).toEqual({ code: 'notNow' })
  })

  it('of a name that looks right', () => {
    const { appKey: _, ...rest } = fields
    expect(hint(of({ ...rest, ['\u0430\u0440\u0440\u041a\u0435\u0443']: KEY }, CODE.parameter))).toEqual({
      code: 'lookalike',
      data: { given: '\u0430\u0440\u0440\u041a\u0435\u0443', wanted: 'appKey' },
    })
    expect(hint(of({ ...rest, app_key: KEY }, CODE.parameter))).toEqual({
      code: 'parameterName',
      data: { given: 'app_key', wanted: 'appKey' },
    })
    expect(hint(of(rest, CODE.parameter))?.code).toBe('parameter')
  })

  it.each([
    [CODE.parameter, 'parameter'],
    [CODE.unknownCaller, 'session'],
    [CODE.notAllowed, 'rule'],
    [CODE.occupied, 'rule'],
    [CODE.unknown, 'provider'],
  ])('after a signature that was right: %i', (code, expected) => {
    const unsigned = bodyOf(fields, 'x')
    const body = bodyOf(fields, sign(unsigned, JAM))
    const match = verifySignature(body, JAM, {})
    const shown = detail(handled(body, code, { match })).signature
    expect(shown.hints).toEqual([{ code: expected, data: { message: '说明' } }])
    expect(shown.variant).toBe('sorted plain signed hex')
    expect(shown.signed).toBe(shown.expected[0]?.text)
  })
})

describe('what is shown of a request', () => {
  it('has no secret and no phone', () => {
    const answer = { code: 0, message: '成功', data: [{ session: 'a-long-session-id', user: '13800001234' }] }
    const body = bodyOf({ ...fields, session: 'a-long-session-id', jsCode: 'abc' }, 'x')
    const text = JSON.stringify(detail(handled(body, 2, { json: JSON.stringify(answer) })))
    for (const secret of [KEY, JAM, 'a-long-session-id', '13800001234', '"abc"'])
      expect(text).not.toContain(secret)
    expect(text).toContain('138****1234')
  })

  it('has the signatures that are accepted, as they are sent', () => {
    const [first] = expectedOf(bodyOf(fields, ''), JAM, {})
    const hex = md5(plain() + JAM)
    expect(first).toEqual({
      variant: 'sorted plain signed',
      text: 'appIdinvented-userappKeyin●●●●eytimestamp1700000000user138****1234userName张 三●',
      value: base64(hex),
      raw: Buffer.from(hex, 'hex').toString('base64'),
    })
    const [narrow] = expectedOf(bodyOf(fields, ''), JAM, { encoding: 'raw' })
    expect(narrow).toMatchObject({ value: first?.raw, raw: null })
  })

  it('has the side of an endpoint that is none', () => {
    const one = handled(null, 3, { status: 404 })
    expect(rowOf(seen(one, '/oapi/bluepower_manager/1_0/nothing?x=1'))).toMatchObject({
      side: 'manager',
      endpoint: '/oapi/bluepower_manager/1_0/nothing',
      ms: 1.23,
    })
  })
})

describe('the log', () => {
  const add = (log: RequestLog, at: number, json = '{}', address = '10.0.0.1', code = 0) =>
    log.add({ address, url: '/', ms: 1, handled: handled(null, code, { json }) }, at)

  it('keeps the newest thousand', () => {
    const log = new RequestLog()
    for (let i = 0; i < 1500; i += 1) add(log, i)
    const ids = [...log.newest()].map(({ id }) => id)
    expect(ids).toHaveLength(1000)
    expect(ids[0]).toBe('1499')
    expect(log.find('1499')?.at).toBe(1499)
    expect(log.find('500')?.at).toBe(500)
    expect(log.find('499')).toBeNull()
    expect(log.find('nonsense')).toBeNull()
  })

  it('stands still for a screen that does', () => {
    const log = new RequestLog()
    for (let i = 0; i < 5; i += 1) add(log, i)
    expect([...log.newest('2')].map(({ id }) => id)).toEqual(['2', '1', '0'])
  })

  it('keeps fewer of large ones', () => {
    const log = new RequestLog()
    for (let i = 0; i < 20; i += 1) add(log, i, 'x'.repeat(1_000_000))
    expect([...log.newest()].map(({ id }) => id)).toEqual(['19', '18', '17', '16', '15', '14', '13'])
  })

  it('keeps what others sent while one address floods it', () => {
    const log = new RequestLog()
    add(log, 0, '{}', '10.0.0.7', 2)
    for (let i = 0; i < 3000; i += 1) add(log, i, '{}', '10.0.0.9', 3)
    add(log, 3000, '{}', '10.0.0.8')
    const rows = [...log.newest()]
    expect(rows).toHaveLength(1000)
    expect([rows[0], rows.at(-1)].map((row) => row?.address)).toEqual(['10.0.0.8', '10.0.0.7'])
    expect(log.find('0')?.handled.code).toBe(2)
    for (let i = 0; i < 20; i += 1) add(log, i, 'x'.repeat(1_000_000), '10.0.0.9')
    expect(log.find('0')?.address).toBe('10.0.0.7')
  })

  it('counts the last minute, also what it no longer keeps', () => {
    const log = new RequestLog()
    add(log, 0)
    for (let i = 0; i < 1500; i += 1) add(log, 60_001, '{}', i % 2 ? '10.0.0.1' : '10.0.0.2', i % 3 ? 0 : 2)
    expect(log.lastMinute(60_001)).toEqual({
      requests: 1500,
      refused: 500,
      addresses: ['10.0.0.1', '10.0.0.2'],
    })
    expect(log.lastMinute(120_002).requests).toBe(0)
  })

  it('does not grow without end in a flood', () => {
    const log = new RequestLog()
    for (let i = 0; i < 20_000; i += 1) add(log, i * 30)
    expect(JSON.stringify(log.lastMinute(19_999 * 30)).length).toBeLessThan(200)
    expect(log.lastMinute(19_999 * 30).requests).toBe(2001)
  })
})
