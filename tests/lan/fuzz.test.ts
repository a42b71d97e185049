import { connect } from 'node:net'
import { Agent, request } from 'node:http'
import { expect, it } from 'vitest'
import type { Endpoint, Side } from '#main/lan/endpoint.ts'
import { managerEndpoints } from '#main/lan/manager/index.ts'
import { BASES } from '#main/lan/request/route.ts'
import { userEndpoints } from '#main/lan/user/index.ts'
import { badValue, randomFrom, VALID, type Chance } from '../fixtures/lan-fuzz.ts'
import { CREDENTIALS, openLan, signed, type LanSite, type Params } from '../fixtures/lan.ts'

/** At least as many as the issue asks for; a failing run is repeated by its seed. */
const REQUESTS = 20_480
const AT_ONCE = 32
const SEED = 20_260_301

const all: readonly Endpoint[] = [...userEndpoints, ...managerEndpoints]

interface Bad {
  readonly path: string
  readonly method: string
  readonly type: string | undefined
  readonly body: string | Buffer
  /** it is well signed and only read something: code 0 is fine */
  readonly mayRead: boolean
}
interface Got {
  readonly status: number
  readonly text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

const send = (port: string, { path, method, type, body }: Bad) =>
  new Promise<Got>((resolve, reject) => {
    const headers = {
      'content-length': Buffer.byteLength(body),
      ...(type !== undefined && { 'content-type': type }),
    }
    const sent = request({ host: '127.0.0.1', port, path, method, agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })

const pathOf = ({ side, name }: Endpoint) => `${BASES[side]}${name}`
const JSON_TYPE = 'application/json'

/** One bad request; each kind is one way in which a stranger, a bug or an attacker goes wrong. */
function bad(chance: Chance, now: number): Bad {
  const endpoint = chance.pick(all)
  const params = VALID[endpoint.name] ?? {}
  const whole = (more: Params, side: Side = endpoint.side) => signed(side, { ...params, ...more }, now)
  const as = (body: string | Buffer, more: Partial<Bad> = {}): Bad => ({
    path: pathOf(endpoint),
    method: 'POST',
    type: JSON_TYPE,
    body,
    mayRead: false,
    ...more,
  })
  const kinds: readonly (() => Bad)[] = [
    () => as(chance.bytes(chance.below(300))),
    () =>
      as(chance.bytes(chance.below(100)), {
        type: chance.pick([undefined, 'text/plain', 'a/b;c', '', '\u00e9'.slice(1)]),
      }),
    () => as(cut(whole({}), chance)),
    () => as(flipped(whole({}), chance)),
    () =>
      as(
        chance.pick([
          '[]',
          'null',
          '1',
          '""',
          '{',
          '{}',
          '{"a":{}}',
          '{"a":[]}',
          `[${'['.repeat(5000)}`,
          '{"a":1,}',
        ]),
      ),
    () => as(JSON.stringify({ ...JSON.parse(whole({})), [chance.word()]: { [chance.word()]: [] } })),
    () => as(whole({ timestamp: Math.floor(now / 1000) + chance.pick([-1, 1]) * (301 + chance.below(1e6)) })),
    () =>
      as(
        whole({
          timestamp: chance.pick([
            'x',
            1.5,
            -1,
            1e300,
            '٣',
            true,
            '0x10',
            '1e9',
            ' ',
            '99999999999999999999',
          ]),
        }),
      ),
    () => as(whole({ appKey: chance.word(), ...(chance.below(2) === 0 && { appId: chance.word() }) })),
    () => as(whole(CREDENTIALS[endpoint.side === 'user' ? 'manager' : 'user'])),
    () =>
      as(
        whole({
          signature: chance.pick([chance.word(), 'x'.repeat(44), 'A'.repeat(24), '0'.repeat(32), 1, true]),
        }),
      ),
    () => as(whole({ [chance.pick(['appId', 'appKey', 'timestamp'])]: undefined })),
    () => as(form(whole({ signature: chance.word() })), { type: 'application/x-www-form-urlencoded' }),
    () => as(whole({}), { path: chance.path(endpoint.name) }),
    () => as(whole({}), { method: chance.pick(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) }),
    () => wronglyAsked(endpoint, chance, now, as),
    () => wronglyAsked(endpoint, chance, now, as),
    () => wronglyAsked(endpoint, chance, now, as),
    () => wronglyAsked(endpoint, chance, now, as),
  ]
  return chance.pick(kinds)()
}

/** Said in a form it is what it is in JSON: no other name, no letter that a form cannot carry. */
const fitsForm = (value: unknown) =>
  value !== null && typeof value !== 'boolean' && (typeof value !== 'string' || value.isWellFormed())

/** Well signed, by a client of its own, with at least one parameter that no rule takes. */
function wronglyAsked(
  endpoint: Endpoint,
  chance: Chance,
  now: number,
  as: (body: string, more?: Partial<Bad>) => Bad,
): Bad {
  const params: Record<string, unknown> = { ...VALID[endpoint.name], nonce: chance.below(1e9) }
  const names = Object.keys(VALID[endpoint.name] ?? {})
  const hit = new Set(names.length === 0 ? [] : [chance.pick(names)])
  for (const name of names) if (chance.below(4) === 0) hit.add(name)
  for (const name of hit) params[name] = badValue(name, chance)
  if (chance.below(3) === 0)
    params[chance.pick(['__proto__', 'constructor', 'session', chance.word()])] = chance.text()
  const text = signed(endpoint.side, params, now)
  const mayRead = !endpoint.mutating
  return chance.below(4) === 0 && !Object.values(params).some((value) => !fitsForm(value))
    ? as(form(signed(endpoint.side, texts(params), now)), {
        type: 'application/x-www-form-urlencoded',
        mayRead,
      })
    : as(text, { mayRead })
}

const texts = (params: Params) =>
  Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )

const form = (json: string) =>
  new URLSearchParams(
    Object.entries(JSON.parse(json) as Record<string, unknown>).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
  ).toString()

const cut = (text: string, chance: Chance) => text.slice(0, 1 + chance.below(text.length - 1))

/** One byte is another one; not the last of the base64, some bits of which say nothing. */
function flipped(text: string, chance: Chance): Buffer {
  const bytes = Buffer.from(text)
  const at = chance.below(bytes.length - 6)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8))
  return bytes
}

