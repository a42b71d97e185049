import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BASES } from '#main/lan/request/route.ts'
import { newNonce, openLan, signed, type LanSite } from '../fixtures/lan.ts'

let site: LanSite
beforeAll(async () => {
  site = await openLan()
})
afterAll(() => site.close())

/** The whole answer to these bytes: its status and its body. */
const raw = (bytes: string) =>
  new Promise<[number, unknown]>((resolve, reject) => {
    let said = ''
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1', () => socket.end(bytes))
    socket.on('data', (part) => (said += part.toString()))
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', body = ''] = said.split('\r\n\r\n', 2)
      resolve([Number(head.split(' ', 2)[1]), body === '' ? null : JSON.parse(body)])
    })
  })

const USER_INFO = `${BASES.user}getUserInfo`
const USER_NAME = `${BASES.user}reportUserName`
const refused = (message: string) => ({ code: 3, message, data: [] })
const inside = (message: string) => ({
  code: 3,
  message,
  data: [{ result: 1, reason: message, cause: message }],
})
const UNREADABLE = refused('请求无法读取')
const NO_ENDPOINT = refused('没有这个接口')
const WRONG_TYPE = '请求格式应为 JSON 或表单'

const request = (first: string, headers: readonly string[] = [], body = '') =>
  [
    `${first} HTTP/1.1`,
    'Host: x',
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ]
    .map((line) => `${line}\r\n`)
    .join('') + `\r\n${body}`

it.each(['PROPFIND', 'LINK', 'PUT', 'TRACE', 'GET'])(
  '%s is 405, and 404 where nothing is',
  async (method) => {
    expect(await raw(request(`${method} ${USER_INFO}`))).toEqual([405, refused('请使用 POST')])
    expect(await raw(request(`${method} /nope`))).toEqual([404, NO_ENDPOINT])
  },
)

it.each<[string, string, [number, unknown]]>([
  ['what is no HTTP', 'hello\r\n\r\n', [400, UNREADABLE]],
  ['a header too large', `POST / HTTP/1.1\r\n${'X: y\r\n'.repeat(9000)}\r\n`, [413, refused('请求头过大')]],
  ['two lengths', request(`POST ${USER_INFO}`, ['Content-Length: 7']), [400, UNREADABLE]],
  ['no host', `POST ${USER_INFO} HTTP/1.1\r\nConnection: close\r\n\r\n`, [400, UNREADABLE]],
  ['CONNECT', 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n', [405, refused('请使用 POST')]],
])('%s is told in the form of every answer', async (_what, bytes, answer) => {
  expect(await raw(bytes)).toEqual(answer)
})

it('an expectation that nobody knows is left aside', async () => {
  expect(await raw(request('POST /nope', ['Expect: something']))).toEqual([404, NO_ENDPOINT])
})

it.each(['garbage', 'a/b/c', 'text/plain'])(
  'a content type of "%s" comes after the path and the method (H-16), and is refused inside too (H-18)',
  async (type) => {
    const headers = [`Content-Type: ${type}`]
    expect(await raw(request('POST /nope', headers, '{}'))).toEqual([404, NO_ENDPOINT])
    expect(await raw(request(`PUT ${USER_INFO}`, headers, '{}'))).toEqual([405, refused('请使用 POST')])
    expect(await raw(request(`POST ${USER_INFO}`, headers, '{}'))).toEqual([200, refused(WRONG_TYPE)])
    expect(await raw(request(`POST ${USER_NAME}`, headers, '{}'))).toEqual([200, inside(WRONG_TYPE)])
  },
)

it('an empty content type is as good as none (H-08)', async () => {
  const body = signed('user', { nonce: newNonce() }, site.clock.now())
  const path = `POST ${BASES.user}getSystemTime`
  expect(await raw(request(path, ['Content-Type:'], body))).toMatchObject([200, { code: 0 }])
  expect(await raw(request(path, [], body))).toMatchObject([200, { code: 0 }])
})

it('what is too large comes after the path and the method', async () => {
  const large = 'x'.repeat(70_000)
  const json = ['Content-Type: application/json']
  expect(await raw(request('POST /nope', json, large))).toEqual([404, NO_ENDPOINT])
  expect(await raw(request(`PUT ${USER_INFO}`, json, large))).toEqual([405, refused('请使用 POST')])
  expect(await raw(request(`POST ${USER_NAME}`, json, large))).toEqual([413, refused('请求内容过大')])
})
