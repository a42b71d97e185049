import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FirmwareFault } from '#main/demo/chargers/firmware-faults.ts'
import { NAME, openWorld, refusal, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const count = (commands: readonly string[], command: string) =>
  commands.filter((one) => one === command).length

describe('POWERON', () => {
  it('asks for the ports first, sets the time, and reads the ports afterwards', async () => {
    const { charger, firmware } = world.firmware()
    const end = await world.task((session) => session.powerOn(2, 30))
    expect(end).toMatchObject({ status: 0, confirmedBy: 'reply', writes: 1, reply: '@OK|0&', warnings: [] })
    expect(end.report?.ports[1]).toEqual({ port: 2, state: 'charging', minutes: 30 })
    expect(charger.commands).toEqual(['STA', 'QTIME', 'POWERON', 'STA'])
    expect(firmware.ports()).toEqual([0, 30, 0, 0])
  })

  it('writes nothing to a port that is busy, broken or not named (B-15, B-25)', async () => {
    const { charger } = world.firmware({ ports: [7, 999, 0, 0], clockSkewS: -1_000_000 })
    expect(await refusal(world.task((session) => session.powerOn(1, 1)))).toMatchObject({
      code: 'PORT_BUSY',
      reason: 'portBusy',
      data: { port: 1, minutes: 7 },
    })
    expect(await refusal(world.task((session) => session.powerOn(2, 1)))).toMatchObject({
      code: 'PORT_BROKEN',
      reason: 'portBroken',
    })
    expect(new Set(charger.commands)).toEqual(new Set(['STA']))
    charger.audible = false
    const name = 'BUC_000000000001'
    const half = world.radio.add({ name, answer: () => '@OK|0|1000|2000&' })
    const tried = world.chargers.withCharger(name, { task: 'test' }, (session) => session.powerOn(3, 1))
    expect(await refusal(world.run(tried))).toMatchObject({ reason: 'portUnknown' })
    expect(half.commands).toEqual(['STA'])
  })

  it('believes a report for ten seconds, and none from before a write', async () => {
    const { charger } = world.firmware()
    await world.task(async (session) => {
      await session.ports()
      await session.powerOn(1, 1)
    })
    expect(charger.commands).toEqual(['STA', 'QTIME', 'POWERON', 'STA'])
    charger.frames.length = 0
    await world.task(async (session) => {
      await session.ports()
      await world.clock.sleep(10_001)
      await session.powerOn(2, 1)
      expect(await refusal(session.powerOn(2, 1))).toMatchObject({ code: 'PORT_BUSY' })
    })
    expect(charger.commands).toEqual(['STA', 'STA', 'QTIME', 'POWERON', 'STA'])
  })

  it.each([0, 5, 1.5])('refuses port %s before anything is said (B-35)', async (port) => {
    const { charger } = world.firmware()
    expect((await refusal(world.task((session) => session.powerOn(port, 1)))).code).toBe('INVALID_INPUT')
    expect(charger.frames).toEqual([])
  })

  it('is not sent again when the reply was lost and the port shows that it was done (B-26)', async () => {
    const { charger, firmware } = world.firmware()
    firmware.setFault('replyLost', 1, 'POWERON')
    const end = await world.task((session) => session.powerOn(1, 30))
    expect(end).toMatchObject({ status: 0, confirmedBy: 'ports', writes: 1, reply: '' })
    expect(count(charger.commands, 'POWERON')).toBe(1)
    expect(charger.connections).toBe(2)
    expect(firmware.ports()[0]).toBe(30)
  })

  it('is sent once more, with another timestamp, when STA proves that it had no effect', async () => {
    const { charger, firmware } = world.firmware()
    firmware.setFault('silent', 1, 'POWERON')
    let stored = 0
    const end = await world.task((session) => session.powerOn(1, 30, { beforeWrite: () => void stored++ }))
    expect(end).toMatchObject({ confirmedBy: 'reply', writes: 2 })
    expect(stored).toBe(2)
    const sent = charger.frames.filter((frame) => frame.startsWith('@POWERON'))
    expect(new Set(sent).size).toBe(2)
  })

  it('is given up after the second time', async () => {
    const { charger, firmware } = world.firmware()
    firmware.setFault('silent', true, 'POWERON')
    expect(await refusal(world.task((session) => session.powerOn(1, 30)))).toMatchObject({
      code: 'CHARGER_NO_REPLY',
      reason: 'noReply',
    })
    expect(count(charger.commands, 'POWERON')).toBe(2)
  })

  it('leaves it to a person when the charger cannot be asked any more', async () => {
    const charger = world.radio.add({
      name: NAME,
      answer(frame) {
        if (frame === '@STA&') return '@OK|0|1000|2000|3000|4000&'
        if (frame === '@QTIME&') return '@OK|0|260301000000&'
        charger.audible = false
        charger.drop()
        return null
      },
    })
    expect(await refusal(world.task((session) => session.powerOn(1, 30)))).toMatchObject({
      code: 'CHARGER_NO_REPLY',
      reason: 'powerOnUnknown',
      data: { port: 1, minutes: 30 },
    })
    expect(count(charger.commands, 'POWERON')).toBe(1)
  })

  it.each<[FirmwareFault, string]>([
    ['garbled', 'ports'],
    ['dropMidReply', 'ports'],
    ['lateReplies', 'ports'],
    ['slowReplies', 'reply'],
  ])('under %s switches on once, as %s say', async (fault, confirmedBy) => {
    const { charger, firmware } = world.firmware()
    firmware.setFault(fault, 1, 'POWERON')
    const end = await world.task((session) => session.powerOn(1, 30))
    expect(end).toMatchObject({ status: 0, confirmedBy })
    expect(count(charger.commands, 'POWERON')).toBe(1)
    expect(firmware.ports()[0]).toBe(30)
  })

  it('stores before the bytes leave, and not at all when that fails', async () => {
    const { charger } = world.firmware()
    const failed = world.task((session) =>
      session.powerOn(1, 1, { beforeWrite: () => Promise.reject(new Error('no disk')) }),
    )
    await expect(failed).rejects.toThrow('no disk')
    expect(count(charger.commands, 'POWERON')).toBe(0)
  })

  it('warns of a port that does not count down (B-14)', async () => {
    const world2 = world.radio.add({
      name: NAME,
      answer: (frame) =>
        frame === '@STA&'
          ? '@OK|0|1000|2000|3000|4000&'
          : frame === '@QTIME&'
            ? '@OK|0|260301000000&'
            : '@OK|0&',
    })
    const end = await world.task((session) => session.powerOn(1, 1))
    expect(end.warnings).toEqual(['notCounting'])
    expect(count(world2.commands, 'POWERON')).toBe(1)
  })

  it.each([
    [1, 'deviceFailure'],
    [3, 'signatureRejected'],
    [9, 'unknownStatus'],
  ])('ends with the digit %i as %s, after one write', async (status, reason) => {
    const charger = world.radio.add({
      name: NAME,
      answer: (frame) =>
        frame === '@STA&'
          ? '@OK|0|1000|2000|3000|4000&'
          : frame === '@QTIME&'
            ? '@OK|0|260301000000&'
            : `@OK|${status}&`,
    })
    expect(await refusal(world.task((session) => session.powerOn(1, 1)))).toMatchObject({
      code: 'CHARGER_REFUSED',
      reason,
      data: { status },
    })
    expect(count(charger.commands, 'POWERON')).toBe(1)
  })
})

describe('POWEROFF and POWEROFFALL', () => {
  it.each([0, 1] as const)('of an idle port that answers %i is off (B-27)', async (idleOff) => {
    world.firmware({ idleOff, ports: [0, 5, 0, 0] })
    const end = await world.task((session) => session.powerOff(1))
    expect(end).toMatchObject({ status: idleOff, off: true, confirmedBy: 'reply' })
  })

  it('switch off, and say so by the ports', async () => {
    const { firmware } = world.firmware({ ports: [9, 5, 0, 999] })
    expect(await world.task((session) => session.powerOff(1))).toMatchObject({ status: 0, off: true })
    expect(firmware.ports()).toEqual([0, 5, 0, 999])
    expect(await world.task((session) => session.powerOffAll())).toMatchObject({ status: 0, off: true })
    expect(firmware.ports()).toEqual([0, 0, 0, 999])
  })

  it('tell when the charger says done and the port goes on', async () => {
    const { firmware } = world.firmware({ ports: [9, 0, 0, 0] })
    firmware.setFault('commandFailed', true)
    expect(await world.task((session) => session.powerOff(1))).toMatchObject({ status: 1, off: false })
  })

  it('are settled by the ports when the reply was lost, and sent again when they had no effect', async () => {
    const { charger, firmware } = world.firmware({ ports: [9, 9, 0, 0] })
    firmware.setFault('replyLost', 1, 'POWEROFF')
    expect(await world.task((session) => session.powerOff(1))).toMatchObject({
      off: true,
      confirmedBy: 'ports',
    })
    expect(count(charger.commands, 'POWEROFF')).toBe(1)
    firmware.setFault('silent', 1, 'POWEROFFALL')
    expect(await world.task((session) => session.powerOffAll())).toMatchObject({
      off: true,
      confirmedBy: 'reply',
    })
    expect(count(charger.commands, 'POWEROFFALL')).toBe(2)
  })
})
