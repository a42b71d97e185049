import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountText,
  MOST_FEN,
  readAmount,
  readFloat,
} from '../../../src/renderer/features/recharge/amount.ts'

describe('the amount as typed', () => {
  it.each([
    ['50', 5000],
    ['50.5', 5050],
    ['0.01', 1],
    ['.5', 50],
    ['12.', 1200],
    [' 80.00 ', 8000],
    ['¥100', 10_000],
    ['１００．５', 10_050],
    ['100。5', 10_050],
    ['1000000', MOST_FEN],
  ])('%s is %i fen', (text, fen) => {
    expect(readAmount(text)).toEqual({ fen })
  })

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['-5', 'zero'],
    ['1.005', 'decimals'],
    ['1.000', 'decimals'],
    ['1,000', 'notNumber'],
    ['1e3', 'notNumber'],
    ['十块', 'notNumber'],
    ['1.2.3', 'notNumber'],
    ['1000000.01', 'tooLarge'],
    ['99999999999999999999', 'tooLarge'],
  ])('%j is refused: %s', (text, problem) => {
    expect(readAmount(text)).toEqual({ problem })
  })

  it('reads back what it writes, to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MOST_FEN }), (fen) => {
        expect(readAmount(amountText(fen))).toEqual({ fen })
      }),
    )
  })

  it('takes a float of nothing, and no other zero', () => {
    expect(readFloat('0')).toEqual({ fen: 0 })
    expect(readFloat('0.00')).toEqual({ fen: 0 })
    expect(readFloat('-1')).toEqual({ problem: 'zero' })
    expect(readFloat('')).toEqual({ problem: 'empty' })
    expect(readFloat('200')).toEqual({ fen: 20_000 })
  })
})
