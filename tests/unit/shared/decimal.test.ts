import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, neededDigits, parseDecimal } from '#shared/decimal.ts'

describe('parseDecimal', () => {
  it.each([
    ['346.90', 3_469_000, 2, true],
    [10622.5, 106_225_000, 1, true],
    [' 7 ', 70_000, 0, true],
    ['-3', -30_000, 0, true],
    ['-0', 0, 0, true],
    ['0.0001', 1, 4, true],
    ['00012.50', 125_000, 2, true],
    ['1.23456', 12_345, 4, false],
    ['1.23450', 12_345, 4, true],
    [0.07 * 3, 2100, 4, false],
  ] as const)('reads %s', (text, scaled, digits, exact) => {
    expect(parseDecimal(text)).toEqual({ scaled, digits, exact })
  })

  it.each([
    '',
    ' ',
    '1e3',
    '1,234.5',
    'NaN',
    '.5',
    '5.',
    '--1',
    '1 2',
    '0x10',
    '999999999999999999',
    1e21,
    Number.NaN,
    null,
    undefined,
    true,
    {},
    ['1'],
  ])('refuses %s', (value) => {
    expect(parseDecimal(value)).toBeNull()
  })
})

describe('formatDecimal', () => {
  it('gives back what was parsed, digit for digit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
        fc.integer({ min: 0, max: 4 }),
        (units, digits) => {
          const scaled = units * 10 ** (4 - digits)
          const text = formatDecimal(scaled, digits)
          expect(text).toMatch(digits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${digits}}$`))
          expect(parseDecimal(text)).toEqual({ scaled: scaled === 0 ? 0 : scaled, digits, exact: true })
        },
      ),
    )
  })

  it('keeps its sums exact where floats do not', () => {
    const sum = ['0.1', '0.2', '19.99'].reduce((total, text) => total + (parseDecimal(text)?.scaled ?? 0), 0)
    expect(formatDecimal(sum, neededDigits(sum))).toBe('20.29')
  })
})

describe('neededDigits', () => {
  it.each([
    [0, 0, 0],
    [0, 2, 2],
    [10_000, 0, 0],
    [12_500, 0, 2],
    [12_000, 2, 2],
    [12_345, 2, 4],
    [-5, 0, 4],
  ])('of %d, at least %d, are %d', (scaled, least, digits) => {
    expect(neededDigits(scaled, least)).toBe(digits)
  })
})
