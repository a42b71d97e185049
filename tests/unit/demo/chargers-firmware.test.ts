import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFirmware, type Firmware, type FirmwareOptions } from '#main/demo/chargers/firmware.ts'
import {
  clockText,
  jamCodeOfChip,
  signatureOf,
  VARIANTS,
  type FirmwareVariant,
} from '#main/demo/chargers/variant.ts'
import { FakeClock } from '../../fixtures/fake-clock.ts'

/** Appendix A.2: chip, instant, frames */
const NAME = 'BUC_1A2B3C4D5E6F'
const AT = 1_700_000_000_000
const FRAMES = {
  STIME: '@STIME|231115061320|1700000000|0ee710b5544bdd5ebb372ad2e5a82ea6&',
  POWERON: '@POWERON|1|30|1700000000|bd8aaf7454401f6d3e14637e3027bb41&',
  POWERON_030: '@POWERON|1|030|1700000000|f7ca00b9e34c3d93226582944dbafcfc&',
  POWEROFF: '@POWEROFF|1|1700000000|dec0b5c03819b4f78fffd27fda51b944&',
  POWEROFFALL: '@POWEROFFALL|1700000000|336287a07764e95488905608fd0e6189&',
  POWERON_ZERO: '@POWERON|1|30|1700000000|66288f2934f7bd81d18d44b85df0c456&',
  POWERON_YMD12: '@POWERON|1|30|231115061320|156c1c5bb636f47ebc07af0010383e19&',
} as const

function world(options: Partial<FirmwareOptions> = {}) {
  const clock = new FakeClock(AT)
  const firmware = createFirmware({ name: NAME, clock, clockSkewS: 0, ...options })
  const pieces: string[] = []
  const reply = (bytes: Uint8Array) => void pieces.push(String.fromCharCode(...bytes))
  return {
    clock,
    firmware,
    pieces,
    reply,
    /** what comes back at once */
    ask(text: string): string {
      const before = pieces.length
      firmware.receive(bytesOf(text), reply)
      return pieces.slice(before).join('')
    },
  }
}

const bytesOf = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const commandsOf = (firmware: Firmware) => firmware.commands.map(({ command }) => command)

describe('the frames of Appendix A.2', () => {
  it.each(['STIME', 'POWERON', 'POWERON_030', 'POWEROFF', 'POWEROFFALL'] as const)('takes %s', (name) => {
    expect(world().ask(FRAMES[name])).toBe('@OK|0&')
  })

  it('takes the jam code counted from zero, and the calendar timestamp, by those firmwares only', () => {
    const zero = { jamParity: 'zero', sigCase: 'lower', tsFormat: 'unix' } as const
    const calendar = { jamParity: 'one', sigCase: 'lower', tsFormat: 'ymd12' } as const
    expect(world({ variant: zero }).ask(FRAMES.POWERON_ZERO)).toBe('@OK|0&')
    expect(world({ variant: calendar }).ask(FRAMES.POWERON_YMD12)).toBe('@OK|0&')
    expect(world().ask(FRAMES.POWERON_ZERO)).toBe('@OK|3&')
    expect(world().ask(FRAMES.POWERON_YMD12)).toBe('@OK|2&')
  })

  it('answers its clock and its ports', () => {
    const { ask } = world({ ports: [0, 3, 45, 21] })
    expect(ask('@QTIME&')).toBe('@OK|0|231115061320&')
    expect(ask('@STA&')).toBe('@OK|0|1000|2003|3045|4021&')
  })
})

/** a set command as the desk writes it for a variant */
function signed(variant: FirmwareVariant, at: number, ...fields: string[]): string {
  const timestamp = variant.tsFormat === 'unix' ? String(Math.floor(at / 1000)) : clockText(at)
  const all = [...fields, timestamp]
  const jamCode = jamCodeOfChip(NAME.slice(4), variant.jamParity)
  return `@${[...all, signatureOf(all, jamCode, variant.sigCase)].join('|')}&`
}
const plain = (at: number, ...fields: string[]) =>
  signed({ jamParity: 'one', sigCase: 'lower', tsFormat: 'unix' }, at, ...fields)
const MINUTE = 60_000

