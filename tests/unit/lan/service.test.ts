import { createServer } from 'node:net'
import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Handlers, LanService } from '#core/context.ts'
import type { Charging } from '#core/charging/index.ts'
import type { Input } from '#shared/contract/index.ts'
import { HOUR } from '#shared/time.ts'
import { endpoint } from '#main/lan/endpoint.ts'
import { createLanService } from '#main/lan/service/index.ts'
import { openSetUpDesk, screen, type Desk } from '../../fixtures/desk.ts'

const at = screen('desk')
const JAM = 'an-invented-jam-code'
const USER = { appId: 'invented-user', appKey: 'invented-user-key' }
const MANAGER = { appId: 'invented-manager', appKey: 'invented-manager-key' }

/** Answers anybody whose signature is right. */
const time = endpoint({
  side: 'user',
  name: 'getSystemTime',
  shape: 'list',
  mutating: false,
  parse: () => null,
  answer: () => [{ systemTime: 1 }],
})

let desk: Desk
let service: LanService
const NAMES = ['start', 'stop', 'status', 'requests', 'request', 'sign', 'rotate'] as const

beforeEach(async () => {
  const lazily = NAMES.map((name) => [
    `lan.${name}`,
    (call: never, input: never) => service.handlers[`lan.${name}`](call, input),
  ])
  desk = await openSetUpDesk({}, Object.fromEntries(lazily) as Partial<Handlers>)
  service = createLanService(
    // nothing of the business is asked for by an endpoint that only tells the time
    { ctx: desk.ctx, settings: desk.settings, charging: {} as Charging },
    [time],
    () => ({
      kind: 'none',
      login: () => Promise.reject(new Error('nobody logs in')),
      appId: () => null,
    }),
  )
  await update({
    'lan.host': '127.0.0.1',
    'lan.port': 0,
    'lan.user': USER,
    'lan.manager': MANAGER,
    'lan.httpJam': JAM,
    autoLockMinutes: 0,
  })
})
afterEach(async () => {
  await service.close()
  await desk.close()
})

const update = (changes: Record<string, unknown>) => desk.call(at, 'settings.update', { changes })
const status = () => desk.call(at, 'lan.status', {})
const start = () => desk.call(at, 'lan.start', {})
const stop = () => desk.call(at, 'lan.stop', {})
const rotate = (input: Input<'lan.rotate'>) => desk.call(at, 'lan.rotate', input)
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

async function ask(of = USER, how: (text: string) => string = (text) => text + JAM, name = 'getSystemTime') {
  const url = (await status()).url ?? ''
  const timestamp = Math.floor(desk.test.clock.now() / 1000)
  const text = `appId${of.appId}appKey${of.appKey}timestamp${timestamp}`
  const signature = Buffer.from(md5(how(text))).toString('base64')
  const answer = await fetch(`${url}/oapi/bluepower_user/1_0/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appId: of.appId, appKey: of.appKey, timestamp, signature }),
  })
  return ((await answer.json()) as { code: number }).code
}

/** A port that somebody else listens on. */
async function takenPort() {
  const other = createServer()
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    release: () => new Promise<void>((resolve) => void other.close(() => resolve())),
  }
}

describe('on and off', () => {
  it('is off until somebody starts it', async () => {
    await service.begin()
    expect(await status()).toMatchObject({ state: 'off', url: null, problem: null, missing: [] })
    const on = await start()
    expect(on.state).toBe('on')
    expect(on.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(service.state()).toMatchObject({ state: 'on', url: on.url })
    expect(await ask()).toBe(0)
    expect(await stop()).toMatchObject({ state: 'off', url: null })
    await expect(fetch(on.url ?? '')).rejects.toThrow('fetch failed')
  })

  it('is on again after the program was closed, and closes with it', async () => {
    await start()
    await service.close()
    expect(service.state().state).toBe('off')
    expect(desk.settings.values().lan.enabled).toBe(true)
  })

  it('is written into the audit, and not for everybody', async () => {
    await start()
    await stop()
    const { rows } = await desk.call(at, 'audit.list', { limit: 2 })
    expect(rows.map(({ operation }) => operation)).toEqual(['lan.stop', 'lan.start'])
    await desk.call(at, 'operators.create', { name: 'Ina', pin: '739155', roles: ['installer'], phone: '' })
    await desk.call(at, 'operators.signIn', { name: 'Ina', pin: '739155' })
    await expect(start()).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
    await expect(rotate({ side: 'user', overlapHours: 1 })).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
    expect((await desk.call(at, 'lan.requests', {})).total).toBe(0)
  })

  it('follows a change of where it listens', async () => {
    const { url } = await start()
    const other = await takenPort()
    await other.release()
    await update({ 'lan.port': other.port })
    // one change after the other: this one waits for the one before
    await service.begin()
    expect((await status()).url).toBe(`http://127.0.0.1:${other.port}`)
    expect(await ask()).toBe(0)
    await expect(fetch(url ?? '')).rejects.toThrow('fetch failed')
  })
})

