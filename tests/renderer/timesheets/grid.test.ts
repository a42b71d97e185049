import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { monthOf, stepMonth, wantedOf } from '../../../src/renderer/features/timesheets/filters.ts'
import { bucketsOf, gridOf, sumOf, unitOf } from '../../../src/renderer/features/timesheets/grid.ts'
import { lockStateOf } from '../../../src/renderer/features/timesheets/lock.ts'
import { partsOf, ROWS_PER_PAGE, shortHours } from '../../../src/renderer/features/timesheets/paper.ts'

const ZONE = 8 * HOUR
const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`)
const row = (over: object) => ({
  projectId: null,
  projectName: '',
  user: '13800000003',
  userName: '甲',
  bucket: at('2026-03-02'),
  minutes: 480,
  count: 1,
  open: 0,
  pending: 0,
  ...over,
})

describe('columns of time', () => {
  it('are the days of a month, also of February in a leap year, and of the Monday a week begins on', () => {
    expect(bucketsOf(at('2028-02-01'), at('2028-03-01'), 'day', ZONE)).toHaveLength(29)
    expect(bucketsOf(at('2026-03-01'), at('2026-03-10'), 'week', ZONE)).toEqual([
      at('2026-02-23'),
      at('2026-03-02'),
      at('2026-03-09'),
    ])
    expect(bucketsOf(at('2025-12-31'), at('2026-02-02'), 'month', ZONE)).toEqual([
      at('2025-12-01'),
      at('2026-01-01'),
      at('2026-02-01'),
    ])
  })

  it('are weeks where days would be too many', () => {
    expect(unitOf('day', 0, 62 * DAY)).toBe('day')
    expect(unitOf('day', 0, 63 * DAY)).toBe('week')
    expect(unitOf('month', 0, 900 * DAY)).toBe('month')
  })
})

describe('the grid', () => {
  it('keeps shifts that only run or wait out of its cells and in its sums', () => {
    const { rows, totals } = gridOf(
      [row({}), row({ bucket: at('2026-03-03'), minutes: 0, count: 0, open: 1 })],
      [at('2026-03-02'), at('2026-03-03')],
    )
    expect(rows[0]).toMatchObject({ cells: [480, null], minutes: 480, count: 1, open: 1 })
    expect(totals).toEqual([480, null])
  })

  it('adds up the same over lines and over columns', () => {
    const one = fc.record({
      user: fc.constantFrom('a', 'b', 'c'),
      projectId: fc.constantFrom('1', '2'),
      day: fc.integer({ min: 0, max: 6 }),
      minutes: fc.integer({ min: 0, max: 900 }),
    })
    const buckets = Array.from({ length: 7 }, (_, i) => at('2026-03-02') + i * DAY)
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (given) => {
        const rows = given.map(({ day, ...rest }) => row({ ...rest, bucket: buckets[day] }))
        const grid = gridOf(rows, buckets)
        const sum = given.reduce((all, { minutes }) => all + minutes, 0)
        expect(sumOf(grid.totals) ?? 0).toBe(sum)
        expect(grid.rows.reduce((all, { minutes }) => all + minutes, 0)).toBe(sum)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what the address asks for', () => {
  const now = at('2026-03-15') + 5 * HOUR
  it('is the running month where nothing is said, both ends included where something is', () => {
    expect(wantedOf({}, now, ZONE)).toEqual({
      from: at('2026-03-01'),
      to: at('2026-04-01'),
      unit: 'day',
      group: 'user',
      decimal: false,
    })
    const asked = { from: '2026-01-01', to: '2026-01-31', unit: 'week', group: 'both', as: 'decimal' }
    expect(wantedOf(asked, now, ZONE)).toMatchObject({ to: at('2026-02-01'), unit: 'week', decimal: true })
    // the wrong way round is one day, never a refusal
    expect(wantedOf({ from: '2026-02-02', to: '2026-01-01' }, now, ZONE)).toMatchObject({
      to: at('2026-02-03'),
    })
  })

  it('is a month that there is', () => {
    expect([monthOf('2026-13', now, ZONE), monthOf('2025-12', now, ZONE)]).toEqual(['2026-03', '2025-12'])
    expect([stepMonth('2026-01', -1), stepMonth('2025-12', 1)]).toEqual(['2025-12', '2026-01'])
  })
})

describe('a lock', () => {
  const lock = { before: at('2026-03-01'), graceUntil: at('2026-03-04'), note: '' }
  it.each([
    ['2026-02-28', '2026-03-03', 'grace'],
    ['2026-02-28', '2026-03-05', 'locked'],
    ['2026-03-01', '2026-03-05', 'free'],
  ])('of a shift on %s, on %s: %s', (day, today, state) => {
    expect(lockStateOf(lock, at(day), at(today))).toBe(state)
  })
})

describe('the paper', () => {
  it('has pages whose sums come to the sum of all', () => {
    const workers = Array.from({ length: 37 }, (_, i) => ({
      kind: 'worker' as const,
      user: `1380000${i}`,
      userName: `甲${i}`,
      count: 1,
      open: 0,
      pending: 0,
      minutes: 60 + i,
      days: [60 + i, null],
      hours: [],
      totalHours: '',
      daysWorked: 1,
    }))
    const parts = partsOf({ rows: workers, days: 2 })
    expect(parts.map(({ rows }) => rows.length)).toEqual([ROWS_PER_PAGE, ROWS_PER_PAGE, 5])
    const sum = workers.reduce((all, { minutes }) => all + minutes, 0)
    expect(sumOf(parts.map(({ minutes }) => minutes))).toBe(sum)
    expect(sumOf(parts.map(({ days }) => days[0] ?? null))).toBe(sum)
    expect(partsOf({ rows: [], days: 30 })).toHaveLength(1)
  })

  it('writes hours without zeros that say nothing', () => {
    expect([480, 450, 435, 61, 0, null].map(shortHours)).toEqual(['8', '7.5', '7.25', '1.02', '0', ''])
  })
})
