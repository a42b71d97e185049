import { array, assert, boolean, nat, property, stringMatching, tuple, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAssembler, MOST_BYTES } from '#core/chargers/assembler.ts'
import { fits, readPorts, readReply } from '#core/chargers/reply.ts'

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const all = (pieces: readonly string[]) => {
  const assembler = createAssembler()
  return pieces.flatMap((piece) => assembler.take(bytes(piece)).frames)
}
const ports = (text: string) => {
  const reply = readReply(text)
  return reply && readPorts(reply.fields)
}

describe('replies of the appendix', () => {
  it.each([
    ['@OK|0|231115061320&', 0, ['231115061320']],
    ['@OK|0|1000|2003|3045|4021&', 0, ['1000', '2003', '3045', '4021']],
    ['@OK|0&', 0, []],
    ['@OK|1&', 1, []],
    ['@OK|2&', 2, []],
    ['@OK|3&', 3, []],
    ['@OK|7&', 7, []],
  ])('%s', (text, status, fields) => {
    expect(readReply(text)).toEqual({ text, status, fields, warnings: [] })
  })

  it('reads what real firmware may write (B-32)', () => {
    expect(readReply('@0K | O &\r\n')).toMatchObject({
      status: 0,
      fields: [],
      warnings: ['okMisspelt', 'statusMisspelt'],
    })
    expect(readReply(' @ok|1&')).toMatchObject({ status: 1, warnings: [] })
    expect(readReply('@OK|0| 1000 |2003\r\n&')).toMatchObject({ fields: ['1000', '2003'] })
    expect(readReply('@OK|00&')).toMatchObject({ status: 0 })
  })

  it.each(['@OK&', 'OK|0&', '@OK|0', '@NO|0&', '@OK||&', '@OK|0|&', '@OK|x&', '@OK|-1&', '', '@OK|0|a\x80&'])(
    'takes %j for no reply',
    (text) => {
      expect(readReply(text)).toBeNull()
    },
  )

  it('takes for a success only what this command answers (B-10)', () => {
    const takes = (text: string) =>
      (['QTIME', 'STA', 'LEDBLINK', 'STIME', 'POWERON', 'POWEROFF', 'POWEROFFALL'] as const).filter(
        (command) => {
          const reply = readReply(text)
          return reply !== null && fits(command, reply)
        },
      )
    expect(takes('@OK|0|231115061320&')).toEqual(['QTIME'])
    expect(takes('@OK|0|1000|2003|3045|4021&')).toEqual(['STA'])
    expect(takes('@OK|0&')).toEqual(['LEDBLINK', 'STIME', 'POWERON', 'POWEROFF', 'POWEROFFALL'])
    expect(takes('@OK|1&')).toHaveLength(7)
    for (const text of ['@OK|0|5000&', '@OK|0|1000|1003&', '@OK|0|100&', '@OK|0|23111506132&'])
      expect(takes(text)).toEqual([])
  })
})

describe('ports (B-13 … B-16)', () => {
  it('are free, charging and broken', () => {
    expect(ports('@OK|0|4999|1000|2003|3360&')).toEqual({
      ports: [
        { port: 1, state: 'free', minutes: null },
        { port: 2, state: 'charging', minutes: 3 },
        { port: 3, state: 'charging', minutes: 360 },
        { port: 4, state: 'broken', minutes: null },
      ],
      warnings: [],
      packed: '1000200333604999',
    })
    expect(ports('@OK|0|1000|2003|3045|4021&')?.packed).toBe('1000200330454021')
  })

  it('that were not named are unknown, with a warning', () => {
    const read = ports('@OK|0|1000|3001&')
    expect(read?.ports.map(({ state }) => state)).toEqual(['free', 'unknown', 'charging', 'unknown'])
    expect(read?.warnings).toEqual(['portsMissing'])
  })

  it('with more than six hours are shown and flagged', () => {
    const read = ports('@OK|0|1361|2998|3000|4000&')
    expect(read?.ports.slice(0, 2).map(({ minutes }) => minutes)).toEqual([361, 998])
    expect(read?.warnings).toEqual(['minutesOverLimit'])
  })

  it.each(['@OK|0|5000&', '@OK|0|1000|1003&', '@OK|0|100&', '@OK|0&', '@OK|0|0000&', '@OK|0|10000&'])(
    'are not in %s',
    (text) => {
      expect(ports(text)).toBeNull()
    },
  )
})

describe('putting notifications together (B-09)', () => {
  const REPLY = '@OK|0|1000|2003|3045|4021&'
  const frame = stringMatching(/^[ -%'-?A-~]{0,60}$/).map((body) => `@${body}&`)
  /** cuts a text where the numbers say */
  const cut = (whole: string, cuts: readonly number[]) => {
    const at = [...new Set(cuts.map((n) => n % (whole.length + 1)))].sort((a, b) => a - b)
    return [0, ...at].map((from, i) => whole.slice(from, at[i] ?? whole.length))
  }

  it('takes a reply split at every offset', () => {
    for (let at = 0; at <= REPLY.length; at++)
      expect(all([REPLY.slice(0, at), REPLY.slice(at)])).toEqual([REPLY])
  })

  it('takes any frames, whatever stands between them, in any pieces', () => {
    const noise = stringMatching(/^[ -%'-?A-~\r\n]{0,30}$/)
    assert(
      property(
        array(tuple(noise, frame), { minLength: 1, maxLength: 5 }),
        array(nat(), { maxLength: 12 }),
        (parts, cuts) => {
          const whole = parts.map(([before, one]) => before + one).join('')
          expect(all(cut(whole, cuts))).toEqual(parts.map(([, one]) => one))
        },
      ),
    )
  })

  it('takes two frames in one notification for two replies', () => {
    expect(all(['@OK|0&@OK|1&'])).toEqual(['@OK|0&', '@OK|1&'])
    expect(all(['noise @OK|0&\r\n@OK|1', '&tail'])).toEqual(['@OK|0&', '@OK|1&'])
  })

  it('gives a reply up that broke off where the next one begins', () => {
    const assembler = createAssembler()
    expect(assembler.take(bytes('@OK|0|10@OK|1&'))).toEqual({ frames: ['@OK|1&'], noise: ['@OK|0|10'] })
  })

  it('never keeps more than 256 bytes, whatever comes, and hears the next reply', () => {
    assert(
      property(array(uint8Array({ maxLength: 300 }), { maxLength: 20 }), boolean(), (chunks, flood) => {
        const assembler = createAssembler()
        if (flood) assembler.take(bytes(`@${'x'.repeat(1000)}`))
        for (const chunk of chunks)
          for (const one of assembler.take(chunk).frames) expect(one.length).toBeLessThanOrEqual(MOST_BYTES)
        expect(assembler.take(bytes(REPLY)).frames.at(-1)).toBe(REPLY)
      }),
    )
    const assembler = createAssembler()
    expect(assembler.take(bytes(`@${'x'.repeat(255)}`)).noise).toEqual([])
    expect(assembler.take(bytes('x')).noise).toHaveLength(1)
  })

  it('forgets half a reply when it is told to', () => {
    const assembler = createAssembler()
    assembler.take(bytes('@OK|'))
    assembler.reset()
    expect(assembler.take(bytes('0&')).frames).toEqual([])
  })
})
