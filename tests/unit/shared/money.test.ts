import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatYuan, parseYuan, toYuanNumber } from '#shared/money.ts'

describe('parseYuan', () => {
  // where floats bite (spec §6.1): 19.99 * 100 is 1998.9999999999998, and the others alike
  it.each([
    ['19.99', 1999, true],
    [19.99, 1999, true],
    ['1.15', 115, true],
    [1.15, 115, true],
    ['4.35', 435, true],
    [4.35, 435, true],
    ['0.29', 29, true],
    [0.29, 29, true],
    // three decimals: rounded half away from zero, and said so
    ['1.005', 101, false],
    [1.005, 101, false],
    ['-1.005', -101, false],
    ['1.004', 100, false],
    ['9.999', 1000, false],
    [0.07 * 3, 21, false],
    [8.2 * 3, 2460, false],
    [0.1 + 0.2, 30, false],
    // C-15
    [80, 8000, true],
    ['80.00', 8000, true],
    [-10, -1000, true],
    ['-10.5', -1050, true],
    ['+10.5', 1050, true],
    [' 3 ', 300, true],
    ['007', 700, true],
    ['1.500', 150, true],
    ['-0', 0, true],
    ['-0.00', 0, true],
    ['-0.001', 0, false],
  ] as const)('reads %s', (text, fen, exact) => {
    expect(parseYuan(text)).toEqual({ fen, exact })
  })

  it.each([
    '',
    ' ',
    '1e3',
    '1,234.50',
    'NaN',
    'Infinity',
    '.5',
    '5.',
    '--1',
    '1 2',
    '0x10',
    '１２',
    '¥5',
    '99999999999999999',
    1e21,
    1e-7,
    Number.NaN,
    null,
    undefined,
    true,
    {},
    ['1'],
  ])('refuses %s', (value) => {
    expect(parseYuan(value)).toBeNull()
  })

  it('rounds what is longer than a fen to the nearer one, a half away from zero', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (cut, more, negative) => {
          const text = `${negative ? '-' : ''}${formatYuan(cut)}${more.join('')}`
          const up = (more[0] ?? 0) >= 5 ? 1 : 0
          const size = cut + up
          expect(parseYuan(text)).toEqual({
            fen: negative && size > 0 ? -size : size,
            exact: more.every((n) => n === 0),
          })
        },
      ),
    )
  })
})

const fen = fc.oneof(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), fc.maxSafeInteger())
/** The JSON number of an amount is exact far beyond any amount of a site. */
const sent = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
const plain = (value: number) => (value === 0 ? 0 : value)

describe('formatYuan', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [123_450, '1234.50'],
    [-1050, '-10.50'],
  ])('writes %d fen', (value, text) => {
    expect(formatYuan(value)).toBe(text)
  })

  it('is undone by parseYuan, for every fen', () => {
    fc.assert(
      fc.property(fen, (value) => {
        const text = formatYuan(value)
        expect(text).toMatch(/^-?(0|[1-9]\d*)\.\d\d$/)
        expect(parseYuan(text)).toEqual({ fen: plain(value), exact: true })
      }),
    )
  })
})

describe('toYuanNumber', () => {
  it.each([
    [1999, 19.99],
    [30, 0.3],
    [21, 0.21],
    [2460, 24.6],
    [100_000_000, 1_000_000],
  ])('sends %d fen', (value, yuan) => {
    expect(toYuanNumber(value)).toBe(yuan)
  })

  it('is a number of at most two decimals that means the same fen, in JSON too', () => {
    fc.assert(
      fc.property(sent, (value) => {
        const text = JSON.stringify(toYuanNumber(value))
        expect(text).toMatch(/^-?\d+(\.\d{1,2})?$/)
        expect(parseYuan(text)).toEqual({ fen: plain(value), exact: true })
        expect(parseYuan(JSON.parse(text))).toEqual({ fen: plain(value), exact: true })
      }),
    )
  })
})