describe('a port that is taken', () => {
  it('is told with another that is free, and used when it is free again', async () => {
    const taken = await takenPort()
    await update({ 'lan.port': taken.port })
    const failed = await start()
    expect(failed).toMatchObject({
      state: 'failed',
      url: null,
      problem: { code: 'portInUse', data: { host: '127.0.0.1', port: taken.port } },
    })
    expect(failed.otherPort).toBeGreaterThan(1023)
    expect(failed.otherPort).not.toBe(taken.port)
    await taken.release()
    expect((await start()).url).toBe(`http://127.0.0.1:${taken.port}`)
  })

  it('is used by itself once it is free, and until then nothing new is told', async () => {
    const taken = await takenPort()
    await update({ 'lan.port': taken.port })
    const failed = await start()
    await desk.test.clock.advance(5000)
    let told = 0
    const stopHearing = desk.ctx.events.on((event) => {
      if (event.type === 'changed' && event.area === 'lan') told += 1
    })
    await desk.test.clock.advance(20_000)
    await service.begin()
    expect([(await status()).state, (await status()).problem, told]).toEqual(['failed', failed.problem, 0])
    stopHearing()
    await taken.release()
    await desk.test.clock.advance(15_000)
    await vi.waitFor(async () =>
      expect(await status()).toMatchObject({ state: 'on', url: `http://127.0.0.1:${taken.port}` }),
    )
    expect(await ask()).toBe(0)
  })

  it('is exchanged for the other one by one change', async () => {
    const taken = await takenPort()
    await update({ 'lan.port': taken.port })
    const { otherPort } = await start()
    await update({ 'lan.port': otherPort })
    await service.begin()
    expect(await status()).toMatchObject({
      state: 'on',
      url: `http://127.0.0.1:${otherPort}`,
      otherPort: null,
    })
    await taken.release()
  })

  it('is not the same as an address that this computer has not', async () => {
    await update({ 'lan.host': '192.0.2.1' })
    expect((await start()).problem).toMatchObject({ code: 'noSuchAddress' })
    expect((await status()).otherPort).toBeNull()
  })
})

describe('credentials', () => {
  it('are missing until they are set, and nobody passes', async () => {
    await update({ 'lan.user': null, 'lan.httpJam': null })
    await start()
    expect((await status()).missing).toEqual(['user', 'httpJam'])
    expect(await ask()).toBe(4)
    expect(await ask(USER, undefined, 'nothing')).toBe(3)
  })

  it('are made, shown once, and never again', async () => {
    await update({ 'lan.user': null })
    const made = await rotate({ side: 'user', overlapHours: 24 })
    expect(made.appId).toMatch(/^[0-9a-f]{32}$/)
    expect(made.appKey).toMatch(/^[0-9a-f]{32}$/)
    expect((await status()).rotating).toEqual([])
    const everywhere = JSON.stringify([
      await desk.call(at, 'settings.get', {}),
      await desk.call(at, 'audit.list', {}),
      await status(),
    ])
    expect(everywhere).not.toContain(made.appKey)
    await start()
    expect(await ask(made)).toBe(0)
  })

  it('of before go on working beside the new ones for the time that was set', async () => {
    await start()
    const made = await rotate({ side: 'user', appId: 'another', appKey: 'another-key', overlapHours: 2 })
    expect(made).toEqual({
      appId: 'another',
      appKey: 'another-key',
      until: desk.test.clock.now() + 2 * HOUR,
    })
    expect((await status()).rotating).toEqual([{ side: 'user', until: made.until }])
    expect([await ask(made), await ask(USER)]).toEqual([0, 0])
    await desk.test.clock.advance(2 * HOUR - 1000)
    expect([await ask(made), await ask(USER)]).toEqual([0, 0])
    await desk.test.clock.advance(2000)
    expect([await ask(made), await ask(USER)]).toEqual([0, 4])
    expect((await status()).rotating).toEqual([])
    const [last] = (await desk.call(at, 'lan.requests', { limit: 1 })).rows
    const { signature } = await desk.call(at, 'lan.request', { id: last?.id ?? '' })
    expect(signature.hints).toEqual([{ code: 'credentialsEnded' }])
  })

  it('of before end at once where no time is set, also those of an earlier change', async () => {
    await start()
    await rotate({ side: 'user', overlapHours: 24 })
    const made = await rotate({ side: 'user', overlapHours: 0 })
    expect(await ask(USER)).toBe(4)
    expect(await ask(made)).toBe(0)
    expect((await status()).rotating).toEqual([])
  })

  it('of one side do not open the other', async () => {
    await start()
    expect(await ask(MANAGER)).toBe(4)
  })
})

