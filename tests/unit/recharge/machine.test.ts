import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FRESH,
  mayResend,
  transition,
  type MachineEvent,
  type Memory,
  type Moment,
  type Step,
} from '#core/recharge/machine.ts'
import { DEFAULT_RECOVERY, nextOffset, recoveryPolicy } from '#core/recharge/schedule.ts'
import { FAKE_START } from '../../fixtures/fake-clock.ts'

const NOW = FAKE_START
const DRAFT: Moment = { state: 'DRAFT', memory: FRESH }
const step = (from: Moment, event: MachineEvent, now = NOW) => transition(from, event, now, DEFAULT_RECOVERY)
const must = (from: Moment, event: MachineEvent, now = NOW): Step => {
  const found = step(from, event, now)
  if (!found) throw new Error(`${event.type} says nothing in ${from.state}`)
  return found
}
const answered = (answer: Extract<MachineEvent, { type: 'answered' }>['answer']): MachineEvent => ({
  type: 'answered',
  answer,
})
const exists = (found: boolean, sends = 1, sinceZeroMs: number | null = null): MachineEvent => ({
  type: 'exists',
  found,
  sends,
  sinceZeroMs,
})
const at = (state: Moment['state'], more: Partial<Memory> = {}): Moment => ({
  state,
  memory: { ...FRESH, sends: state === 'DRAFT' ? 0 : 1, sentAt: NOW, ...more },
})
const UNKNOWN = at('UNKNOWN', { unknownSince: NOW })

