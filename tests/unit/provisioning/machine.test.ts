import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { next, over, type DeviceEvent } from '#core/provisioning/machine.ts'
import { freshProgress, litPorts, openStep, portOf, type Progress } from '#core/provisioning/progress.ts'
import { PORTS } from '#shared/chargers.ts'
import type { StepName } from '#shared/contract/provisioning.ts'
import { PROVISIONING_STEPS } from '#shared/provisioning-codes.ts'

const START = 1_700_000_000_000
const device = { name: 'BUC_1A2B3C4D5E6F', deviceCode: 'C1' }

const step = fc.constantFrom(...PROVISIONING_STEPS)
const port = fc.constantFrom(...PORTS)
const reason = fc.record({ code: fc.constantFrom('noReply', 'lost', 'portBusy') })
const event: fc.Arbitrary<DeviceEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<DeviceEvent>({ type: 'take' }) },
  fc.record({ type: fc.constant('signal' as const), samples: fc.array(fc.integer({ min: -100, max: -30 })) }),
  fc.record({ type: fc.constant('intend' as const), port }),
  fc.record({ type: fc.constant('passed' as const), step }),
  fc.record({ type: fc.constant('ask' as const), step, question: reason }),
  fc.record({ type: fc.constant('answer' as const), step, ok: fc.boolean(), by: fc.constant('lin') }),
  fc.record({ type: fc.constant('failed' as const), reason }),
  fc.constant<DeviceEvent>({ type: 'interrupt' }),
  fc.record({ type: fc.constant('skip' as const), reason }),
  fc.constant<DeviceEvent>({ type: 'retry' }),
  fc.record({ type: fc.constant('switchedOff' as const), port }),
  fc.record({ type: fc.constant('labelled' as const), by: fc.constant('lin') }),
)

/** What comes next for a charger that is well, so that histories get far: a blind draw would stay at the door. */
type Move = DeviceEvent | 'well' | 'restart'
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Move>('well') },
  { weight: 1, arbitrary: fc.constant<Move>('restart') },
  { weight: 2, arbitrary: event },
)

function well(progress: Progress): DeviceEvent {
  const open = openStep(progress)
  const name = open?.step ?? 'labelled'
  if (progress.state === 'waiting') return { type: 'take' }
  if (progress.state === 'asking') return { type: 'answer', step: name, ok: true, by: 'lin' }
  const on = portOf(name)
  const told = on !== null && name.endsWith('.on') && progress.memory.power[on]?.state !== 'intended'
  return told ? { type: 'intend', port: on } : { type: 'passed', step: name }
}

/** What the worker does with what it finds after a crash: the row as JSON, and what ran is not verified. */
const restarted = (progress: Progress, now: number): Progress =>
  next(JSON.parse(JSON.stringify(progress)) as Progress, { type: 'interrupt' }, now)

function history(moves: readonly Move[], testPorts: readonly number[], seen: Visit): Progress {
  let progress = freshProgress(device, testPorts)
  for (const [i, one] of moves.entries()) {
    const now = START + i * 1000
    const before = progress
    if (one === 'restart') progress = restarted(before, now)
    else progress = next(before, one === 'well' ? well(before) : one, now)
    seen(before, progress, one === 'well' ? well(before) : one)
  }
  return progress
}
type Visit = (before: Progress, after: Progress, event: DeviceEvent | 'restart') => void

const ports = fc.subarray([1, 2, 3, 4])
const moves = fc.array(move, { maxLength: 90 })
const stateOf = ({ steps }: Progress, name: StepName) => steps.find((one) => one.step === name)?.state

describe('a charger on its way through a run', () => {
  it('passes only when every step that is not left out was verified, in order', () => {
    fc.assert(
      fc.property(moves, ports, (moves, testPorts) => {
        history(moves, testPorts, (_before, after) => {
          const open = after.steps.findIndex((one) => !['passed', 'skipped'].includes(one.state))
          // nothing behind the first open step runs, asks or has failed
          for (const one of after.steps.slice(open + 1))
            expect(['waiting', 'passed', 'skipped']).toContain(one.state)
          if (after.state !== 'passed') return
          for (const one of after.steps.slice(0, -1)) {
            const tested = portOf(one.step) === null || testPorts.includes(portOf(one.step) ?? 0)
            expect(one.state).toBe(tested ? 'passed' : 'skipped')
          }
        })
      }),
      { numRuns: 300 },
    )
  })

  it('has one step that runs, asks or has failed, and it is that of its state', () => {
    fc.assert(
      fc.property(moves, ports, (moves, testPorts) => {
        history(moves, testPorts, (_before, { state, steps }) => {
          const marked = steps.filter((one) => ['running', 'asking', 'failed'].includes(one.state))
          const wanted = ['running', 'asking', 'failed'].includes(state) ? [state] : []
          expect(marked.map((one) => one.state)).toEqual(wanted)
          expect(
            steps.every(
              (one) => (one.state === 'asking') === (one.question !== undefined && !one.confirmedBy),
            ),
          ).toBe(true)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('tells a port as switched on before it can be on, and only a person gets POWERON sent twice', () => {
    fc.assert(
      fc.property(moves, ports, (moves, testPorts) => {
        history(moves, testPorts, (before, after, event) => {
          for (const port of PORTS)
            if (
              stateOf(after, `test${port}.on`) === 'passed' &&
              stateOf(before, `test${port}.on`) !== 'passed'
            )
              expect(before.state).toBe('running')
          if (event === 'restart') {
            // what may be on is still known
            expect(litPorts(after)).toEqual(litPorts(before))
            expect(after.state).toBe(before.state === 'running' ? 'waiting' : before.state)
          }
          for (const port of PORTS)
            if (after.memory.power[port]?.approved && !before.memory.power[port]?.approved)
              expect(event).toMatchObject({ type: expect.stringMatching(/^(answer|retry)$/) as string })
        })
      }),
      { numRuns: 300 },
    )
  })

  it('what a person saw carries his name; what he did not see does not', () => {
    fc.assert(
      fc.property(moves, ports, (moves, testPorts) => {
        const after = history(moves, testPorts, () => undefined)
        for (const one of after.steps) {
          const human = one.step.endsWith('.seen') || one.step === 'labelled'
          if (human && one.state === 'passed') expect(one.confirmedBy).toBe('lin')
          if (!human) expect(one.confirmedBy).toBeUndefined()
        }
      }),
      { numRuns: 300 },
    )
  })

  it('comes to its end from wherever it is, once nothing goes wrong any more', () => {
    fc.assert(
      fc.property(moves, ports, (moves, testPorts) => {
        let progress = history(moves, testPorts, () => undefined)
        if (progress.state !== 'passed' && over(progress)) progress = next(progress, { type: 'retry' }, START)
        for (let i = 0; progress.state !== 'passed'; i++) {
          expect(i).toBeLessThan(60)
          progress = next(progress, well(progress), START + i)
        }
        expect(litPorts(progress)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('what does not fit what it does now changes nothing', () => {
    const fresh = freshProgress(device, [1])
    const done = next({ ...fresh, state: 'passed' }, { type: 'skip', reason: { code: 'cancelled' } }, START)
    expect(done.state).toBe('passed')
    expect(next(fresh, { type: 'passed', step: 'found' }, START)).toBe(fresh)
    expect(next(fresh, { type: 'answer', step: 'test1.seen', ok: true, by: 'lin' }, START)).toBe(fresh)
    expect(next(fresh, { type: 'intend', port: 1 }, START)).toBe(fresh)
  })
})
