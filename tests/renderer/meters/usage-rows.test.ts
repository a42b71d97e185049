import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal } from '#shared/decimal.ts'
import {
  changePerMille,
  meanDecimal,
  subtractDecimals,
  sumDecimals,
} from '../../../src/renderer/features/meters/decimals.ts'
import {
  fill,
  fillEarlier,
  indexRows,
  likeForLike,
  tableRows,
  totalsOf,
  type UsageCell,
} from '../../../src/renderer/features/meters/usage-rows.ts'

const measured = (usage: string): UsageCell => ({ usage, state: 'measured' })
const gap: UsageCell = { usage: null, state: 'gap' }
const reset: UsageCell = { usage: null, state: 'reset' }

describe('decimal sums', () => {
  it('are exact where floats are not', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3')
    expect(sumDecimals(Array.from({ length: 10 }, () => '0.1'))).toBe('1.0')
    expect(sumDecimals(['1', null, '2.50'])).toBe('3.50')
    expect(sumDecimals([null, null])).toBeNull()
    expect(subtractDecimals('0.30', '0.1')).toBe('0.20')
    expect(subtractDecimals('1', null)).toBeNull()
  })

  it('equal the sum of their integers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 400 }), (list) => {
        const total = list.reduce((sum, n) => sum + n, 0)
        expect(sumDecimals(list.map((n) => formatDecimal(n, 4)))).toBe(formatDecimal(total, 4))
      }),
    )
  })

  it('say the change in tenths of a percent', () => {
    expect(changePerMille('110', '100')).toBe(100)
    expect(changePerMille('99.95', '100')).toBe(0)
    expect(changePerMille('1', '0')).toBeNull()
  })

  it('a mean has the decimals of its sum, at least one', () => {
    expect(meanDecimal('10', 4)).toBe('2.5')
    expect(meanDecimal('10.0', 3)).toBe('3.3')
    expect(meanDecimal('9', 3)).toBe('3')
    expect(meanDecimal(null, 3)).toBeNull()
  })
})

describe('usage rows', () => {
  const rows = [
    { meterId: 'imr:1', bucket: 10, usage: '1.5', state: 'measured' as const },
    { meterId: 'imr:2', bucket: 10, usage: '9', state: 'measured' as const },
    { meterId: 'imr:1', bucket: 30, usage: null, state: 'reset' as const },
  ]

  it('what was not answered is a gap, never zero, and another meter stays out', () => {
    expect(fill([10, 20, 30], indexRows(rows, 'imr:1'))).toMatchObject([
      { usage: '1.5', state: 'measured' },
      { usage: null, state: 'gap' },
      { usage: null, state: 'reset' },
    ])
  })

  it('an earlier span lies bucket on bucket', () => {
    const index = new Map([[10, measured('4')]])
    expect(fillEarlier([110, 120], index, { ms: 100 }, 0)).toEqual([measured('4'), gap])
  })

  it('table rows carry difference and change against the first compared series', () => {
    const other = { key: 'p', name: 'before', cells: [measured('2'), null] }
    const [first, second] = tableRows([10, 20], [measured('2.5'), reset], [other], 20)
    expect(first).toMatchObject({ difference: '0.5', perMille: 250, running: false })
    expect(second).toMatchObject({ usage: null, state: 'reset', running: true, difference: null })
  })

  it('totals count resets and gaps beside the sum', () => {
    expect(totalsOf([measured('1.25'), gap, reset, measured('2')])).toEqual({
      sum: '3.25',
      mean: '1.63',
      measured: 2,
      total: 4,
      resets: 1,
      gaps: 1,
    })
  })

  it('a day that still runs is no gap before its first reading', () => {
    expect(totalsOf([measured('1'), gap], 1)).toMatchObject({ total: 1, gaps: 0 })
    expect(totalsOf([measured('1'), measured('2')], 1)).toMatchObject({ total: 2, sum: '3' })
  })

  it('compares only buckets that both have', () => {
    expect(likeForLike([measured('3'), gap, measured('5')], [measured('2'), measured('7'), null])).toEqual({
      main: '3',
      other: '2',
      buckets: 1,
      perMille: 500,
    })
  })
})