describe('B-07: eight firmwares', () => {
  it('each takes its own STIME and refuses the seven others with 2 or 3', () => {
    expect(VARIANTS).toHaveLength(8)
    for (const variant of VARIANTS) {
      const answers = VARIANTS.map((tried) =>
        world({ variant, clockSkewS: undefined }).ask(signed(tried, AT, 'STIME', clockText(AT))),
      )
      expect(answers[VARIANTS.indexOf(variant)]).toBe('@OK|0&')
      const refused = answers.filter((_, i) => VARIANTS[i] !== variant)
      for (const answer of refused) expect(answer).toMatch(/^@OK\|[23]&$/)
    }
  })

  it('says 2 before 3 when its firmware judges the timestamp first', () => {
    const wrong = '@POWERON|1|30|231115061320|nonsense&'
    expect(world().ask(wrong)).toBe('@OK|3&')
    expect(world({ timestampFirst: true }).ask(wrong)).toBe('@OK|2&')
  })
})

describe('the clock', () => {
  it('starts at its initial value, refuses until it is set, runs on by itself', async () => {
    const { ask, clock } = world({ clockSkewS: undefined })
    expect(ask('@QTIME&')).toBe('@OK|0|000101000000&')
    expect(ask(FRAMES.POWERON)).toBe('@OK|2&')
    expect(ask(FRAMES.STIME)).toBe('@OK|0&')
    await clock.advance(5 * MINUTE)
    expect(ask('@QTIME&')).toBe('@OK|0|231115061820&')
    expect(ask(plain(clock.now(), 'POWERON', '1', '30'))).toBe('@OK|0&')
  })

  it('keeps a minute of tolerance, and takes no timestamp twice (B-29)', () => {
    expect(world({ clockSkewS: 60 }).ask(FRAMES.POWERON)).toBe('@OK|0&')
    expect(world({ clockSkewS: -61 }).ask(FRAMES.POWERON)).toBe('@OK|2&')
    const { ask } = world()
    expect([ask(FRAMES.POWERON), ask(FRAMES.POWEROFF)]).toEqual(['@OK|0&', '@OK|2&'])
  })

  it('can be one that no STIME sets (B-19)', () => {
    const { ask } = world({ clockSkewS: undefined, stimeChecksClock: true })
    expect(ask(FRAMES.STIME)).toBe('@OK|2&')
  })

  it.each(['260230000000', '261301000000', '260101240000', '26010100000'])('is not set to %s', (text) => {
    expect(world().ask(plain(AT, 'STIME', text))).toMatch(/^@OK\|[12]&$/)
  })

  it('is lost by a power cut, while the ports go on with what they had', async () => {
    const { ask, clock, firmware, pieces } = world()
    ask(FRAMES.POWERON)
    await clock.advance(10 * MINUTE)
    firmware.powerCut()
    expect(ask('@STA&')).toBe('')
    await clock.advance(60 * MINUTE)
    firmware.powerBack()
    expect(ask('@QTIME&')).toBe('@OK|0|000101000000&')
    expect(ask('@STA&')).toBe('@OK|0|1020|2000|3000|4000&')
    await clock.advance(20 * MINUTE)
    expect(firmware.ports()).toEqual([0, 0, 0, 0])
    expect(pieces.join('')).not.toContain('999')
  })
})

