import { describe, expect, it } from 'vitest'
import {
  addSample,
  durationParts,
  estimate,
  percentOf,
  type Sample,
} from '../../../src/renderer/features/sync/progress.ts'

const seen = (...pairs: [number, number][]) =>
  pairs.reduce<readonly Sample[]>((samples, [at, done]) => addSample(samples, { at, done }), [])

describe('rate and remaining time', () => {
  it('say nothing before enough was seen', () => {
    expect(estimate(seen([0, 0], [1000, 50]), 100)).toEqual({ perSecond: null, remainingMs: null })
  })

  it('follow the last minute, not the first', () => {
    const samples = seen([0, 0], [60_000, 10], [100_000, 410], [119_000, 600])
    expect(samples.map(({ at }) => at)).toEqual([60_000, 100_000, 119_000])
    expect(estimate(samples, 1200).perSecond).toBeCloseTo(10, 5)
    expect(estimate(samples, 1200).remainingMs).toBeCloseTo(60_000, 3)
  })

  it('give no end where none is known or nothing moves', () => {
    expect(estimate(seen([0, 0], [10_000, 100]), null).remainingMs).toBeNull()
    expect(estimate(seen([0, 5], [10_000, 5]), 10)).toEqual({ perSecond: 0, remainingMs: null })
  })

  it('begin anew when the count went back, and ignore repeats', () => {
    expect(seen([0, 0], [5000, 90], [6000, 1])).toEqual([{ at: 6000, done: 1 }])
    expect(seen([5000, 1], [5000, 2])).toHaveLength(1)
  })
})

describe('percent', () => {
  it('is 100 only when done', () => {
    expect(percentOf({ done: 1000, total: 1000, state: 'running' })).toBe(99)
    expect(percentOf({ done: 1000, total: 1000, state: 'done' })).toBe(100)
    expect(percentOf({ done: 5, total: null, state: 'running' })).toBeNull()
  })
})

it('durations round up to what one plans by', () => {
  expect(durationParts(41_200)).toEqual([{ unit: 'seconds', n: 42 }])
  expect(durationParts(61_000)).toEqual([{ unit: 'minutes', n: 2 }])
  expect(durationParts(3_900_000)).toEqual([
    { unit: 'hours', n: 1 },
    { unit: 'minutes', n: 5 },
  ])
  expect(durationParts(7_200_000)).toEqual([{ unit: 'hours', n: 2 }])
})
