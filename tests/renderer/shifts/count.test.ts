import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import {
  countedOf,
  KINDS,
  readPieces,
  totalOf,
  type Pieces,
} from '../../../src/renderer/features/shifts/count.ts'
import { differenceIn } from '../../../src/renderer/features/shifts/figures.ts'

const pieces = fc.record(
  Object.fromEntries(KINDS.map((kind) => [kind, fc.integer({ min: 0, max: 100_000 }).map(String)])),
  { requiredKeys: [] },
) as fc.Arbitrary<Pieces>

describe('a count by denomination', () => {
  it('adds up exactly in fen, and hands in the same pieces', () => {
    fc.assert(
      fc.property(pieces, (typed) => {
        const counted = countedOf(typed)
        const total = Object.entries(counted).reduce((sum, [kind, n]) => sum + BigInt(kind) * BigInt(n), 0n)
        expect(BigInt(totalOf(typed))).toBe(total)
        expect(Object.values(counted).every((n) => n > 0)).toBe(true)
      }),
    )
  })

  it.each([
    ['', ''],
    ['12', '12'],
    ['１２', '12'],
    [' 7 ', '7'],
    ['100000', '100000'],
    ['100001', null],
    ['-1', null],
    ['1.5', null],
    ['十', null],
  ])('reads %j as %j', (text, read) => {
    expect(readPieces(text)).toBe(read)
  })
})

describe('a refused close', () => {
  const data = { expectedFen: 10_000, countedFen: 9500, differenceFen: -500 }

  it('carries the figures of the count', () => {
    expect(differenceIn(new SitedeskError('NOT_ALLOWED_NOW', 'a difference', data))).toEqual(data)
  })

  it('is no difference where figures lack or the code is another', () => {
    expect(differenceIn(new SitedeskError('NOT_ALLOWED_NOW', 'closed', {}))).toBeNull()
    expect(differenceIn(new SitedeskError('SHIFT_NOT_OPEN', 'closed', data))).toBeNull()
    expect(differenceIn(new Error('lost'))).toBeNull()
  })
})