describe('who called', () => {
  it('is counted and listed, with why it was refused', async () => {
    await start()
    await ask()
    await ask(USER, (text) => text)
    expect((await status()).lastMinute).toEqual({ requests: 2, refused: 1, addresses: ['127.0.0.1'] })
    const all = await desk.call(at, 'lan.requests', {})
    expect(all.rows.map(({ endpoint: name, side, code }) => [name, side, code])).toEqual([
      ['getSystemTime', 'user', 2],
      ['getSystemTime', 'user', 0],
    ])
    const [failed] = all.rows
    const one = await desk.call(at, 'lan.request', { id: failed?.id ?? '' })
    expect(one.signature.hints).toEqual([{ code: 'jamMissing' }])
    await expect(desk.call(at, 'lan.request', { id: '99' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is filtered', async () => {
    await start()
    await ask()
    await ask(USER, (text) => text)
    await ask(MANAGER)
    await ask(USER, undefined, 'noSuchThing')
    const codes = async (input: Input<'lan.requests'>) =>
      (await desk.call(at, 'lan.requests', input)).rows.map(({ code }) => code)
    expect(await codes({})).toEqual([3, 4, 2, 0])
    expect(await codes({ failed: true })).toEqual([3, 4, 2])
    expect(await codes({ failed: false })).toEqual([0])
    expect(await codes({ code: 2 })).toEqual([2])
    expect(await codes({ endpoint: 'systemtime' })).toEqual([4, 2, 0])
    expect(await codes({ side: 'manager' })).toEqual([])
    expect(await codes({ address: '10.0.0.1' })).toEqual([])
    expect(await codes({ upTo: '1' })).toEqual([2, 0])
    expect(await codes({ offset: 1, limit: 2 })).toEqual([4, 2])
  })

  it('is told to the screens once for many', async () => {
    await start()
    let told = 0
    const stopHearing = desk.ctx.events.on((event) => {
      if (event.type === 'changed' && event.area === 'lan') told += 1
    })
    for (let i = 0; i < 5; i += 1) await ask()
    expect(told).toBe(0)
    await desk.test.clock.advance(1000)
    expect(told).toBe(1)
    await ask()
    await desk.test.clock.advance(1000)
    expect(told).toBe(2)
    stopHearing()
  })
})

describe('the signature calculator', () => {
  it('gives what the service accepts', async () => {
    await start()
    const timestamp = String(Math.floor(desk.test.clock.now() / 1000))
    const { expected } = await desk.call(at, 'lan.sign', {
      side: 'user',
      parameters: [{ name: 'timestamp', value: timestamp }],
    })
    const text = `appId${USER.appId}appKey${USER.appKey}timestamp${timestamp}${JAM}`
    expect(expected.map(({ value }) => value)).toEqual([Buffer.from(md5(text)).toString('base64')])
    expect(expected[0]?.raw).toBe(Buffer.from(md5(text), 'hex').toString('base64'))
    expect(JSON.stringify(expected)).not.toMatch(/invented-user-key|an-invented-jam-code/)
  })

  it('gives both orders where a parameter comes after the time', async () => {
    const { expected } = await desk.call(at, 'lan.sign', {
      side: 'manager',
      parameters: [
        { name: 'user', value: '1' },
        { name: 'timestamp', value: '1' },
      ],
    })
    expect(expected.map(({ variant }) => variant)).toEqual([
      'sorted plain signed',
      'timestampLast plain signed',
    ])
  })

  it('needs the credentials of the side', async () => {
    await update({ 'lan.user': null })
    await expect(desk.call(at, 'lan.sign', { side: 'user', parameters: [] })).rejects.toMatchObject({
      code: 'NOT_CONFIGURED',
    })
  })
})