/** What is wrong with an answer; null: nothing. */
function complaint({ status, text }: Got, { mayRead, body }: Bad): string | null {
  if (![200, 404, 405, 413].includes(status)) return `status ${status}`
  let answer: { code?: unknown; message?: unknown; data?: unknown }
  try {
    answer = JSON.parse(text) as typeof answer
  } catch {
    return 'no JSON'
  }
  const { code, message, data } = answer
  if (typeof message !== 'string' || typeof data !== 'object' || data === null) return 'no envelope'
  if (/Error|at .*\.ts|sqlite/i.test(text)) return 'tells its inside'
  const refusedInside = Array.isArray(data) && (data[0] as { result?: unknown } | undefined)?.result === 1
  if (code === 0) return mayRead || refusedInside || body === '' ? null : 'code 0'
  return typeof code === 'number' && code >= 1 && code <= 6 ? null : `code ${String(code)}`
}

const TABLES = [
  'wx_info',
  'user_info',
  'manager_info',
  'device_info',
  'black_user_info',
  'pmoney_charge_info',
  'pmoney_charge_pay',
  'pmoney_gift_info',
  'order_info',
  'order_pay_info',
  'profession_info',
  'cashout_info',
  'lan_replay',
  'order_refund_task',
]
const everything = (site: LanSite) =>
  JSON.stringify(TABLES.map((table) => site.all(`SELECT * FROM ${table}`)))

async function seeded(): Promise<LanSite> {
  const site = await openLan()
  await site.add.user('13800001234', { coins: 50 })
  await site.add.user('13800005555', { coins: 5 })
  await site.add.manager('13900005678')
  await site.add.manager('13700009999')
  await site.add.profession(3, '电工')
  await site.add.charger('A1', { manager: '13900005678', priceFen: 150 })
  await site.add.charger('C1')
  await site.call('newPowerOrder', VALID.newPowerOrder)
  await site.call('newPmoneyCharge', { user: '13800001234', pmoney: 3 })
  return site
}

it('answers twenty thousand bad requests with what is documented, and changes nothing', async () => {
  const site = await seeded()
  const before = everything(site)
  const chance = randomFrom(SEED)
  const wrong: string[] = []
  const seen = new Map<number, number>()
  let sent = 0
  const worker = async () => {
    while (sent < REQUESTS && wrong.length < 10) {
      sent += 1
      const one = bad(chance, site.clock.now())
      const got = await send(new URL(site.url).port, one)
      seen.set(got.status, (seen.get(got.status) ?? 0) + 1)
      const said = complaint(got, one)
      if (said !== null)
        wrong.push(`${said}: ${one.method} ${one.path} ${String(one.body).slice(0, 400)} → ${got.text}`)
      if (sent % 2048 === 0) expect(await site.call('getSystemTime')).toMatchObject({ status: 200, code: 0 })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  expect(wrong).toEqual([])
  expect(sent).toBeGreaterThanOrEqual(20_000)
  expect(seen.get(200)).toBeGreaterThan(15_000)
  expect(everything(site)).toBe(before)
  const good = await site.call('payPowerOrder', {
    user: '13800001234',
    orderId: String(site.get('SELECT orderId FROM order_info')?.orderId),
    money: 3,
    pmoney: 3,
    cash: 0,
  })
  expect(good).toMatchObject({ code: 0 })
  await site.close()
}, 180_000)

it('answers what is no HTTP, what is too large, and what never ends, and goes on', async () => {
  const site = await seeded()
  const before = everything(site)
  const chance = randomFrom(SEED + 1)
  const { port } = new URL(site.url)
  const raw = (bytes: Buffer | string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes))
      let said = ''
      socket.on('data', (part) => (said += part.toString()))
      socket.on('error', () => resolve(said))
      socket.on('close', () => resolve(said))
    })
  for (let i = 0; i < 200; i += 1) {
    const said = await raw(
      chance.pick([
        chance.bytes(chance.below(400)),
        'POST /CashOut HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n',
        'POST /CashOut HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n',
        `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
        `POST / HTTP/1.1\r\n${'X: y\r\n'.repeat(3000)}\r\n`,
        'POST /CashOut HTTP/9.9\r\n\r\n',
        '\r\n\r\n\r\n',
      ]),
    )
    expect(said).not.toMatch(/HTTP\/1\.1 (2|5)/)
  }
  const large = await fetch(`${site.url}${BASES.user}getUserInfo`, {
    method: 'POST',
    body: `{"a":"${'x'.repeat(64 * 1024)}"}`,
    headers: { 'content-type': JSON_TYPE },
  })
  expect([large.status, await large.json()]).toEqual([413, { code: 3, message: '请求内容过大', data: [] }])
  expect(await site.call('getSystemTime')).toMatchObject({ status: 200, code: 0 })
  expect(everything(site)).toBe(before)
  await site.close()
})
