import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '#core/context.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import { ADMIN, openDesk, openSetUpDesk, screen, script, type Desk } from '../../fixtures/desk.ts'

let desk: Desk
let ben: string
const at = screen('desk')
const BEN = { name: 'Ben', pin: '2468' }

beforeEach(async () => {
  desk = await openSetUpDesk()
  ben = (await desk.call(at, 'operators.create', { ...BEN, roles: ['supervisor'] })).id
})
afterEach(() => desk.close())

const state = (caller: Caller) => {
  const found = desk.operators.sessions.of(caller)
  return found.state === 'none' ? 'none' : `${found.state} ${found.operator.name}`
}
const listen = (caller: Caller) => {
  const events: CoreEvent[] = []
  desk.operators.sessions.subscribe(caller, (event) => events.push(event))
  return events
}
const idle = (minutes: number) => desk.test.clock.advance(minutes * MINUTE)

describe('a screen', () => {
  it('is signed in by itself, apart from other screens; the token works for a script too', async () => {
    const { session, name, roles } = await desk.call(screen('b'), 'operators.signIn', BEN)
    expect([name, roles]).toEqual(['Ben', ['supervisor']])
    expect([state(at), state(screen('b')), state(screen('c'))]).toEqual(['active Ada', 'active Ben', 'none'])
    expect(session).toMatch(/^[0-9a-f]{64}$/)
    expect(state(script(session))).toBe('active Ben')
  })

  it('changes hands fast: another PIN on the same screen, and the former token is worth nothing', async () => {
    const first = await desk.call(at, 'operators.signIn', ADMIN)
    const events = listen(at)
    await desk.call(at, 'operators.signIn', BEN)
    expect(state(at)).toBe('active Ben')
    expect(state(script(first.session))).toBe('none')
    expect(events).toContainEqual({ type: 'changed', area: 'system' })
  })

  it('locks itself after ten minutes without a touch or a write, and says so', async () => {
    const events = listen(at)
    await idle(9)
    await desk.call(at, 'operators.touch', {})
    await idle(9)
    await desk.call(at, 'operators.create', { name: 'Cleo', pin: '1111', roles: ['viewer'] })
    await idle(9)
    await desk.call(at, 'settings.get', {})
    expect(state(at)).toBe('active Ada')
    await idle(1)
    expect(events).toContainEqual({ type: 'session', state: 'locked' })
    expect(state(at)).toBe('locked Ada')
    await expect(desk.call(at, 'operators.touch', {})).rejects.toMatchObject({ data: { locked: true } })
  })

  it('is unlocked by its operator or by another one', async () => {
    await desk.call(at, 'operators.lock', {})
    await expect(desk.call(at, 'operators.signIn', { ...ADMIN, pin: '0000' })).rejects.toMatchObject({
      code: 'PIN_WRONG',
    })
    expect(state(at)).toBe('locked Ada')
    await desk.call(at, 'operators.signIn', ADMIN)
    expect(state(at)).toBe('active Ada')
    await desk.call(at, 'operators.lock', {})
    await desk.call(at, 'operators.signIn', BEN)
    expect(state(at)).toBe('active Ben')
  })

  it('locks as the settings say, 0 for never', async () => {
    await desk.call(at, 'settings.update', { changes: { autoLockMinutes: 2 } })
    await idle(2)
    expect(state(at)).toBe('locked Ada')
    await desk.call(at, 'operators.signIn', ADMIN)
    await desk.call(at, 'settings.update', { changes: { autoLockMinutes: 0 } })
    await idle(600)
    expect(state(at)).toBe('active Ada')
  })

  it('locks at once after the computer slept, where only the wall clock went on', async () => {
    desk.test.clock.setWall(desk.test.clock.now() + HOUR)
    expect(state(at)).toBe('locked Ada')
  })

  it('hears nothing while nobody is signed in or it is locked, and each listener stops', async () => {
    const [mine, strange] = [listen(at), listen(screen('strange'))]
    const job: CoreEvent = { type: 'changed', area: 'meters' }
    desk.ctx.events.emit(job)
    expect([mine, strange]).toEqual([[job], []])
    await desk.call(at, 'operators.lock', {})
    mine.length = 0
    desk.ctx.events.emit(job)
    expect(mine).toEqual([])
    const stopped: CoreEvent[] = []
    const stop = desk.operators.sessions.subscribe(at, (event) => stopped.push(event))
    stop()
    await desk.call(at, 'operators.signIn', ADMIN)
    expect(stopped).toEqual([])
  })

  it('goes on when one listener throws', async () => {
    desk.operators.sessions.subscribe(at, () => {
      throw new Error('gone')
    })
    const events = listen(at)
    desk.ctx.events.emit({ type: 'changed', area: 'meters' })
    expect(events).toHaveLength(1)
  })

  it('is free again after signing out', async () => {
    const events = listen(at)
    await desk.call(at, 'operators.signOut', {})
    expect(state(at)).toBe('none')
    expect(events).toContainEqual({ type: 'session', state: 'ended' })
    expect(events.filter(({ type }) => type === 'session')).toHaveLength(1)
  })
})

