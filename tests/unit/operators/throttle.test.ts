import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { delayAfter } from '#core/operators/throttle.ts'
import type { SitedeskError } from '#shared/errors.ts'
import { HOUR, SECOND } from '#shared/time.ts'
import { ADMIN, openSetUpDesk, screen, script, type Desk } from '../../fixtures/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openSetUpDesk()
})
afterEach(() => desk.close())

const attempt = (pin: string, name = ADMIN.name) =>
  desk.call(script(), 'operators.signIn', { name, pin }).then(
    () => ({ code: 'OK', data: undefined }),
    (error: SitedeskError) => ({ code: error.code, data: error.data }),
  )
const wrong = async (times: number, name?: string) => {
  const codes: string[] = []
  for (let i = 0; i < times; i++) codes.push((await attempt('9753', name)).code)
  return codes
}
const now = () => desk.test.clock.now()
const closed = (ms: number) => ({ code: 'TOO_MANY_ATTEMPTS', data: { retryAt: now() + ms } })

describe('wrong PINs', () => {
  it('close the name after five, for 30 s, even for the right PIN', async () => {
    expect(await wrong(5)).toEqual(Array(5).fill('PIN_WRONG'))
    expect(await attempt(ADMIN.pin)).toEqual(closed(30 * SECOND))
    await desk.test.clock.advance(30 * SECOND - 1)
    expect(await attempt(ADMIN.pin)).toEqual(closed(1))
    await desk.test.clock.advance(1)
    expect((await attempt(ADMIN.pin)).code).toBe('OK')
  })

  it('double the time with each further one', async () => {
    await wrong(5)
    for (const seconds of [30, 60, 120, 240]) {
      expect(await attempt(ADMIN.pin)).toEqual(closed(seconds * SECOND))
      await desk.test.clock.advance(seconds * SECOND)
      expect(await wrong(1)).toEqual(['PIN_WRONG'])
    }
    expect(delayAfter(4)).toBe(0)
    expect(delayAfter(500)).toBe(HOUR)
  })

  it('tell with the fifth when to come back', async () => {
    await wrong(4)
    expect(await attempt('9753')).toEqual({ code: 'PIN_WRONG', data: { retryAt: now() + 30 * SECOND } })
  })

  it('are forgotten by the right PIN', async () => {
    await wrong(4)
    expect((await attempt(ADMIN.pin)).code).toBe('OK')
    expect(await wrong(5)).toEqual(Array(5).fill('PIN_WRONG'))
  })

  it('survive a restart', async () => {
    await wrong(5)
    desk = await desk.restart()
    expect(await attempt(ADMIN.pin)).toEqual(closed(30 * SECOND))
  })

  it('count when they are sent all at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => attempt('9753').then(({ code }) => code)),
    )
    expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(5)
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(15)
  })

  it('count under one name however it is written, and leave other names open', async () => {
    await desk.call(screen('desk'), 'operators.create', { name: 'Ben', pin: '2468', roles: ['viewer'] })
    for (const name of ['Ada', 'ADA', 'ada', ' aDa ', 'Ada']) await wrong(1, name)
    expect((await attempt(ADMIN.pin, 'ada')).code).toBe('TOO_MANY_ATTEMPTS')
    expect((await attempt('2468', 'Ben')).code).toBe('OK')
  })

  it('close a name that nobody has in the same way', async () => {
    expect(await wrong(6, 'Nobody')).toEqual([...Array<string>(5).fill('PIN_WRONG'), 'TOO_MANY_ATTEMPTS'])
  })

  it('do not close for longer when the wall clock is set back', async () => {
    await wrong(5)
    desk.test.clock.setWall(now() - 24 * HOUR)
    expect(await attempt(ADMIN.pin)).toEqual(closed(30 * SECOND))
  })

  it('leave an audit row each, one a closure, and never the PIN', async () => {
    await wrong(5)
    await Promise.all([attempt('8642'), attempt('8642'), attempt('8642')])
    const { rows } = await desk.call(screen('desk'), 'audit.list', { operation: 'operators.signIn' })
    expect(rows.map((row) => row.outcome)).toEqual([
      'TOO_MANY_ATTEMPTS',
      ...Array<string>(5).fill('PIN_WRONG'),
    ])
    expect(rows.every((row) => row.target === ADMIN.name && row.door === 'api')).toBe(true)
    const everything = JSON.stringify(
      desk.test.store.site.sql.statement('SELECT target, before, after FROM audit').all(),
    )
    expect(everything).not.toMatch(/9753|8642|482913/)
  })

  it('are forgotten with their row after a day without any', async () => {
    await wrong(3, 'Nobody')
    await desk.test.clock.advance(25 * HOUR)
    await wrong(1)
    const names = desk.test.store.site.sql.statement('SELECT name FROM sign_in_failure').all()
    expect(names).toEqual([{ name: 'ada' }])
  })

  it('end with a new PIN from the administrator', async () => {
    const at = screen('desk')
    const { id } = await desk.call(at, 'operators.create', { name: 'Ben', pin: '2468', roles: ['viewer'] })
    await wrong(5, 'Ben')
    await desk.call(at, 'operators.update', { id, pin: '86420' })
    expect((await attempt('86420', 'Ben')).code).toBe('OK')
  })
})