describe('recharge machine (spec §7.1)', () => {
  it('lets a request leave only once it is SENT', () => {
    expect(must(DRAFT, { type: 'send' })).toMatchObject({
      state: 'SENT',
      code: 'sent',
      memory: { sends: 1, sentAt: NOW },
      effects: [{ do: 'send' }],
    })
  })

  it.each([
    ['accepted', 'ACCEPTED', [{ do: 'ask', at: NOW }]],
    ['rejected', 'REJECTED', []],
    ['notSent', 'NOT_APPLIED', []],
    ['tooFast', 'SENT', [{ do: 'ask', at: NOW + 2200 }]],
    ['duplicate', 'UNKNOWN', [{ do: 'ask', at: NOW }]],
    ['unknown', 'UNKNOWN', [{ do: 'ask', at: NOW + 3000 }]],
  ] as const)('SENT, answered %s: %s', (answer, state, effects) => {
    expect(must(at('SENT'), answered(answer))).toMatchObject({ state, effects })
  })

  it.each([
    ['wrongPassword', 'accountRefused'],
    ['missingField', 'accountRefused'],
    ['stopped', 'accountRefused'],
    ['offline', 'notSent'],
  ])('not sent because of %s: %s', (fault, code) => {
    const event = { type: 'answered', answer: 'notSent', facts: { fault } } as const
    expect(must(at('SENT'), event)).toMatchObject({ state: 'NOT_APPLIED', code, effects: [] })
  })

  it('asks for the amount before it says APPLIED', () => {
    const accepted = must(at('SENT'), answered('accepted'))
    const found = must(accepted, exists(true))
    expect(found).toMatchObject({ state: 'ACCEPTED', code: 'found', effects: [{ do: 'checkAmount' }] })
    expect(must(found, { type: 'amount', result: 'same' })).toMatchObject({
      state: 'APPLIED',
      effects: [{ do: 'refreshBalance' }],
    })
    expect(must(found, { type: 'amount', result: 'unavailable' }).state).toBe('APPLIED')
    expect(must(found, { type: 'amount', result: 'notListed' }).state).toBe('APPLIED')
    expect(must(found, { type: 'amount', result: 'differs' })).toMatchObject({
      state: 'DISPUTED',
      code: 'amountDiffers',
      effects: [],
    })
  })

  it('200 and no order is UNKNOWN, not APPLIED (C-25), and ends DISPUTED', () => {
    let now: Moment = must(must(at('SENT'), answered('accepted')), exists(false))
    expect(now.state).toBe('UNKNOWN')
    now = must(now, exists(false, 1, 60_000), NOW + 60_000)
    expect(now.state).toBe('UNKNOWN')
    now = must(now, exists(false, 1, 60_000), NOW + 120_000)
    expect(now).toMatchObject({ state: 'DISPUTED', code: 'acceptedButNotThere' })
    expect(mayResend(now)).toBe(false)
  })

  it('1010 is verified: there is APPLIED after the amount (C-24)', () => {
    const verified = must(must(at('SENT'), answered('duplicate')), exists(true))
    expect(must(verified, { type: 'amount', result: 'same' }).state).toBe('APPLIED')
  })

  it('1011 is waited out, verified, and only then sent again under the same number', () => {
    const waiting = must(at('SENT'), answered('tooFast'))
    expect(must(waiting, exists(false))).toMatchObject({
      state: 'SENT',
      code: 'resentTooFast',
      memory: { sends: 2 },
      effects: [{ do: 'send' }],
    })
    const found = must(waiting, exists(true))
    expect(found).toMatchObject({ state: 'SENT', effects: [{ do: 'checkAmount' }] })
    expect(must(found, { type: 'amount', result: 'same' }).state).toBe('APPLIED')
    expect(must(waiting, { type: 'askFailed' })).toMatchObject({ state: 'UNKNOWN' })
  })

  it('1011 for ever ends NOT_APPLIED: each time it was refused at the door', () => {
    let now: Moment = at('SENT')
    let sends = 1
    const waits: number[] = []
    for (;;) {
      const waiting = must(now, answered('tooFast'))
      waits.push(...waiting.effects.map((effect) => (effect.do === 'ask' ? effect.at - NOW : Number.NaN)))
      now = must(waiting, exists(false, sends))
      if (now.state !== 'SENT') break
      sends++
    }
    expect(now).toMatchObject({ state: 'NOT_APPLIED', code: 'tooFastTooOften' })
    expect(waits).toEqual([2200, 4400, 8800, 17_600, 30_000, 30_000])
  })

  it('three noes are not enough before they span two minutes', () => {
    let now: Moment = UNKNOWN
    const asked: number[] = []
    let clock = NOW
    let before: number | null = null
    for (let i = 0; i < 20 && now.state === 'UNKNOWN'; i++) {
      const plan: number | undefined = i === 0 ? NOW + 3000 : nextAsk(now as Step)
      clock = plan ?? Number.NaN
      asked.push((clock - NOW) / 1000)
      now = must(now, exists(false, 1, before === null ? null : clock - before), clock)
      before = clock
    }
    expect(now).toMatchObject({
      state: 'NOT_APPLIED',
      code: 'notApplied',
      data: { zeros: 5, spanMs: 120_000 },
    })
    expect(asked).toEqual([3, 10, 30, 120, 123])
  })

  it('counts no time that this program did not measure: a changed clock, a restart', () => {
    let now: Moment = must(UNKNOWN, exists(false, 1, null))
    for (let i = 1; i < 10; i++) now = must(now, exists(false, 1, null), NOW + i * 3_600_000)
    expect(now).toMatchObject({ state: 'UNKNOWN', memory: { zeros: 10, zeroSpanMs: 0 } })
  })

  it('asks in seconds, not in an hour, where the clock was set back meanwhile', () => {
    const back = NOW - 3_600_000
    const asked = must(UNKNOWN, { type: 'askFailed' }, back)
    expect(nextAsk(asked)).toBe(back + 3000)
    expect(nextAsk(must(asked, { type: 'askFailed' }, back + 3000))).toBe(back + 10_000)
  })

  it('a failing question leaves UNKNOWN and is asked again (F-33)', () => {
    const failed = must(UNKNOWN, { type: 'askFailed', facts: { fault: 'http' } }, NOW + 3000)
    expect(failed).toMatchObject({ state: 'UNKNOWN', memory: { zeros: 0 }, data: { fault: 'http' } })
    expect(nextAsk(failed)).toBe(NOW + 10_000)
    expect(must(at('ACCEPTED', { accepted: true }), { type: 'askFailed' }).state).toBe('UNKNOWN')
  })

  it('after a day without an end a person is asked, not the platform', () => {
    const late = must(UNKNOWN, { type: 'askFailed' }, NOW + 24 * 3_600_000 + 1)
    expect(late).toMatchObject({ state: 'UNKNOWN', effects: [] })
  })

  it('plans whole milliseconds, though the monotonic clock counts in fractions', () => {
    const some = at('UNKNOWN', { unknownSince: NOW, zeros: 1, zeroSpanMs: 0.25 })
    const next = nextAsk(must(some, exists(false, 1, 27_000.123), NOW + 130_000))
    expect(next).toBe(NOW + 130_000 + 93_000)
    const odd = { ...DEFAULT_RECOVERY, notAppliedAfter: { polls: 3, spanMs: 100_000 } }
    const late = transition(UNKNOWN, exists(false, 1, null), NOW + 2 * 24 * 3_600_000, odd)
    expect(Number.isInteger(nextAsk(late as Step))).toBe(true)
  })

  it('counts the noes to their end where the platform answers again only after a day', () => {
    const day = 24 * 3_600_000
    let clock = NOW + 2 * day
    // asked at the start of the program
    let now: Moment = must(UNKNOWN, exists(false, 1, null), clock)
    for (let i = 0; i < 3 && now.state === 'UNKNOWN'; i++) {
      const next: number = nextAsk(now as Step) ?? Number.NaN
      now = must(now, exists(false, 1, next - clock), next)
      clock = next
    }
    expect(now).toMatchObject({ state: 'NOT_APPLIED', data: { zeros: 3, spanMs: 120_000 } })
  })

  it('is left to a person after a day, also where some noes had come before the platform was gone', () => {
    const some = at('UNKNOWN', { unknownSince: NOW, zeros: 2, zeroSpanMs: 40_000 })
    expect(must(some, { type: 'askFailed' }, NOW + 3_600_000).effects).toHaveLength(1)
    expect(must(some, { type: 'askFailed' }, NOW + 24 * 3_600_000 + 1).effects).toEqual([])
  })

  it('a restart: DRAFT never left, SENT and ACCEPTED are asked about (F-27)', () => {
    expect(must(DRAFT, { type: 'restarted' })).toMatchObject({ state: 'NOT_APPLIED', code: 'neverSent' })
    for (const state of ['SENT', 'ACCEPTED'] as const)
      expect(must(at(state), { type: 'restarted' })).toMatchObject({
        state: 'UNKNOWN',
        effects: [{ do: 'ask', at: NOW }],
      })
    expect(step(UNKNOWN, { type: 'restarted' })).toBeNull()
  })

  it('of a restored ledger knows of nothing on its way whether it left', () => {
    for (const moment of [DRAFT, at('SENT'), at('ACCEPTED')])
      expect(must(moment, { type: 'restored' })).toMatchObject({
        state: 'UNKNOWN',
        code: 'restored',
        effects: [{ do: 'ask' }],
      })
    expect(step(UNKNOWN, { type: 'restored' })).toBeNull()
  })

  it('what could not be stored did not leave (F-36)', () => {
    expect(must(DRAFT, { type: 'notStored' }).state).toBe('NOT_APPLIED')
    expect(step(at('ACCEPTED'), { type: 'notStored' })).toBeNull()
  })

  it('is sent again by a person only from NOT_APPLIED, and never after a 200', () => {
    expect(must(at('NOT_APPLIED'), { type: 'resend' })).toMatchObject({ state: 'SENT', memory: { sends: 2 } })
    expect(step(at('NOT_APPLIED', { accepted: true }), { type: 'resend' })).toBeNull()
    for (const state of ['DRAFT', 'SENT', 'ACCEPTED', 'APPLIED', 'REJECTED', 'UNKNOWN', 'DISPUTED'] as const)
      expect(step(at(state), { type: 'resend' })).toBeNull()
  })

  it('a no that was asked for before the last request says nothing of it', () => {
    expect(step(at('UNKNOWN', { sends: 2, unknownSince: NOW }), exists(false, 1))).toBeNull()
  })

  it('a person settles UNKNOWN and DISPUTED with a reason, nothing else', () => {
    const event: MachineEvent = { type: 'resolved', outcome: 'applied', reason: 'seen on the platform' }
    for (const state of ['UNKNOWN', 'DISPUTED'] as const)
      expect(must(at(state), event)).toMatchObject({
        state: 'APPLIED',
        data: { reason: 'seen on the platform' },
      })
    for (const state of ['DRAFT', 'SENT', 'ACCEPTED', 'APPLIED', 'REJECTED', 'NOT_APPLIED'] as const)
      expect(step(at(state), event)).toBeNull()
  })

  it('does not quietly overrule a person: found after all is DISPUTED again', () => {
    const settled = must(UNKNOWN, { type: 'resolved', outcome: 'not_applied', reason: 'not in the list' })
    expect(settled.state).toBe('NOT_APPLIED')
    expect(must(settled, exists(true))).toMatchObject({ state: 'DISPUTED', code: 'foundAfterAll' })
  })

  it('the platform only ever adds a line to a DISPUTED one', () => {
    expect(must(at('DISPUTED'), exists(true))).toMatchObject({ state: 'DISPUTED', effects: [] })
    expect(must(at('DISPUTED'), exists(false))).toMatchObject({ state: 'DISPUTED', effects: [] })
    expect(step(at('DISPUTED', { found: true }), { type: 'amount', result: 'same' })).toBeNull()
  })
})