describe('a script', () => {
  it('has a session of 12 h that does not lock itself', async () => {
    const { session } = await desk.call(script(), 'operators.signIn', BEN)
    await desk.test.clock.advance(12 * HOUR - 1)
    expect(state(script(session))).toBe('active Ben')
    await desk.test.clock.advance(1)
    expect(state(script(session))).toBe('none')
  })

  it('keeps its session when it signs in again', async () => {
    const one = await desk.call(script(), 'operators.signIn', BEN)
    const two = await desk.call(script(one.session), 'operators.signIn', ADMIN)
    expect([state(script(one.session)), state(script(two.session))]).toEqual(['active Ben', 'active Ada'])
    await desk.call(script(one.session), 'operators.signOut', {})
    expect([state(script(one.session)), state(script(two.session))]).toEqual(['none', 'active Ada'])
  })
})

describe('a change to an operator', () => {
  it('takes roles away at once', async () => {
    await desk.call(screen('b'), 'operators.signIn', BEN)
    await desk.call(screen('b'), 'operators.list', {})
    await desk.call(at, 'operators.update', { id: ben, roles: ['viewer'] })
    await expect(desk.call(screen('b'), 'operators.list', {})).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    })
  })

  it('ends all sessions of one who was disabled, and lets him in no more', async () => {
    const { session } = await desk.call(script(), 'operators.signIn', BEN)
    await desk.call(screen('b'), 'operators.signIn', BEN)
    const events = listen(screen('b'))
    await desk.call(at, 'operators.update', { id: ben, disabled: true })
    expect([state(script(session)), state(screen('b'))]).toEqual(['none', 'none'])
    expect(events).toContainEqual({ type: 'session', state: 'ended' })
    await expect(desk.call(screen('b'), 'operators.signIn', BEN)).rejects.toMatchObject({ code: 'PIN_WRONG' })
    expect(desk.operators.names()).toEqual(['Ada'])
  })

  it('ends sessions that began with the old PIN, but not the one it came from', async () => {
    await desk.call(screen('b'), 'operators.signIn', BEN)
    await desk.call(at, 'operators.update', { id: ben, pin: '97531' })
    expect(state(screen('b'))).toBe('none')
    const { rows } = await desk.call(at, 'operators.list', { query: 'ada' })
    await desk.call(at, 'operators.update', { id: rows[0]?.id ?? '', pin: '86420' })
    expect(state(at)).toBe('active Ada')
  })
})

describe('the demo', () => {
  const openDemo = async () => {
    await desk.close()
    desk = await openDesk({ options: { demo: true, autoSignIn: 'demo' } })
  }

  it('signs every screen in by itself, scripts not', async () => {
    await openDemo()
    expect([state(screen('x')), state(script())]).toEqual(['active demo', 'none'])
    expect((await desk.call(screen('x'), 'operators.list', {})).rows[0]?.roles).toHaveLength(7)
  })

  it('asks for the PIN once a screen was locked or left', async () => {
    await openDemo()
    await desk.call(screen('x'), 'operators.lock', {})
    expect(state(screen('x'))).toBe('locked demo')
    await desk.call(screen('y'), 'operators.signOut', {})
    expect(state(screen('y'))).toBe('none')
    await desk.call(screen('y'), 'operators.signIn', { name: 'demo', pin: '135790' })
    expect(state(screen('y'))).toBe('active demo')
  })
})
