import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import { MOST_FILE_BYTES } from '#shared/uploads.ts'
import { ADMIN, DOORS, openTestCore, VIEWER, type Client, type TestCore } from '../fixtures/doors.ts'

let test: TestCore
beforeAll(async () => {
  test = await openTestCore()
})
afterAll(() => test.close())

const refusal = async (promise: Promise<unknown>): Promise<SitedeskError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SitedeskError)
  return error as SitedeskError
}

/** One suite for every door: what can be asked, and what comes back, is the same at each. */
describe.each(DOORS)('the $name door', (door) => {
  let client: Client
  beforeEach(async () => {
    client = await door.connect(test)
  })
  afterEach(() => client.close())

  it('says what a screen needs before anyone signs in', async () => {
    const hello = await client.call('system.hello', {})
    expect(hello).toMatchObject({ firstRun: false, operator: null, locked: false, demo: false })
    expect(hello.names).toEqual(expect.arrayContaining(['Ada', 'Vic']))
  })

  it('asks for a session, then knows who is there', async () => {
    expect(await refusal(client.call('meters.list', {}))).toMatchObject({ code: 'SESSION_REQUIRED' })
    const signedIn = await client.call('operators.signIn', ADMIN)
    expect(signedIn).toMatchObject({ name: 'Ada', roles: ['admin'] })
    expect((await client.call('system.hello', {})).operator).toMatchObject({ name: 'Ada' })
    expect(await client.call('meters.list', {})).toMatchObject({ total: 0, rows: [] })
  })

  it('knows nobody after sign-out', async () => {
    await client.call('operators.signIn', ADMIN)
    await client.call('operators.signOut', {})
    expect(await refusal(client.call('meters.list', {}))).toMatchObject({ code: 'SESSION_REQUIRED' })
  })

  it('keeps its sessions from every other screen', async () => {
    await client.call('operators.signIn', ADMIN)
    const other = await door.connect(test)
    expect(await refusal(other.call('meters.list', {}))).toMatchObject({ code: 'SESSION_REQUIRED' })
    other.close()
  })

  it('refuses a wrong PIN with its code', async () => {
    const error = await refusal(client.call('operators.signIn', { name: 'Ada', pin: '000000' }))
    expect(error.code).toBe('PIN_WRONG')
    await client.call('operators.signIn', ADMIN)
  })

  it('gives the path of what is wrong in the input', async () => {
    await client.call('operators.signIn', ADMIN)
    const wrong = { name: 'Bo', pin: '12', roles: ['admin' as const] }
    const error = await refusal(client.call('operators.create', wrong))
    expect(error.code).toBe('INVALID_INPUT')
    expect(error.message).toContain('pin')
    expect(error.data).toMatchObject({ issues: [{ path: 'pin' }] })
    const unknown = { ...wrong, pin: '123456', shoe: 44 }
    expect(await refusal(client.call('operators.create', unknown))).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('takes a file as large as the screens say', async () => {
    await client.call('operators.signIn', ADMIN)
    const base64 = Buffer.alloc(MOST_FILE_BYTES, '表号,户号').toString('base64')
    const error = await refusal(client.call('water.importLinks', { fileName: 'x.csv', base64, dryRun: true }))
    // read to its end: it is no list of links
    expect(error).toMatchObject({ code: 'INVALID_INPUT' })
    expect(error.data).toHaveProperty('reason')
  })

  it('names the roles that an operation needs', async () => {
    await client.call('operators.signIn', VIEWER)
    expect(await client.call('meters.list', {})).toMatchObject({ rows: [] })
    const input = { name: 'Bo', pin: '123456', roles: ['viewer' as const] }
    const error = await refusal(client.call('operators.create', input))
    expect(error.code).toBe('ROLE_REQUIRED')
    expect(error.data).toEqual({ operation: 'operators.create', roles: ['admin'] })
  })

  it('keeps the data of a typed error whole', async () => {
    await client.call('operators.signIn', ADMIN)
    const error = await refusal(client.call('jobs.get', { id: 'no-such' }))
    expect(error.code).toBe('NOT_FOUND')
    expect(error.data).toEqual({ what: 'job', id: 'no-such' })
  })

  it('knows no operation but those of the contract', async () => {
    await client.call('operators.signIn', ADMIN)
    for (const name of ['meters.nothing', 'audit.append', 'toString.call'])
      expect(await refusal(client.call(name as 'meters.list', {}))).toMatchObject({
        code: 'UNKNOWN_OPERATION',
      })
  })

  it('leaves one audit row for a change, with who, where and what', async () => {
    await client.call('operators.signIn', ADMIN)
    const name = `By ${door.name}`
    await client.call('operators.create', { name, pin: '246810', roles: ['viewer'] })
    const { rows } = await client.call('audit.list', { operation: 'operators.create', limit: 1000 })
    const mine = rows.filter((row) => row.door === door.name && row.outcome === 'ok')
    expect(mine).toHaveLength(1)
    expect(mine[0]).toMatchObject({ operator: 'Ada', target: name })
    expect(JSON.stringify(mine)).not.toContain('246810')
  })
})

describe.each(DOORS.filter((door) => door.pushes))('the $name door', (door) => {
  let client: Client
  beforeEach(async () => {
    client = await door.connect(test)
  })
  afterEach(() => client.close())

  it('pushes changes made elsewhere to a screen that somebody is signed in on', async () => {
    await client.call('operators.signIn', ADMIN)
    const other = await door.connect(test)
    await other.call('operators.signIn', VIEWER)
    const { rows } = await client.call('operators.list', { query: 'Vic' })
    const id = rows.find((row) => row.name === 'Vic')?.id ?? ''
    await client.call('operators.update', { id, phone: '13800000000' })
    const event = await other.next((e) => e.type === 'changed' && e.area === 'operators')
    expect(event).toMatchObject({ type: 'changed', area: 'operators' })
    other.close()
  })

  it('tells a screen that it was locked', async () => {
    await client.call('operators.signIn', ADMIN)
    await client.call('operators.lock', {})
    expect(await client.next((e) => e.type === 'session')).toEqual({ type: 'session', state: 'locked' })
    expect(await refusal(client.call('meters.list', {}))).toMatchObject({
      code: 'SESSION_REQUIRED',
      data: { locked: true },
    })
  })
})
