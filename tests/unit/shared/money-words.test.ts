import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyWords } from '#shared/money-words.ts'

const VALUES: Record<string, number> = Object.fromEntries(
  Array.from('零壹贰叁肆伍陆柒捌玖', (c, i) => [c, i]),
)
const UNITS: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 }

/** Reads the words back the way a person does, knowing nothing of how they were made. */
function readWords(words: string): number {
  let total = 0
  let group = 0
  let digit = 0
  for (const c of words.replace(/^负/, '')) {
    const unit = UNITS[c]
    if (c in VALUES) digit = VALUES[c] ?? 0
    else if (unit !== undefined) [group, digit] = [group + digit * unit, 0]
    else if (c === '万' || c === '亿')
      [total, group, digit] = [total + (group + digit) * (c === '万' ? 1e4 : 1e8) * 100, 0, 0]
    else if (c === '元') [total, group, digit] = [total + (group + digit) * 100, 0, 0]
    else if (c === '角') [total, digit] = [total + digit * 10, 0]
    else if (c === '分') [total, digit] = [total + digit, 0]
    else if (c !== '整') throw new Error(`not a word of an amount: ${c}`)
  }
  return words.startsWith('负') ? -total : total
}

const amount = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000_000_000 }),
  fc.integer({ min: 1, max: 100_000 }),
  // amounts with long runs of zeros, where the rules are
  fc
    .array(fc.constantFrom(0, 0, 0, 1, 5, 9), { minLength: 1, maxLength: 12 })
    .map((digits) => Number(digits.join('')))
    .filter((fen) => fen > 0),
)

describe('moneyWords', () => {
  it.each([
    // the examples of the People's Bank, each in the form given first
    [140_950, '壹仟肆佰零玖元伍角'],
    [600_714, '陆仟零柒元壹角肆分'],
    [168_032, '壹仟陆佰捌拾元零叁角贰分'],
    [10_700_053, '壹拾万柒仟元零伍角叁分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [32_504, '叁佰贰拾伍元零肆分'],
    // whole yuan are closed, 分 are not
    [100, '壹元整'],
    [123_456, '壹仟贰佰叁拾肆元伍角陆分'],
    [5000, '伍拾元整'],
    [1000, '壹拾元整'],
    [1100, '壹拾壹元整'],
    // below one yuan nothing is missing before
    [1, '壹分'],
    [50, '伍角'],
    [55, '伍角伍分'],
    [0, '零元整'],
    // zeros inside, at the end, and whole groups of them
    [100_500, '壹仟零伍元整'],
    [10_010_000, '壹拾万零壹佰元整'],
    [100_000_100, '壹佰万零壹元整'],
    [1_000_000, '壹万元整'],
    [10_000_000_000, '壹亿元整'],
    [10_000_500_000, '壹亿零伍仟元整'],
    [10_500_000_000, '壹亿零伍佰万元整'],
    [15_000_500_000, '壹亿伍仟万伍仟元整'],
    [15_000_050_000, '壹亿伍仟万零伍佰元整'],
    [1_000_000_000_000, '壹佰亿元整'],
    [-1_005, '负壹拾元零伍分'],
  ])('%d fen', (fen, words) => {
    expect(moneyWords(fen)).toBe(words)
  })

  it.each([1.5, Number.NaN, Infinity, 1_000_000_000_001])('has none for %d', (fen) => {
    expect(() => moneyWords(fen)).toThrow(RangeError)
  })

  it('can be read back to the fen, so no two amounts share their words', () => {
    fc.assert(
      fc.property(amount, (fen) => {
        expect(readWords(moneyWords(fen))).toBe(fen)
        expect(moneyWords(-fen)).toBe(`负${moneyWords(fen)}`)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps to the form: never two zeros, never one at an end, 整 only after whole yuan', () => {
    fc.assert(
      fc.property(amount, (fen) => {
        const words = moneyWords(fen)
        expect(words).not.toMatch(/零零|^零|零[元万亿角分整]/)
        expect(words.endsWith('整')).toBe(fen % 100 === 0)
        expect(words).not.toMatch(/^[拾佰仟万亿元]/)
        // 亿, 万, 元 once each
        for (const unit of '亿万元角分') expect(words.split(unit).length).toBeLessThanOrEqual(2)
      }),
      { numRuns: 1000 },
    )
  })
})
