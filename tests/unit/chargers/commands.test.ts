import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import { contract } from '#shared/contract/index.ts'
import type { Role } from '#shared/contract/define.ts'
import { callAs, NAME, openWorld, refusal, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

type Name =
  | 'chargers.read'
  | 'chargers.command'
  | 'chargers.send'
  | 'chargers.preview'
  | 'chargers.exchanges'
  | 'chargers.release'

/** As the door does it: the input checked, the answer held to the contract. */
async function ask<N extends Name>(name: N, input: Input<N>, ...roles: Role[]) {
  const handlers = world.chargers.handlers as Record<string, (call: unknown, input: unknown) => unknown>
  const checked = contract[name].input.parse(input)
  const answer = await world.run(
    Promise.resolve(
      handlers[name]?.(callAs(world, ...(roles.length > 0 ? roles : (['admin'] as const))), checked),
    ),
  )
  return contract[name].output.parse(answer) as Record<string, unknown>
}
const command = (input: Omit<Input<'chargers.command'>, 'name'>, ...roles: Role[]) =>
  ask('chargers.command', { name: NAME, ...input }, ...roles)

/** A wrong input is refused before a promise is made. */
const refused = (work: () => Promise<unknown>) => refusal(Promise.resolve().then(work))

describe('one command', () => {
  it('of each kind answers the digit, the reply and what was said', async () => {
    const { firmware } = world.firmware({ ports: [0, 3, 0, 0] })
    expect(await command({ command: 'QTIME' })).toMatchObject({
      status: 0,
      reply: expect.stringMatching(/^@OK\|0\|\d{12}&$/),
    })
    expect(await command({ command: 'STA' })).toMatchObject({
      status: 0,
      reply: '@OK|0|1000|2003|3000|4000&',
    })
    expect(await command({ command: 'LEDBLINK' })).toMatchObject({ status: 0, reply: '@OK|0&' })
    expect(await command({ command: 'STIME' })).toMatchObject({ status: 0, reply: '@OK|0&' })
    const on = await command({ command: 'POWERON', port: 1, minutes: 5, reason: 'test' })
    expect(on).toMatchObject({
      status: 0,
      reply: '@OK|0&',
      ports: [{ port: 1, state: 'charging', minutes: 5 }, {}, {}, {}],
    })
    expect(on['exchange']).toContainEqual(expect.objectContaining({ direction: 'sent', text: '@STA&' }))
    expect(await command({ command: 'POWEROFF', port: 1 })).toMatchObject({ status: 0 })
    expect(await command({ command: 'POWEROFFALL' })).toMatchObject({ status: 0 })
    expect(firmware.ports()).toEqual([0, 0, 0, 0])
  })

  it('refused by the charger answers its digit; STIME here never probes', async () => {
    const { charger } = world.firmware({ variant: { jamParity: 'zero', sigCase: 'lower', tsFormat: 'unix' } })
    expect(await command({ command: 'STIME' })).toMatchObject({ status: 3, reply: '@OK|3&' })
    expect(charger.commands).toEqual(['STIME'])
    expect(await command({ command: 'POWERON', port: 1, minutes: 1 })).toMatchObject({ status: 3 })
    expect(charger.commands.filter((one) => one === 'POWERON')).toHaveLength(1)
  })

  it('without a reply, to a busy or a broken port is an error', async () => {
    const { firmware } = world.firmware({ ports: [8, 999, 0, 0] })
    const on = (port: number) => refused(() => command({ command: 'POWERON', port, minutes: 1 }))
    expect((await on(1)).code).toBe('PORT_BUSY')
    expect((await on(2)).code).toBe('PORT_BROKEN')
    firmware.setFault('silent', true)
    expect((await refused(() => command({ command: 'LEDBLINK' }))).code).toBe('CHARGER_NO_REPLY')
  })

  it('needs its parameters and no others', async () => {
    const { charger } = world.firmware()
    for (const input of [
      { command: 'POWERON' as const, port: 1 },
      { command: 'POWERON' as const, minutes: 1 },
      { command: 'POWEROFF' as const },
      { command: 'POWEROFFALL' as const, port: 1 },
      { command: 'POWEROFF' as const, port: 1, minutes: 1 },
      { command: 'STA' as const, port: 1 },
    ])
      expect((await refused(() => command(input))).code).toBe('INVALID_INPUT')
    expect(charger.frames).toEqual([])
  })

  it('of an installer gives five minutes at most (R-18)', async () => {
    world.firmware()
    const on = (minutes: number, role: Role) => command({ command: 'POWERON', port: 1, minutes }, role)
    expect((await refused(() => on(6, 'installer'))).code).toBe('INVALID_INPUT')
    expect(await on(5, 'installer')).toMatchObject({ status: 0 })
    const changes = { 'bluetooth.installerMinutes': 2 }
    await world.settings.handlers['settings.update'](callAs(world, 'admin'), { changes })
    expect((await refused(() => on(3, 'installer'))).code).toBe('INVALID_INPUT')
    await command({ command: 'POWEROFFALL' })
    expect(await on(360, 'supervisor')).toMatchObject({ status: 0 })
  })
})

describe('what went wrong after it left', () => {
  /** what the audit row would say; none: nothing was on the air */
  const rowsOf = async (input: Omit<Input<'chargers.command'>, 'name'>) => {
    const rows: unknown[] = []
    let after: unknown
    const call = {
      ...callAs(world, 'installer'),
      note: (more: { after?: unknown }) => void (after = more.after ?? after),
      commit: (work: () => unknown) => {
        rows.push(after)
        return world.test.store.site.write(work)
      },
    }
    const handlers = world.chargers.handlers as Record<
      string,
      (call: unknown, input: unknown) => Promise<unknown>
    >
    const { code } = await refusal(
      world.run(Promise.resolve(handlers['chargers.command']?.(call, { name: NAME, ...input }))),
    )
    return { code, rows }
  }

  it('is on record with its reason (R-18); what was refused before is not', async () => {
    const { firmware } = world.firmware({ ports: [0, 9, 0, 0] })
    expect(await rowsOf({ command: 'POWERON', port: 2, minutes: 1, reason: 'lamp' })).toEqual({
      code: 'PORT_BUSY',
      rows: [],
    })
    firmware.setFault('silent', true, 'POWERON')
    expect(await rowsOf({ command: 'POWERON', port: 1, minutes: 1, reason: 'lamp' })).toEqual({
      code: 'CHARGER_NO_REPLY',
      rows: [
        {
          name: NAME,
          command: 'POWERON',
          port: 1,
          minutes: 1,
          reason: 'lamp',
          failed: { code: 'CHARGER_NO_REPLY', reason: 'powerOnUnknown' },
        },
      ],
    })
  })
})

describe('reading a charger', () => {
  it('answers its clock and its ports', async () => {
    world.firmware({ clockSkewS: -90, ports: [0, 0, 7, 0] })
    expect(await ask('chargers.read', { name: NAME })).toMatchObject({
      clockSkewS: -90,
      ports: [{ state: 'free' }, { state: 'free' }, { state: 'charging', minutes: 7 }, { state: 'free' }],
      warnings: [],
    })
  })

  it('goes on without a clock that cannot be read', async () => {
    world.radio.add({ name: NAME, answer: (frame) => (frame === '@STA&' ? '@OK|0|1000&' : '@OK|1&') })
    expect(await ask('chargers.read', { name: NAME })).toMatchObject({
      clock: null,
      clockSkewS: null,
      warnings: ['portsMissing', 'clockUnreadable'],
    })
  })
})

describe('the preview', () => {
  it('shows the frame and what is signed, and never the jam code', async () => {
    world.clock.setWall(1_700_000_000_000)
    const shown = await ask('chargers.preview', { name: NAME, command: 'POWERON', port: 1, minutes: 30 })
    expect(shown).toEqual({
      frame: '@POWERON|1|30|1700000000|bd8aaf7454401f6d3e14637e3027bb41&',
      signed: 'POWERON1301700000000',
      bytes: 58,
    })
    expect(await ask('chargers.preview', { name: NAME, command: 'STA' })).toEqual({
      frame: '@STA&',
      signed: null,
      bytes: 5,
    })
    expect(world.radios).toEqual([])
  })
})

describe('the raw console', () => {
  const send = (frame: string, ...roles: Role[]) => ask('chargers.send', { name: NAME, frame }, ...roles)

  it('sends a frame as it stands and answers what came', async () => {
    const { charger } = world.firmware()
    expect(await send('@QTIME&')).toMatchObject({ status: 0 })
    expect(await send('@POWEROFF|1|1|00&')).toMatchObject({ status: 3 })
    expect(charger.frames.at(-1)).toBe('@POWEROFF|1|1|00&')
  })

  it('says how the ports stand once power was switched', async () => {
    world.firmware()
    await command({ command: 'STIME' })
    const wish = { name: NAME, command: 'POWERON', port: 2, minutes: 1 } as const
    const { frame } = (await ask('chargers.preview', wish)) as { frame: string }
    const said = await send(frame)
    expect(said).toMatchObject({ status: 0 })
    expect(said['ports']).toContainEqual({ port: 2, state: 'charging', minutes: 1 })
  })

  it('answers what is no reply with no digit', async () => {
    world.radio.add({ name: NAME, answer: () => '@WHAT&' })
    expect(await send('@STA&')).toMatchObject({ status: null, reply: '@WHAT&' })
  })

  it('holds POWERON to its rules, and knows no other commands', async () => {
    const { charger } = world.firmware({ ports: [9, 0, 0, 0] })
    expect((await refused(() => send('@POWERON|1|1|1|x&'))).code).toBe('PORT_BUSY')
    expect((await refused(() => send('@POWERON|2|6|1|x&', 'installer'))).code).toBe('INVALID_INPUT')
    for (const frame of ['@POWERON|5|1|1|x&', '@POWERON|1|0|1|x&', '@RESET&', 'STA', '@STA&@STA&', '@STA |&'])
      expect((await refused(() => send(frame))).code).toBe('INVALID_INPUT')
    expect(charger.commands).toEqual(['STA'])
  })
})

describe('the exchange log', () => {
  it('lists the newest first, of one charger or one run', async () => {
    world.firmware()
    world.firmware({ name: 'BUC_000000000001' })
    await command({ command: 'STA' })
    await world.run(
      world.chargers.withCharger(
        'BUC_000000000001',
        { task: 'provisioning', runId: 'r1', step: 'ports' },
        (session) => session.ports(),
      ),
    )
    const all = await ask('chargers.exchanges', {})
    expect(all['total']).toBe(8)
    expect(all['rows']).toMatchObject([
      { direction: 'received', runId: 'r1', step: 'ports' },
      {},
      {},
      {},
      {},
      {},
      {},
      {},
    ])
    expect(await ask('chargers.exchanges', { name: NAME, limit: 1 })).toMatchObject({
      total: 4,
      rows: [{ name: NAME, operator: 'lin', runId: null, text: '@OK|0|1000|2000|3000|4000&' }],
    })
    expect(await ask('chargers.exchanges', { runId: 'r1', offset: 3 })).toMatchObject({
      total: 4,
      rows: [{ text: 'connecting' }],
    })
    expect(await ask('chargers.exchanges', { direction: 'sent', name: NAME })).toMatchObject({
      total: 1,
      rows: [{ text: '@STA&' }],
    })
    expect(await ask('chargers.exchanges', { text: '@sta' })).toMatchObject({ total: 2 })
    expect(await ask('chargers.exchanges', { text: '_STA%' })).toMatchObject({ total: 0 })
  })
})

describe('releasing', () => {
  it('ends the connection that waits, and refuses one in use', async () => {
    const { charger } = world.firmware()
    await command({ command: 'STA' })
    expect(charger.link).not.toBeNull()
    expect(await ask('chargers.release', { name: NAME })).toEqual({ ok: true })
    expect(charger.link).toBeNull()
    const busy = world.chargers.withCharger(NAME, { task: 'command' }, () => world.clock.sleep(1000))
    expect((await refused(() => ask('chargers.release', { name: NAME }))).code).toBe('CHARGER_BUSY')
    await world.run(busy)
  })
})
