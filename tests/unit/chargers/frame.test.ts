import { describe, expect, it } from 'vitest'
import { clockText, readClockText } from '#core/chargers/clock-text.ts'
import { queryFrame, setFrame, STANDARD_PROFILE, type Signing, type Wish } from '#core/chargers/frame.ts'
import { deriveJamCode } from '#shared/chargers.ts'
import { DEFAULT_ZONE, parseZone } from '#shared/time.ts'

/** Appendix A.2 of the specification. */
const NAME = 'BUC_1A2B3C4D5E6F'
const ZONE = parseZone(DEFAULT_ZONE) ?? 0
const AT = 1_700_000_000
const signing = (more: Partial<Signing> = {}): Signing => ({
  profile: STANDARD_PROFILE,
  jamCode: deriveJamCode(NAME, 'one'),
  zone: ZONE,
  stamp: AT,
  at: AT * 1000,
  ...more,
})
const power: Wish = { command: 'POWERON', port: 1, minutes: 30 }

describe('frames as the appendix has them', () => {
  it.each<[string, Wish, Partial<Signing>, string, string, number]>([
    [
      'STIME',
      { command: 'STIME' },
      {},
      'STIME2311150613201700000000',
      '@STIME|231115061320|1700000000|0ee710b5544bdd5ebb372ad2e5a82ea6&',
      64,
    ],
    [
      'POWERON',
      power,
      {},
      'POWERON1301700000000',
      '@POWERON|1|30|1700000000|bd8aaf7454401f6d3e14637e3027bb41&',
      58,
    ],
    [
      'POWERON with three digits of minutes (B-23)',
      power,
      { profile: { ...STANDARD_PROFILE, minutesWidth: 3 } },
      'POWERON10301700000000',
      '@POWERON|1|030|1700000000|f7ca00b9e34c3d93226582944dbafcfc&',
      59,
    ],
    [
      'POWEROFF',
      { command: 'POWEROFF', port: 1 },
      {},
      'POWEROFF11700000000',
      '@POWEROFF|1|1700000000|dec0b5c03819b4f78fffd27fda51b944&',
      56,
    ],
    [
      'POWEROFFALL',
      { command: 'POWEROFFALL' },
      {},
      'POWEROFFALL1700000000',
      '@POWEROFFALL|1700000000|336287a07764e95488905608fd0e6189&',
      57,
    ],
    [
      'the jam code of positions counted from 0 (B-02)',
      power,
      { jamCode: deriveJamCode(NAME, 'zero') },
      'POWERON1301700000000',
      '@POWERON|1|30|1700000000|66288f2934f7bd81d18d44b85df0c456&',
      58,
    ],
    [
      'a timestamp of 12 digits (B-06)',
      power,
      { profile: { ...STANDARD_PROFILE, tsFormat: 'ymd12' } },
      'POWERON130231115061320',
      '@POWERON|1|30|231115061320|156c1c5bb636f47ebc07af0010383e19&',
      60,
    ],
  ])('%s', (_title, wish, more, signed, text, bytes) => {
    const frame = setFrame(wish, signing(more))
    expect(frame).toEqual({ text, signed })
    expect(new TextEncoder().encode(frame.text)).toHaveLength(bytes)
  })

  it('signs in capitals where the charger wants them (B-05)', () => {
    const { text } = setFrame(power, signing({ profile: { ...STANDARD_PROFILE, sigCase: 'upper' } }))
    expect(text).toBe('@POWERON|1|30|1700000000|BD8AAF7454401F6D3E14637E3027BB41&')
  })

  it('writes queries bare, and BLINK where the profile says so (B-17)', () => {
    expect(['QTIME', 'STA', 'LEDBLINK'].map((c) => queryFrame(c as 'STA', STANDARD_PROFILE).text)).toEqual([
      '@QTIME&',
      '@STA&',
      '@LEDBLINK&',
    ])
    expect(queryFrame('LEDBLINK', { blink: 'BLINK' })).toEqual({ text: '@BLINK&', signed: null })
  })

  it('derives the jam code of both parities (B-02)', () => {
    expect([deriveJamCode(NAME, 'one'), deriveJamCode(NAME, 'zero')]).toEqual(['ABCDEF', '123456'])
  })

  it.each([0, 5, 1.5, -1, Number.NaN])('refuses port %s before anything is built (B-35)', (port) => {
    expect(() => setFrame({ command: 'POWERON', port, minutes: 1 }, signing())).toThrow(/port/)
    expect(() => setFrame({ command: 'POWEROFF', port }, signing())).toThrow(/port/)
  })

  it.each([0, 361, 1.5, -30, 999])('refuses %s minutes (B-23)', (minutes) => {
    expect(() => setFrame({ command: 'POWERON', port: 1, minutes }, signing())).toThrow(/minutes/)
  })
})

describe('the time of a charger (B-21)', () => {
  it('is written in the zone of the site and read back', () => {
    expect(clockText(AT * 1000, ZONE)).toBe('231115061320')
    expect(readClockText('231115061320', ZONE)).toBe(AT * 1000)
    expect(clockText(Date.UTC(2000, 0, 1) - ZONE, ZONE)).toBe('000101000000')
  })

  it.each([
    '260230120000',
    '261301000000',
    '260101240000',
    '260101006000',
    '26010100000',
    'x60101000000',
    '',
  ])('has no such moment as %s', (text) => {
    expect(readClockText(text, ZONE)).toBeNull()
  })
})
