import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createExchangeLog } from '#core/chargers/exchanges.ts'
import { reasonOf } from '#core/chargers/index.ts'
import { CHARGER_REASONS } from '#shared/charger-reasons.ts'
import { callAs, NAME, openWorld, refusal, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const other = (n: number) => `BUC_${String(n).padStart(12, '0')}`
const pause = (ms: number) => () => world.clock.sleep(ms)

describe('a lease', () => {
  it('is for one task, and the other is told who has it', async () => {
    world.firmware()
    const first = world.chargers.withCharger(
      NAME,
      { task: 'provisioning', operator: 'wang', runId: 'r1' },
      pause(1000),
    )
    expect(await refusal(world.chargers.withCharger(NAME, { task: 'command' }, pause(1)))).toMatchObject({
      code: 'CHARGER_BUSY',
      reason: 'held',
      data: { task: 'provisioning', operator: 'wang', runId: 'r1' },
    })
    await world.clock.advance(500)
    expect(world.chargers.heard()).toMatchObject([{ heldBy: 'provisioning' }])
    await world.run(first)
    expect(world.chargers.heard()).toMatchObject([{ heldBy: null }])
    await world.task(pause(1))
  })

  it('ends with the task however it ends', async () => {
    world.firmware()
    await expect(world.task(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault')
    const late = world.radio.add({ name: other(1) })
    late.audible = false
    const gone = () => world.run(world.chargers.withCharger(other(1), { task: 'test' }, pause(1)))
    expect((await refusal(gone())).code).toBe('CHARGER_NOT_FOUND')
    expect((await refusal(gone())).code).toBe('CHARGER_NOT_FOUND')
    await world.task((session) => session.ports())
  })
})

describe('a connection', () => {
  it('serves commands in a row, and is given up within five seconds of idleness (B-33)', async () => {
    const { charger } = world.firmware()
    for (let i = 0; i < 3; i++) {
      await world.task((session) => session.ports())
      await world.clock.advance(3000)
    }
    expect(charger.connections).toBe(1)
    await world.task((session) => session.ports())
    const ended = world.clock.monotonic()
    while (charger.link) await world.clock.advance(100)
    expect(world.clock.monotonic() - ended).toBeLessThanOrEqual(5000)
    await world.task((session) => session.ports())
    expect(charger.connections).toBe(2)
  })

  it('is found at once while it stands, though a connected charger does not advertise', async () => {
    const { charger } = world.firmware()
    await world.task((session) => session.ports())
    expect(await world.run(world.chargers.find(NAME, { timeoutMs: 1000 }))).toMatchObject({
      radioId: charger.radioId,
    })
  })

  it('ends with the task that wants it so', async () => {
    const { charger } = world.firmware()
    await world.task((session) => session.ports(), { keep: false })
    expect(charger.link).toBeNull()
  })

  it('is made one at a time, and few are held idle', async () => {
    const all = Array.from({ length: 8 }, (_, i) => world.firmware({ name: other(i) }).charger)
    await world.run(
      Promise.all(
        all.map((charger) =>
          world.chargers.withCharger(charger.name ?? '', { task: 'test' }, (session) => session.ports()),
        ),
      ),
    )
    expect(world.radio.mostConnecting).toBe(1)
    for (const { commands } of all) expect(commands).toEqual(['STA'])
    await world.task((session) => session.ports()).catch(() => undefined)
    world.firmware({ name: other(9) })
    await world.run(world.chargers.withCharger(other(9), { task: 'test' }, (session) => session.ports()))
    await world.clock.advance(5000)
    expect(all.filter(({ link }) => link !== null)).toEqual([])
  })

  it('is tried twice, and then busy or out of range (B-11, B-33)', async () => {
    const { charger } = world.firmware()
    charger.connects.push('refused')
    await world.task((session) => session.ports(), { keep: false })
    charger.connects.push('connectTimeout', 'connectTimeout')
    const began = world.clock.monotonic()
    expect(await refusal(world.task((session) => session.ports()))).toMatchObject({
      code: 'CHARGER_UNREACHABLE',
      reason: 'unreachable',
    })
    expect(world.clock.monotonic() - began).toBeLessThan(21_000)
    expect(world.radio.asked).toHaveLength(4)
    expect(world.radio.asked[0]?.options).toMatchObject({
      connectTimeoutMs: 10_000,
      discoveryTimeoutMs: 8000,
    })
  })

  it('without a service that the desk knows is not tried again (B-08)', async () => {
    const { charger } = world.firmware()
    charger.connects.push('noService')
    expect(await refusal(world.task((session) => session.ports()))).toMatchObject({
      code: 'CHARGER_UNREACHABLE',
      reason: 'noService',
    })
    expect(world.radio.asked).toHaveLength(1)
  })

  it('looks first where the settings say, then where it worked last time (B-08)', async () => {
    await world.close()
    const layout = { service: '0000-ABCD', write: 'FFE1', notify: 'FFE1' }
    world = await openWorld({ profile: { bluetooth: { layout, connectMs: 2000, discoveryMs: 1500 } } })
    world.firmware()
    await world.task((session) => session.ports(), { keep: false })
    await world.task((session) => session.ports())
    const configured = { service: '0000abcd', write: 'ffe1', notify: 'ffe1' }
    const worked = { service: 'ffe0', write: 'ffe1', notify: 'ffe1' }
    expect(world.radio.asked.map(({ options }) => options.layouts)).toEqual([
      [configured],
      [configured, worked],
    ])
    expect(world.radio.asked[0]?.options).toMatchObject({ connectTimeoutMs: 2000, discoveryTimeoutMs: 1500 })
  })

  it('keeps to what is set, and what is set is checked (B-08, B-11, B-20)', async () => {
    const update = (changes: Record<string, unknown>) =>
      world.run(
        Promise.resolve(world.settings.handlers['settings.update'](callAs(world, 'admin'), { changes })),
      )
    const layout = { service: 'FFE0', write: 'ffe1', notify: '6E400003-B5A3-F393-E0A9-E50E24DCCA9E' }
    await update({ 'bluetooth.layout': layout, 'bluetooth.replyMs': 500, 'bluetooth.clockToleranceS': 5 })
    const silent = world.radio.add({ name: NAME, answer: () => null })
    await refusal(world.task((session) => session.setClock()))
    expect(silent.frames.length).toBeGreaterThan(0)
    expect(world.settings.values().bluetooth).toMatchObject({ adapter: 'system', connectMs: 10_000, layout })
    await update({ 'bluetooth.layout': null })
    expect(world.settings.values().bluetooth.layout).toBeUndefined()
    for (const wrong of [
      { 'bluetooth.layout': { ...layout, write: 'serial' } },
      { 'bluetooth.layout': { service: 'ffe0' } },
      { 'bluetooth.replyMs': 1 },
      { 'bluetooth.adapter': 'hci0' },
    ])
      expect((await refusal(update(wrong))).code).toBe('INVALID_INPUT')
  })

  it('is not written to while another charger uses its name (pain 6)', async () => {
    const { charger } = world.firmware()
    const outcome = await world.task(async (session) => {
      await session.ports()
      await world.chargers.listen(10_000)
      world.radio.add({ name: NAME, radioId: 'twin' })
      await world.clock.sleep(500)
      return refusal(session.powerOn(1, 1))
    })
    expect(outcome).toMatchObject({ code: 'CHARGER_AMBIGUOUS', reason: 'ambiguous' })
    expect(charger.commands).not.toContain('POWERON')
  })

  it('and the task in it end with the program', async () => {
    const { charger } = world.firmware()
    const task = refusal(
      world.chargers.withCharger(NAME, { task: 'test' }, async (session) => {
        for (;;) {
          await session.ports()
          await world.clock.sleep(10)
        }
      }),
    )
    await world.clock.advance(500)
    await world.run(world.chargers.close())
    expect((await task).code).toBe('CANCELLED')
    expect(charger.link).toBeNull()
    expect(world.radio.closed).toBe(true)
    expect((await refusal(world.task((session) => session.ports()))).code).toBe('CANCELLED')
  })
})

describe('what a task leaves', () => {
  it('is the last report of the ports in the registry (U-17)', async () => {
    world.firmware({ ports: [0, 3, 45, 999] })
    const { site } = world.test.store
    await site.write(() => world.devices.enrol({ deviceCode: 'A1', btName: NAME }, world.clock.now()))
    await world.task((session) => session.ports())
    await world.clock.advance(1)
    expect(world.devices.byName(NAME)?.ports.map(({ state }) => state)).toEqual([
      'free',
      'charging',
      'charging',
      'broken',
    ])
    expect(world.events).toContainEqual({ type: 'changed', area: 'devices', ids: ['A1'] })
  })

  it('are exchanges, of which the newest are kept', async () => {
    const { site } = world.test.store
    const log = createExchangeLog({ site, log: world.test.ports.log }, () => undefined, 50)
    const origin = { name: NAME, runId: null, step: null, operator: null }
    for (let i = 0; i < 175; i++) {
      log.add(origin, { at: i, direction: 'event', text: `line ${i}` })
      if (i % 10 === 0) await log.stored()
    }
    await log.stored()
    const rows = site.all(site.query.selectFrom('charger_exchange').select('text').orderBy('id'))
    // old ones are taken out now and then, not with each line
    expect(rows.length).toBeLessThanOrEqual(50 + 60)
    expect(rows.length).toBeGreaterThanOrEqual(50)
    expect(rows.at(-1)?.text).toBe('line 174')
  })

  it('go on without a log when the disk is full', async () => {
    const { site } = world.test.store
    const { lines } = world.test.ports.log as unknown as { lines: string[] }
    world.firmware()
    await site.write(() => site.sql.exec('DROP TABLE charger_exchange'))
    const report = await world.run(
      world.chargers.withCharger(NAME, { task: 'test' }, (session) => session.ports()),
    )
    expect(report.packed).toBe('1000200030004000')
    expect(lines.some((line) => line.startsWith('error exchanges'))).toBe(true)
  })
})

it('every failure has a reason for an installer', async () => {
  const { charger } = world.firmware()
  charger.connects.push('noService')
  const error: unknown = await world.task((session) => session.ports()).catch((error: unknown) => error)
  expect(reasonOf(error)).toEqual({ code: 'noService', data: { name: NAME } })
  expect(reasonOf(new Error('driver talk'))).toEqual({ code: 'internal' })
  expect(CHARGER_REASONS).toContain(reasonOf(error).code)
})
