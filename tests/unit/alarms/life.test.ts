import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundOf, judge, type Level } from '#core/alarms/judge.ts'
import { LONGEST_SNOOZE, step, type AlarmInput, type AlarmLife } from '#core/alarms/machine.ts'
import { MEASURES } from '#shared/alarms.ts'
import { HOUR } from '#shared/time.ts'

describe('the level of a figure', () => {
  const below = MEASURES.lowBalance
  const above = MEASURES.meterSilent
  const fen = { level: 2000, level2: 500, hysteresis: 200 }

  it('is reached at its bound and left beyond the hysteresis', () => {
    const walk = (values: readonly number[]) => {
      let was: Level = 0
      return values.map((value) => (was = judge(below, fen, value, was)))
    }
    expect(walk([2001, 2000, 2199, 2200, 2201, 2200])).toEqual([0, 1, 1, 1, 0, 0])
    expect(walk([2000, 500, 700, 701, 2200, 2201])).toEqual([1, 2, 2, 1, 1, 0])
    expect(judge(above, { level: 72, level2: 72, hysteresis: 24 }, 72, 0)).toBe(1)
    expect(judge(above, { level: 72, level2: 72, hysteresis: 24 }, 48, 1)).toBe(1)
    expect(judge(above, { level: 72, level2: 72, hysteresis: 24 }, 47, 1)).toBe(0)
  })

  it('never moves twice on figures within one hysteresis of each other, and asks for all that matter', () => {
    const levels = fc.record({
      level: fc.integer({ min: -500, max: 500 }),
      gap: fc.integer({ min: 0, max: 300 }),
      hysteresis: fc.integer({ min: 1, max: 100 }),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(MEASURES.lowBalance, MEASURES.syncStale, MEASURES.diskFull, MEASURES.clockSkew),
        levels,
        fc.integer({ min: -1000, max: 1000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
        (measure, { level, gap, hysteresis }, start, moves) => {
          const sign = measure.side === 'above' ? 1 : -1
          const rule = { level, level2: level + sign * (gap + hysteresis + 1), hysteresis }
          // figures of one band, narrower than the hysteresis: one crossing at most
          let was = judge(measure, rule, start, 0)
          let moved = 0
          for (const move of moves) {
            const value = start + Math.floor(move * (hysteresis - 1)) * sign
            const now = judge(measure, rule, value, was)
            if (now !== was) moved++
            expect(now).toBeGreaterThanOrEqual(was)
            was = now
            const bound = boundOf(measure, rule)
            if (now > 0) expect(sign * value).toBeGreaterThanOrEqual(sign * bound)
          }
          expect(moved).toBeLessThanOrEqual(2)
        },
      ),
    )
  })
})

const NEW: AlarmLife = {
  state: 'raised',
  level: 1,
  severity: 'warning',
  holds: 1,
  value: 10,
  acknowledged_at: null,
  acknowledged_by: null,
  cleared_at: null,
  cleared_by: null,
  snoozed_until: null,
  assignee: null,
}
const AT = 1_000_000
const kinds = (alarm: AlarmLife, input: AlarmInput) =>
  step(alarm, input, AT).effects.map((effect) => (effect.type === 'record' ? effect.kind : effect.type))
const after = (...inputs: readonly AlarmInput[]) =>
  inputs.reduce((alarm, input) => step(alarm, input, AT).next, NEW)
const lin = { by: 'lin' }

describe('the life of an alarm', () => {
  it('goes raised → acknowledged → cleared, each step on record', () => {
    const acknowledged = after({ type: 'acknowledged', ...lin })
    expect(acknowledged).toMatchObject({ state: 'acknowledged', acknowledged_at: AT, acknowledged_by: 'lin' })
    expect(kinds(NEW, { type: 'acknowledged', ...lin })).toEqual(['acknowledged'])
    expect(kinds(acknowledged, { type: 'acknowledged', ...lin })).toEqual([])
    expect(step(acknowledged, { type: 'ended', reason: 'condition' }, AT).next).toMatchObject({
      state: 'cleared',
      cleared_by: null,
      holds: 0,
    })
    expect(kinds(acknowledged, { type: 'ended', reason: 'condition' })).toEqual(['ended'])
  })

  it('goes on holding when a person clears it, until the condition ends', () => {
    const cleared = after({ type: 'cleared', ...lin, comment: '已处理' })
    expect(cleared).toMatchObject({ state: 'cleared', cleared_by: 'lin', holds: 1 })
    expect(step(cleared, { type: 'ended', reason: 'condition' }, AT).next).toMatchObject({
      state: 'cleared',
      cleared_by: 'lin',
      holds: 0,
    })
    for (const type of ['acknowledged', 'cleared'] as const)
      expect(() => step(cleared, { type, ...lin }, AT)).toThrow(
        expect.objectContaining({ code: 'NOT_ALLOWED_NOW' }),
      )
    expect(kinds(cleared, { type: 'commented', ...lin, comment: 'x' })).toEqual(['commented'])
  })

  it('comes back, loud, at the second level, whoever acknowledged, snoozed or cleared it', () => {
    const quiet: AlarmInput[] = [
      { type: 'acknowledged', ...lin },
      { type: 'snoozed', ...lin, until: AT + HOUR },
      { type: 'cleared', ...lin },
    ]
    for (const input of quiet) {
      const alarm = after(input)
      expect(kinds(alarm, { type: 'crossed', value: 3, severity: 'critical' })).toEqual(['crossed', 'tell'])
      expect(step(alarm, { type: 'crossed', value: 3, severity: 'critical' }, AT).next).toEqual({
        ...NEW,
        level: 2,
        severity: 'critical',
        value: 3,
      })
    }
    const worse = after({ type: 'crossed', value: 3, severity: 'critical' })
    expect(kinds(worse, { type: 'crossed', value: 2, severity: 'critical' })).toEqual([])
    expect(step(worse, { type: 'eased', value: 8, severity: 'warning' }, AT).next).toMatchObject({
      level: 1,
      severity: 'warning',
      state: 'raised',
      value: 8,
    })
  })

  it('wakes from its snooze, and tells only where nobody deals with it', () => {
    const snoozed = after({ type: 'snoozed', ...lin, until: AT + HOUR })
    expect(step(snoozed, { type: 'woke' }, AT + HOUR - 1).effects).toEqual([])
    expect(step(snoozed, { type: 'woke' }, AT + HOUR).effects.map(({ type }) => type)).toEqual([
      'record',
      'tell',
    ])
    const known = after({ type: 'acknowledged', ...lin }, { type: 'snoozed', ...lin, until: AT + HOUR })
    expect(step(known, { type: 'woke' }, AT + HOUR).effects.map(({ type }) => type)).toEqual(['record'])
    for (const until of [AT, AT + LONGEST_SNOOZE + 1])
      expect(() => step(NEW, { type: 'snoozed', ...lin, until }, AT)).toThrow(
        expect.objectContaining({ code: 'NOT_ALLOWED_NOW' }),
      )
    expect(kinds(snoozed, { type: 'snoozed', ...lin, until: null })).toEqual(['woke'])
  })

  it('never holds again by itself once it ended, whatever happens in between', () => {
    const input: fc.Arbitrary<AlarmInput> = fc.oneof(
      fc.constantFrom<AlarmInput>(
        { type: 'crossed', value: 1, severity: 'critical' },
        { type: 'eased', value: 9, severity: 'warning' },
        { type: 'woke' },
        { type: 'acknowledged', ...lin },
        { type: 'commented', ...lin },
        { type: 'cleared', ...lin },
        { type: 'assigned', ...lin, to: 'zhou' },
        { type: 'ended', reason: 'condition' },
      ),
      fc.integer({ min: -5, max: 5 }).map((n): AlarmInput => ({ type: 'snoozed', ...lin, until: AT + n })),
    )
    fc.assert(
      fc.property(fc.array(input, { maxLength: 12 }), (inputs) => {
        let alarm = NEW
        for (const [i, one] of inputs.entries()) {
          const before = alarm
          try {
            alarm = step(alarm, one, AT + i).next
          } catch {
            continue
          }
          if (before.state === 'cleared' && one.type !== 'crossed') expect(alarm.state).toBe('cleared')
          expect(alarm.state === 'cleared').toBe(alarm.cleared_at !== null)
          if (alarm.state === 'acknowledged') expect(alarm.acknowledged_by).toBe('lin')
          if (one.type === 'ended') return
        }
      }),
    )
  })
})