const nextAsk = (found: Step) =>
  found.effects.flatMap((effect) => (effect.do === 'ask' ? [effect.at] : []))[0]

describe('when the platform is asked (§7.1, interfaces §2)', () => {
  it('3, 10, 30, 120 s, then every ten minutes for a day', () => {
    const offsets: number[] = []
    for (let now = 0; ;) {
      const next = nextOffset(DEFAULT_RECOVERY, now)
      if (next === null) break
      offsets.push(next / 1000)
      now = next
    }
    expect(offsets.slice(0, 7)).toEqual([3, 10, 30, 120, 720, 1320, 1920])
    expect(offsets.at(-1)).toBe(120 + 600 * 143)
  })

  it('repeats the last step of a given list, growing to ten minutes', () => {
    const policy = recoveryPolicy({ pollMs: [400, 100, 200] })
    expect(policy.pollMs).toEqual([100, 200, 400])
    const gaps: number[] = []
    for (let now = 400; gaps.length < 16;) {
      const next = nextOffset(policy, now) ?? Number.NaN
      gaps.push(next - now)
      now = next
    }
    expect(gaps.slice(0, 6)).toEqual([200, 200, 200, 400, 800, 1600])
    expect(Math.max(...gaps)).toBe(600_000)
  })

  it('is always later than now', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 100, max: 900_000 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 90_000_000 }),
        (pollMs, elapsed) => {
          const next = nextOffset(recoveryPolicy({ pollMs }), elapsed)
          if (next === null) expect(elapsed).toBeGreaterThan(86_400_000 - 1_800_000)
          else expect(next).toBeGreaterThan(elapsed)
        },
      ),
    )
  })
})