describe('the ports', () => {
  it('count down by minutes begun, or by whole ones (B-14)', async () => {
    const up = world()
    const down = world({ rounding: 'down' })
    for (const { ask } of [up, down]) ask(plain(AT, 'POWERON', '3', '1'))
    expect([up.firmware.ports(), down.firmware.ports()]).toEqual([
      [0, 0, 1, 0],
      [0, 0, 1, 0],
    ])
    await up.clock.advance(1000)
    await down.clock.advance(1000)
    expect([up.firmware.ports(), down.firmware.ports()]).toEqual([
      [0, 0, 1, 0],
      [0, 0, 0, 0],
    ])
    await up.clock.advance(MINUTE)
    expect(up.ask('@STA&')).toBe('@OK|0|1000|2000|3000|4000&')
  })

  it.each([
    ['0', '30', '1'],
    ['5', '30', '1'],
    ['1 ', '30', '1'],
    ['1', '0', '1'],
    ['1', '999', '1'],
    ['1', '1000', '1'],
    ['1', '', '1'],
    ['1', '998', '0'],
    ['2', '30', '1'],
  ])('POWERON of port %j for %j minutes is answered %s', (port, minutes, status) => {
    const { ask, firmware } = world({ ports: [0, 999, 0, 0] })
    expect(ask(plain(AT, 'POWERON', port, minutes))).toBe(`@OK|${status}&`)
    expect(firmware.ports()).toEqual([status === '0' ? 998 : 0, 999, 0, 0])
  })

  it.each([
    ['restart', 10, '@OK|0&'],
    ['extend', 40, '@OK|0&'],
    ['refuse', 30, '@OK|1&'],
  ] as const)('a busy port: %s (B-25)', (busy, left, answer) => {
    const { ask, firmware } = world({ busy, ports: [30, 0, 0, 0] })
    expect(ask(plain(AT, 'POWERON', '1', '10'))).toBe(answer)
    expect(firmware.ports()[0]).toBe(left)
  })

  it('end by POWEROFF and POWEROFFALL; an idle one as the firmware has it (B-27)', () => {
    const { ask, firmware } = world({ ports: [30, 30, 30, 0], idleOff: 1 })
    expect(ask(plain(AT, 'POWEROFF', '2'))).toBe('@OK|0&')
    expect(firmware.ports()).toEqual([30, 0, 30, 0])
    expect(ask(plain(AT + 1000, 'POWEROFF', '2'))).toBe('@OK|1&')
    expect(ask(plain(AT + 2000, 'POWEROFFALL'))).toBe('@OK|0&')
    expect(firmware.ports()).toEqual([0, 0, 0, 0])
  })

  it('three digits of minutes, where the firmware wants them (B-23)', () => {
    const { ask } = world({ minutesWidth: 3 })
    expect([ask(FRAMES.POWERON), ask(FRAMES.POWERON_030)]).toEqual(['@OK|1&', '@OK|0&'])
  })
})

describe('input and replies', () => {
  it('takes frames in any pieces, with any noise before them, several at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('@QTIME&', '@STA&', '@LEDBLINK&'), { minLength: 1, maxLength: 4 }),
        fc.string({ unit: fc.constantFrom('x', '|', '\n', '0', '&') }),
        fc.array(fc.nat(80), { maxLength: 8 }),
        (frames, noise, cuts) => {
          const { firmware, reply } = world()
          const text = frames.map((frame) => noise + frame).join('')
          const edges = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
          for (const [i, edge] of edges.slice(1).entries())
            firmware.receive(bytesOf(text.slice(edges[i], edge)), reply)
          expect(firmware.commands.map(({ frame }) => frame)).toEqual(frames)
        },
      ),
    )
  })

  it('drops what is too long, and goes on with the next @', () => {
    const { ask } = world()
    expect(ask(`@${'x'.repeat(400)}&@QTI@QTIME&`)).toBe('@OK|0|231115061320&')
  })

  it('replies in notifications of 20 bytes, or as the firmware has it (B-09, B-32)', () => {
    const plain = world()
    plain.ask('@STA&')
    expect(plain.pieces.map((piece) => piece.length)).toEqual([20, 6])
    const style = { ok: '0K', zero: 'O', spaced: true, noise: '\0', tail: '\r\n', chunkBytes: 5 } as const
    const odd = world({ style })
    expect(odd.ask('@LEDBLINK&')).toBe('\0@0K | O&\r\n')
    expect(odd.pieces[0]).toHaveLength(5)
    expect(world({ style: { ok: 'ok' } }).ask('@BLINK&')).toBe('@ok|0&')
  })

  it('is not confused by a desk that sends the next command within the reply', () => {
    const { firmware, pieces, reply } = world()
    let sent = false
    firmware.receive(bytesOf('@STA&'), (bytes) => {
      if (!sent) firmware.receive(bytesOf('@QTIME&'), reply)
      sent = true
      reply(bytes)
    })
    expect(pieces.join('')).toBe('@OK|0|1000|2000|3000|4000&@OK|0|231115061320&')
  })

  it('flashes by either name, or by one only (B-17)', () => {
    const both = world()
    both.ask('@BLINK&@LEDBLINK&')
    expect(both.firmware.blinks).toBe(2)
    expect(world({ blink: 'BLINK' }).ask('@LEDBLINK&')).toBe('@OK|1&')
    expect(world({ blink: 'LEDBLINK', unknown: 'silent' }).ask('@BLINK&')).toBe('')
  })

  it('sends slowly, one reply after the other, and nothing after a power cut', async () => {
    const style = { delayMs: 100, gapMs: 50, chunkBytes: 10 }
    const { clock, firmware, pieces, reply } = world({ style })
    firmware.receive(bytesOf('@QTIME&@LEDBLINK&@STA&'), reply)
    expect(pieces).toEqual([])
    await clock.advance(100)
    expect(pieces).toEqual(['@OK|0|2311'])
    await clock.advance(50 + 100)
    expect(pieces.join('')).toBe('@OK|0|231115061320&@OK|0&')
    await clock.advance(100)
    firmware.powerCut()
    await clock.advance(10_000)
    expect(pieces.join('')).toBe('@OK|0|231115061320&@OK|0&@OK|0|1000')
    expect(clock.pending).toBe(0)
  })
})

