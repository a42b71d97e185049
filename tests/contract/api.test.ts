import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#shared/contract/index.ts'
import { ERROR_STATUS } from '#shared/errors.ts'
import { MOST_CALL_BYTES } from '#shared/uploads.ts'
import { ADMIN, callApi, openTestCore, type TestCore } from '../fixtures/doors.ts'

let test: TestCore
beforeAll(async () => {
  test = await openTestCore()
})
afterAll(() => test.close())

const post = (path: string, init: { body?: string; headers?: Record<string, string> } = {}) =>
  fetch(`${test.web.url}${path}`, {
    method: 'POST',
    ...init,
    headers: { Authorization: `Bearer ${test.web.token}`, ...init.headers },
  })

describe('the automation API', () => {
  it('needs the token for every address, known or not', async () => {
    for (const path of ['/api/system/hello', '/api/no/such', '/api/openapi.json'])
      for (const Authorization of ['', 'Bearer wrong', `Basic ${test.web.token}`]) {
        const response = await post(path, { headers: { Authorization } })
        expect(response.status).toBe(401)
        expect(await response.json()).toMatchObject({ code: 'TOKEN_REQUIRED' })
      }
  })

  it('answers the HTTP status of each code', async () => {
    const { body } = await callApi(test.web, 'operators.signIn', ADMIN)
    const session = { 'X-Sitedesk-Session': String(body['session']) }
    const cases = [
      ['meters.list', {}, {}, 'SESSION_REQUIRED'],
      ['meters.list', { limit: 0 }, session, 'INVALID_INPUT'],
      ['operators.signIn', { name: 'Ada', pin: '0000' }, {}, 'PIN_WRONG'],
      ['meters.nothing', {}, session, 'UNKNOWN_OPERATION'],
      ['jobs.get', { id: 'x' }, session, 'NOT_FOUND'],
      ['operators.createFirst', ADMIN, session, 'ALREADY_SET_UP'],
    ] as const
    for (const [operation, input, headers, code] of cases) {
      const answer = await callApi(test.web, operation, input, headers)
      expect(answer).toMatchObject({ status: ERROR_STATUS[code], body: { code } })
      expect(answer.body['message']).toEqual(expect.any(String))
    }
  })

  it('takes an empty body as an empty input', async () => {
    const response = await post('/api/system/hello')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
  })

  it('refuses what is not JSON, what is too large and other methods', async () => {
    const headers = { 'Content-Type': 'application/json' }
    expect((await post('/api/system/hello', { body: '{', headers })).status).toBe(400)
    expect(
      (await post('/api/system/hello', { body: 'a=b', headers: { 'Content-Type': 'text/plain' } })).status,
    ).toBe(400)
    const large = await post('/api/system/hello', {
      body: JSON.stringify('x'.repeat(MOST_CALL_BYTES)),
      headers,
    })
    expect(await large.json()).toMatchObject({ code: 'BODY_TOO_LARGE' })
    const got = await fetch(`${test.web.url}/api/system/hello`, {
      headers: { Authorization: `Bearer ${test.web.token}` },
    })
    expect(got.status).toBe(405)
    expect(got.headers.get('allow')).toBe('POST')
  })

  it('pages every list the same way (interfaces §3)', () => {
    const lists = Object.entries(contract).filter(([name]) => name.endsWith('.list'))
    expect(lists.length).toBeGreaterThan(10)
    for (const [name, { input, output }] of lists) {
      expect(input.safeParse({ offset: 0, limit: 1000 }).success, name).toBe(true)
      expect(input.safeParse({ limit: 1001 }).success, name).toBe(false)
      expect(Object.keys((output as { shape?: object }).shape ?? {}), name).toEqual(
        expect.arrayContaining(['total', 'rows']),
      )
    }
  })

  it('describes every operation of the contract, and nothing else', async () => {
    const response = await fetch(`${test.web.url}/api/openapi.json`, {
      headers: { Authorization: `Bearer ${test.web.token}` },
    })
    const document = (await response.json()) as { openapi: string; paths: Record<string, { post: object }> }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).toSorted()).toEqual(
      Object.keys(contract)
        .map((name) => `/api/${name.replace('.', '/')}`)
        .toSorted(),
    )
    expect(document.paths['/api/operators/create']?.post).toMatchObject({
      'x-access': 'admin',
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', required: ['name', 'pin', 'roles'] } } },
      },
    })
  })
})