const anyEvent: fc.Arbitrary<MachineEvent> = fc.oneof(
  fc.constant<MachineEvent>({ type: 'send' }),
  fc.constant<MachineEvent>({ type: 'notStored' }),
  fc
    .constantFrom('accepted', 'rejected', 'tooFast', 'duplicate', 'notSent', 'unknown')
    .map(answered as never),
  fc.record({
    type: fc.constant('exists' as const),
    found: fc.boolean(),
    sends: fc.integer({ min: 0, max: 4 }),
    sinceZeroMs: fc.option(fc.integer({ min: 0, max: 200_000 })),
  }),
  fc.constant<MachineEvent>({ type: 'askFailed' }),
  fc.record({
    type: fc.constant('amount' as const),
    result: fc.constantFrom('same', 'differs', 'notListed', 'unavailable'),
  }),
  fc.constant<MachineEvent>({ type: 'restarted' }),
  fc.constant<MachineEvent>({ type: 'restored' }),
  fc.constant<MachineEvent>({ type: 'resend' }),
  fc.record({
    type: fc.constant('resolved' as const),
    outcome: fc.constantFrom('applied', 'not_applied'),
    reason: fc.constant('because'),
  }),
) as fc.Arbitrary<MachineEvent>

describe('whatever happens, in whatever order', () => {
  it('nothing is sent after a possible application but by a person, and then never after a 200', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let now: Moment = DRAFT
        /** the last request may have been applied */
        let possible = false
        let accepted = false
        events.forEach((event, i) => {
          const next = step(now, event, NOW + i * 1000)
          if (!next) return
          if (next.effects.some((effect) => effect.do === 'send')) {
            expect(accepted).toBe(false)
            if (possible) expect([event.type, now.state]).toEqual(['resend', 'NOT_APPLIED'])
            possible = true
          }
          if (event.type === 'answered') {
            possible = !['rejected', 'tooFast', 'notSent'].includes(event.answer)
            accepted ||= event.answer === 'accepted'
          }
          now = next
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('claims no more than is known: APPLIED was found or said by a person, NOT_APPLIED has its reason', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let now: Moment = DRAFT
        const seen = { found: false, person: false, accepted: false, zeros: 0 }
        events.forEach((event, i) => {
          const next = step(now, event, NOW + i * 1000)
          if (!next) return
          if (event.type === 'exists' && event.found) seen.found = true
          if (event.type === 'exists' && !event.found) seen.zeros++
          if (event.type === 'resolved') seen.person = true
          if (event.type === 'answered' && event.answer === 'accepted') seen.accepted = true
          if (next.state === 'APPLIED') expect(seen.found || seen.person).toBe(true)
          if (next.state === 'NOT_APPLIED' && now.state !== 'NOT_APPLIED') {
            const byItself = next.code === 'notApplied'
            if (byItself) expect(seen.zeros).toBeGreaterThanOrEqual(DEFAULT_RECOVERY.notAppliedAfter.polls)
            else
              expect(['notSent', 'neverSent', 'notStored', 'tooFastTooOften', 'resolved']).toContain(
                next.code,
              )
            if (next.code !== 'resolved') expect(seen.accepted && byItself).toBe(false)
          }
          now = next
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('ends are ends: nothing leads out of APPLIED', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(step(at('APPLIED', { found: true, unknownSince: NOW }), event)).toBeNull()
      }),
    )
  })
})
