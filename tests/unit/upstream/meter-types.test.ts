import { describe, expect, it } from 'vitest'
import { gateOf, imrMeterKind, onlineOf } from '#core/upstream/index.ts'

/** Documents 4.2 and 4.5 as strings of digits, written down a second time on purpose (I-10). */
const electricity = new Set('1 3 5 7 9 11 13 15 16 18 21 26 30 42 43 46 48'.split(' '))
const water = new Set(
  '2 4 6 8 10 12 14 17 19 20 22 23 24 27 28 31 32 35 36 37 38 39 40 41 44 45 47 49'.split(' '),
)

describe('IMR codes and words (I-08 … I-11)', () => {
  it('knows the union of both lists and nothing else, 1 to 60', () => {
    for (let n = 1; n <= 60; n++) {
      const code = String(n)
      const expected = electricity.has(code) ? 'electricity' : water.has(code) ? 'water' : 'unknown'
      expect([code, imrMeterKind(code)]).toEqual([code, expected])
    }
  })

  it('25 is electricity elsewhere, unknown here; 20 is water (C-17)', () => {
    expect([imrMeterKind('25'), imrMeterKind('20'), imrMeterKind(''), imrMeterKind('x')]).toEqual([
      'unknown',
      'water',
      'unknown',
      'unknown',
    ])
  })

  it.each([
    ['在线', 'online'],
    ['不在线', 'offline'],
    ['离线', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s (I-08)', (raw, state) => {
    expect(onlineOf(raw)).toBe(state)
  })

  it.each([
    ['跳闸', 'closed'],
    ['关阀', 'closed'],
    ['关', 'closed'],
    ['合闸', 'open'],
    ['开阀', 'open'],
    ['开', 'open'],
    ['故障', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s (I-09)', (raw, state) => {
    expect(gateOf(raw)).toBe(state)
  })
})