describe('faults', () => {
  it.each([
    ['commandFailed', '1'],
    ['timestampRefused', '2'],
    ['badSignature', '3'],
  ] as const)('%s: set commands answer %s and do nothing, so often as asked', (fault, status) => {
    const { ask, firmware } = world()
    firmware.setFault(fault, 1)
    expect(ask('@QTIME&')).toBe('@OK|0|231115061320&')
    expect(ask(FRAMES.POWERON)).toBe(`@OK|${status}&`)
    expect(firmware.ports()[0]).toBe(0)
    expect(ask(FRAMES.POWERON)).toBe('@OK|0&')
  })

  it('silent does nothing; replyLost does it; both only for one command', () => {
    const { ask, firmware } = world()
    firmware.setFault('silent', true, 'POWERON')
    expect(ask('@STA&')).not.toBe('')
    expect(ask(FRAMES.POWERON)).toBe('')
    expect(firmware.ports()[0]).toBe(0)
    firmware.setFault('silent', false)
    firmware.setFault('replyLost', 1, 'POWERON')
    expect(ask(FRAMES.POWERON)).toBe('')
    expect(firmware.ports()[0]).toBe(30)
    expect(commandsOf(firmware)).toEqual(['STA', 'POWERON', 'POWERON'])
    expect(firmware.commands.map(({ status }) => status)).toEqual([0, null, null])
  })

  it('clockLost, clockStuck, port999, busyPort, garbled', () => {
    const { ask, firmware } = world()
    firmware.setFault('clockLost', true)
    firmware.setFault('clockStuck', true)
    expect(ask(FRAMES.STIME)).toBe('@OK|0&')
    expect(ask('@QTIME&')).toBe('@OK|0|000101000000&')
    firmware.setFault('port999', true)
    firmware.setFault('busyPort', true)
    expect(ask('@STA&')).toBe('@OK|0|1045|2999|3000|4000&')
    firmware.setFault('port999', false)
    firmware.setFault('busyPort', false)
    firmware.setFault('garbled', 1)
    expect(ask('@STA&')).toBe('@OK|0|5000|1|20x3&')
    expect(ask('@STA&')).toBe('@OK|0|1000|2000|3000|4000&')
    expect(firmware.faults()).toEqual(['clockStuck'])
  })

  it('lateReplies come when nobody waits any more', async () => {
    const { clock, firmware, ask, pieces } = world()
    firmware.setFault('lateReplies', 1)
    expect(ask('@LEDBLINK&')).toBe('')
    await clock.advance(4499)
    expect(pieces).toEqual([])
    await clock.advance(1)
    expect(pieces).toEqual(['@OK|0&'])
  })

  it('dropMidReply does the command, sends half of the reply and leaves', () => {
    let dropped = 0
    const { ask, firmware } = world({ onDrop: () => void dropped++ })
    firmware.setFault('dropMidReply', 1)
    expect(ask('@STA&')).toBe('@OK|0|1000|20')
    expect([dropped, firmware.powered]).toEqual([1, true])
  })

  it('powerCut goes within a reply and comes back; or stays until it is switched off', async () => {
    const power: boolean[] = []
    const { ask, clock, firmware } = world({ onPower: (on) => void power.push(on) })
    firmware.setFault('powerCut', 1)
    expect(ask(FRAMES.POWERON)).toBe('@OK')
    expect(firmware.powered).toBe(false)
    await clock.advance(3000)
    expect(ask('@STA&')).toBe('@OK|0|1030|2000|3000|4000&')
    firmware.setFault('powerCut', true)
    await clock.advance(60_000)
    expect(ask('@STA&')).toBe('')
    firmware.setFault('powerCut', false)
    expect(ask('@QTIME&')).toBe('@OK|0|000101000000&')
    expect(power).toEqual([false, true, false, true])
  })
})
