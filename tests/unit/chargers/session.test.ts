import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VARIANTS } from '#main/demo/chargers/variant.ts'
import { STANDARD_PROFILE } from '#core/chargers/index.ts'
import { NAME, openWorld, refusal, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const DAY_S = 86_400
const script = (answers: Record<string, string | readonly string[] | null | (() => string | null)>) =>
  world.radio.add({
    name: NAME,
    answer: (frame) => {
      const command = /^@([A-Z]+)/.exec(frame)?.[1] ?? ''
      const reply = answers[command] ?? null
      return typeof reply === 'function' ? reply() : reply
    },
  })

describe('queries', () => {
  it('read the clock and the ports', async () => {
    world.firmware({ clockSkewS: 5, ports: [0, 3, 45, 999] })
    const found = await world.task(async (session) => ({
      clock: await session.readClock(),
      ports: await session.ports(),
      skewS: session.skewS,
    }))
    expect(found).toMatchObject({ clock: { skewS: 5 }, skewS: 5, ports: { packed: '1000200330454999' } })
  })

  it('are asked once more when nothing came, and no third time (B-11)', async () => {
    const silent = script({})
    expect(await refusal(world.task((session) => session.ports()))).toMatchObject({
      code: 'CHARGER_NO_REPLY',
      reason: 'noReply',
    })
    expect(silent.commands).toEqual(['STA', 'STA'])
    // B-10: what may still come belongs to nobody
    expect(silent.connections).toBe(2)
  })

  it('succeed at the second time', async () => {
    const { firmware, charger } = world.firmware()
    firmware.setFault('silent', 1, 'STA')
    await world.task((session) => session.ports())
    expect(charger.commands).toEqual(['STA', 'STA'])
  })

  it('take nothing for an answer that does not have its shape (B-10), and wait for silence', async () => {
    const replies = ['@OK|0&', '@OK|0|1000|2000|3000|4000&']
    const charger = script({ STA: () => replies.shift() ?? null })
    const began = world.clock.monotonic()
    const report = await world.task((session) => session.ports())
    expect(report.packed).toBe('1000200030004000')
    expect(charger.connections).toBe(1)
    expect(world.clock.monotonic() - began).toBeGreaterThanOrEqual(500)
  })

  it('say that the charger failed (B-12), and that its clock has no time', async () => {
    script({ STA: '@OK|1&', QTIME: '@OK|0|260230120000&' })
    expect(await refusal(world.task((session) => session.ports()))).toMatchObject({
      code: 'CHARGER_REFUSED',
      reason: 'deviceFailure',
      data: { status: 1, command: 'STA' },
    })
    expect(await world.task((session) => session.readClock())).toMatchObject({ skewS: null })
  })

  it('are heard in pieces and after noise (B-09), and misspelt (B-32)', async () => {
    script({ STA: ['\r\nAT+', 'OK@OK|0|10', '00|2003|3', '045|4021&', '\r\n'], LEDBLINK: '@0K | O &\r\n' })
    const { report, blinked, log } = await world.task(async (session) => ({
      report: await session.ports(),
      blinked: await session.blink(),
      log: session.exchanges,
    }))
    expect(report.packed).toBe('1000200330454021')
    expect(blinked).toMatchObject({ status: 0, warnings: ['okMisspelt', 'statusMisspelt'] })
    expect(log.map(({ text }) => text)).toContain('noise: \\x0d\\x0aAT+')
  })

  it('blink by the name that the profile has (B-17)', async () => {
    const { charger } = world.firmware({ blink: 'BLINK' })
    await world.task((session) => session.blink(), { profile: { ...STANDARD_PROFILE, blink: 'BLINK' } })
    expect(charger.frames).toEqual(['@BLINK&'])
  })
})

describe('bytes on the way', () => {
  it('leave in chunks of 20, or as many as the link takes (B-09)', async () => {
    const { charger } = world.firmware()
    await world.task((session) => session.setClock())
    expect(charger.chunks).toEqual([20, 20, 20, 4])
  })

  it('are one command at a time, whatever is asked at once', async () => {
    const { charger } = world.firmware({ style: { delayMs: 200 } })
    await world.task((session) =>
      Promise.all([session.ports(), session.readClock(), session.blink(), session.ports()]),
    )
    expect(charger.commands).toEqual(['STA', 'QTIME', 'LEDBLINK', 'STA'])
  })

  it('that cannot be handed over end in a sentence', async () => {
    const { charger } = world.firmware()
    charger.writes.push('writeFailed', 'writeTimeout')
    expect(await refusal(world.task((session) => session.ports()))).toMatchObject({
      code: 'CHARGER_NO_REPLY',
      reason: 'writeFailed',
    })
  })

  it('that come late are no answer to the next command (B-10)', async () => {
    const { charger, firmware } = world.firmware({ ports: [9, 0, 0, 0] })
    // done, but told 4.5 s later, to whoever is connected then; the second POWERON never arrives
    firmware.setFault('lateReplies', 1, 'LEDBLINK')
    firmware.setFault('silent', true, 'POWERON')
    const outcome = await world.task(async (session) => {
      await session.ports()
      await session.blink()
      return refusal(session.powerOn(2, 5))
    })
    expect(outcome).toMatchObject({ code: 'CHARGER_NO_REPLY' })
    expect(charger.commands).toContain('POWERON')
    expect(firmware.ports()).toEqual([9, 0, 0, 0])
  })

  it('are waited for no longer than the line is quiet: a query comes before the next change', async () => {
    const { charger, firmware } = world.firmware()
    firmware.setFault('silent', 2, 'LEDBLINK')
    await world.task(async (session) => {
      await refusal(session.blink())
      await session.setClock()
    })
    expect(charger.commands).toEqual(['LEDBLINK', 'LEDBLINK', 'STA', 'STIME'])
  })
})

describe('the clock (B-19, B-20)', () => {
  it('is left alone when it is right enough', async () => {
    const { charger } = world.firmware({ clockSkewS: 5 })
    await world.task((session) => session.powerOff(1))
    expect(charger.commands).toEqual(['QTIME', 'POWEROFF', 'STA'])
  })

  it('is set once a session when it differs by more than 30 s, or was lost', async () => {
    for (const clockSkewS of [31, -31, undefined]) {
      const name = `BUC_00000000000${['A', 'B', 'C'][[31, -31, undefined].indexOf(clockSkewS)]}`
      const { charger, firmware } = world.firmware({
        name,
        ...(clockSkewS === undefined ? {} : { clockSkewS }),
      })
      if (clockSkewS === undefined) firmware.powerCut()
      if (clockSkewS === undefined) firmware.powerBack()
      await world.run(
        world.chargers.withCharger(name, { task: 'test' }, async (session) => {
          await session.powerOff(1)
          await session.powerOffAll()
        }),
      )
      expect(charger.commands).toEqual(['QTIME', 'STIME', 'POWEROFF', 'STA', 'POWEROFFALL', 'STA'])
    }
  })

  it('is set when it cannot be read', async () => {
    const charger = script({ QTIME: '@OK|1&', STIME: '@OK|0&', POWEROFF: '@OK|0&', STA: '@OK|0|1000&' })
    await world.task((session) => session.powerOff(1))
    expect(charger.commands).toEqual(['QTIME', 'STIME', 'POWEROFF', 'STA'])
  })

  it('is set once on code 2, and the command sent once more', async () => {
    let first = true
    const charger = script({
      QTIME: () => `@OK|0|260301000000&`,
      STA: '@OK|0|1000|2000|3000|4000&',
      STIME: '@OK|0&',
      POWERON: () => {
        const reply = first ? '@OK|2&' : '@OK|0&'
        first = false
        return reply
      },
    })
    const end = await world.task((session) => session.powerOn(1, 1))
    expect(end).toMatchObject({ status: 0, writes: 2 })
    expect(charger.commands).toEqual(['STA', 'QTIME', 'POWERON', 'STIME', 'STA', 'POWERON', 'STA'])
  })

  it('refused by STIME ends in one error and no loop', async () => {
    const { charger, firmware } = world.firmware({ clockSkewS: -DAY_S })
    firmware.setFault('timestampRefused', true)
    expect(await refusal(world.task((session) => session.powerOn(1, 1)))).toMatchObject({
      code: 'CHARGER_REFUSED',
      reason: 'timestampRejected',
      data: { command: 'STIME', status: 2 },
    })
    expect(charger.commands).toEqual(['STA', 'QTIME', 'STIME'])
  })

  it('refused after code 2 as well ends the same way', async () => {
    const { charger, firmware } = world.firmware()
    firmware.setFault('timestampRefused', true)
    expect(await refusal(world.task((session) => session.powerOff(1)))).toMatchObject({
      reason: 'timestampRejected',
    })
    expect(charger.commands).toEqual(['QTIME', 'POWEROFF', 'STIME'])
  })
})

describe('timestamps (B-29)', () => {
  const stamps = (frames: readonly string[]) =>
    frames.flatMap((frame) =>
      /\|(\d{10})\|/.exec(frame)?.[1] ? [Number(/\|(\d{10})\|/.exec(frame)?.[1])] : [],
    )

  it('of two commands in one second differ, and rise', async () => {
    const { charger } = world.firmware()
    await world.task(async (session) => {
      await session.setClock()
      await session.setClock()
      await session.powerOff(1)
    })
    const [first = 0, ...rest] = stamps(charger.frames)
    expect(rest).toEqual([first + 1, first + 2])
  })

  it('rise over a restart, also when the clock was set back meanwhile', async () => {
    const { charger } = world.firmware()
    await world.task((session) => session.setClock())
    world.clock.setWall(world.clock.now() - 3_600_000)
    const again = await openWorld({ test: world.test })
    const other = again.radio.add({ name: NAME, answer: () => '@OK|0&' })
    await again.task((session) => session.setClock())
    expect(stamps(other.frames)[0]).toBeGreaterThan(stamps(charger.frames)[0] ?? 0)
    await again.close()
  })

  it('left from a time when this clock was far ahead are given up once the charger refuses them', async () => {
    const now = world.clock.now()
    world.clock.setWall(now + 365 * DAY_S * 1000)
    const { firmware } = world.firmware()
    await world.task((session) => session.setClock())
    world.clock.setWall(now)
    firmware.powerCut()
    firmware.powerBack()
    const first = await refusal(world.task((session) => session.setClock()))
    expect([first.reason, 'ok']).toContain('timestampRejected')
    await world.task((session) => session.setClock())
    expect(Math.abs(firmware.time - world.clock.now())).toBeLessThan(2000)
  })
})

describe('the probe (B-07)', () => {
  it.each(VARIANTS.map((variant) => [Object.values(variant).join(' '), variant] as const))(
    'finds a firmware of the kind %s by STIME alone',
    async (_title, variant) => {
      const { charger, firmware } = world.firmware({ variant, clockSkewS: -DAY_S })
      const profile = await world.task((session) => session.probe())
      expect(profile).toMatchObject({ ...variant, layout: { service: 'ffe0' } })
      expect(new Set(charger.commands)).toEqual(new Set(['STIME']))
      expect(charger.commands.length).toBeLessThanOrEqual(8)
      expect(Math.abs(firmware.time - world.clock.now())).toBeLessThan(10_000)
      // what was found holds for the commands that follow, in this session and in the next
      await world.task((session) => session.powerOff(1))
      expect(charger.commands.filter((command) => command === 'POWEROFF')).toHaveLength(1)
    },
  )

  it('gives up after eight when every one is refused', async () => {
    const charger = script({ STIME: '@OK|3&' })
    expect(await refusal(world.task((session) => session.probe()))).toMatchObject({
      code: 'CHARGER_REFUSED',
      reason: 'noProfile',
    })
    expect(charger.frames).toHaveLength(8)
    expect(new Set(charger.frames).size).toBe(8)
  })

  it('goes no further on silence or on failure: those are no refusal', async () => {
    const silent = script({})
    expect(await refusal(world.task((session) => session.probe()))).toMatchObject({ reason: 'noReply' })
    expect(silent.frames).toHaveLength(1)
    silent.audible = false
    const failing = world.radio.add({ name: 'BUC_FFFFFFFFFFFF', answer: () => '@OK|1&' })
    const failed = world.chargers.withCharger('BUC_FFFFFFFFFFFF', { task: 'test' }, (session) =>
      session.probe(),
    )
    expect(await refusal(world.run(failed))).toMatchObject({ reason: 'deviceFailure' })
    expect(failing.frames).toHaveLength(1)
  })

  it('tries only the jam code that a person entered, where it is none of the chip (B-02)', async () => {
    await world.test.store.site.write(() =>
      world.devices.enrol({ deviceCode: '1', btName: NAME, jamCode: 'ZZZZZZ' }, world.clock.now()),
    )
    const { charger } = world.firmware({ jamCode: 'ZZZZZZ', variant: { ...VARIANTS[0], sigCase: 'upper' } })
    await world.task((session) => session.probe())
    expect(charger.commands).toEqual(['STIME', 'STIME'])
  })
})

describe('the connection', () => {
  it('is noticed to break while a reply is awaited, and made again for a query', async () => {
    let cut = true
    const charger = script({
      STA: () => {
        if (!cut) return '@OK|0|1000|2000|3000|4000&'
        cut = false
        charger.drop()
        return null
      },
    })
    const began = world.clock.monotonic()
    await world.task((session) => session.ports())
    expect(charger.connections).toBe(2)
    expect(world.clock.monotonic() - began).toBeLessThan(3000)
  })

  it('is said to be lost when it does not come back', async () => {
    const charger = script({
      STA: () => {
        charger.drop()
        return null
      },
    })
    expect(await refusal(world.task((session) => session.ports()))).toMatchObject({ code: 'CHARGER_LOST' })
  })

  it('ends with the task when that is cancelled, wherever it is', async () => {
    const stop = new AbortController()
    const charger = script({})
    const task = world.chargers.withCharger(NAME, { task: 'test', signal: stop.signal }, (session) =>
      session.ports(),
    )
    const said = refusal(task)
    await world.clock.advance(1500)
    expect(charger.commands).toEqual(['STA'])
    stop.abort()
    await world.clock.advance(1)
    expect((await said).code).toBe('CANCELLED')
    expect(charger.link).toBeNull()
  })

  it('keeps everything that was said, for the task and in the store, without the jam code', async () => {
    world.firmware()
    const exchanges = await world.task(
      async (session) => {
        session.step = 'clock'
        await session.setClock()
        return session.exchanges
      },
      { runId: 'run-1', step: 'connected', operator: 'lin' },
    )
    expect(exchanges.map(({ direction }) => direction)).toEqual(['event', 'event', 'sent', 'received'])
    const rows = world.test.store.site.all(
      world.test.store.site.query.selectFrom('charger_exchange').selectAll(),
    )
    expect(rows.map(({ step, text }) => [step, text])).toEqual([
      ['connected', 'connecting'],
      ['connected', 'connected'],
      ['clock', expect.stringMatching(/^@STIME\|\d{12}\|\d{10}\|[0-9a-f]{32}&$/)],
      ['clock', '@OK|0&'],
    ])
    expect(rows.every((row) => row.name === NAME && row.run_id === 'run-1' && row.operator === 'lin')).toBe(
      true,
    )
    expect(JSON.stringify(rows)).not.toContain('ABCDEF')
  })
})
