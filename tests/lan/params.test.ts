import { describe, expect, it } from 'vitest'
import { Refusal } from '#core/charging/refusal.ts'
import type { FieldValue } from '#main/lan/endpoint.ts'
import {
  bankCode,
  integer,
  list,
  nameText,
  optionalInteger,
  optionalPaging,
  paging,
  span,
  spanIn,
  yuan,
} from '#main/lan/params.ts'
import { paymentResult, storedState } from '#main/lan/user/payment-result.ts'
import { HOUR } from '#shared/time.ts'

function read<T>(reader: (fields: Map<string, FieldValue>) => T, value: FieldValue): T | 'refused' {
  try {
    return reader(new Map([['x', value]]))
  } catch (error) {
    if (error instanceof Refusal && error.code === 3) return 'refused'
    throw error
  }
}

describe('money (§6.1)', () => {
  it.each([
    [0, 0],
    [2, 200],
    ['2.0', 200],
    [0.29, 29],
    [19.99, 1999],
    [8.2 * 3, 2460],
    [0.07 * 3, 21],
    [0.1 + 0.2, 30],
    [999.99, 99_999],
    [' 1.50 ', 150],
    [1.005, null],
    ['0.004', null],
    [2.9999, null],
    [-1, -100],
    [1e21, 'refused'],
    ['1e2', 'refused'],
    ['1,5', 'refused'],
    ['NaN', 'refused'],
    [true, 'refused'],
    ['', 'refused'],
    [null, 'refused'],
  ])('%j is %j fen', (value, fen) => {
    expect(read((fields) => yuan(fields, 'x'), value)).toBe(fen)
  })

  it('is exact however it was added up', () => {
    for (let price = 1; price <= 9999; price += 7)
      for (let unit = 1; unit <= 12; unit += 1)
        expect(read((fields) => yuan(fields, 'x'), (price / 100) * unit)).toBe(price * unit)
  })
})

describe('whole numbers', () => {
  it.each([
    [3, 3],
    ['3', 3],
    [' 3 ', 3],
    ['3.0', 3],
    [-0, 0],
    ['-2', -2],
    [1.5, 'refused'],
    ['1e3', 'refused'],
    ['0x10', 'refused'],
    [2 ** 53, 'refused'],
    [true, 'refused'],
    [null, 'refused'],
  ])('%j is %j', (value, number) => {
    expect(read((fields) => integer(fields, 'x'), value)).toBe(number)
    if (value === null) expect(read((fields) => optionalInteger(fields, 'x'), value)).toBeUndefined()
  })
})

it('names are text that a person could write', () => {
  expect(read((fields) => nameText(fields, 'x'), ' 阿卜杜拉·买买提 ')).toBe('阿卜杜拉·买买提')
  expect(read((fields) => nameText(fields, 'x'), 42)).toBe('42')
  expect(read((fields) => nameText(fields, 'x'), 'a\tb')).toBe('refused')
})

it('accounts lose their blanks (M-22)', () => {
  expect(read((fields) => bankCode(fields, 'x'), '6228 4800 0000 0001')).toBe('6228480000000001')
  expect(read((fields) => bankCode(fields, 'x'), 6_228_480_000_000_001)).toBe('6228480000000001')
})

it('lists name each once, a hundred at most (M-03)', () => {
  const codes = (n: number) => Array.from({ length: n }, (_, i) => `D${i}`)
  const devices = (fields: Map<string, FieldValue>) => list(fields, 'x', 'deviceCode')
  expect(read(devices, 'b,a，b; c')).toEqual(['b', 'a', 'c'])
  expect(read(devices, '["1", 2]')).toEqual(['1', '2'])
  expect(read(devices, codes(100).join())).toHaveLength(100)
  expect(read(devices, codes(101).join())).toBe('refused')
  expect(read(devices, [...codes(100), ...codes(100)].join())).toHaveLength(100)
})

it('pages hold a thousand rows at most (U-12)', () => {
  const asked = new Map<string, FieldValue>([
    ['startIndex', 5],
    ['pageSize', 5000],
  ])
  expect([paging(asked), optionalPaging(asked)]).toEqual([
    { offset: 5, limit: 1000 },
    { offset: 5, limit: 1000 },
  ])
  expect(optionalPaging(new Map())).toEqual({ offset: 0, limit: null })
})

it('spans are closed, in the zone of the site (U-11)', () => {
  const fields = new Map([
    ['startDate', '20260301'],
    ['endDate', '2026-03-01'],
  ])
  const from = Date.UTC(2026, 2, 1) - 8 * HOUR
  expect(spanIn(span(fields), 8 * HOUR)).toEqual({ from, to: from + 24 * HOUR })
  expect(spanIn(span(new Map()), 8 * HOUR)).toEqual({})
})

it('0 and 1 of the books are not those of an answer (U-27)', () => {
  expect([0, 1, 2].map((state) => paymentResult(storedState(state)))).toEqual([
    { result: 1, reason: '待支付', state: 0 },
    { result: 0, reason: '', state: 1 },
    { result: 1, reason: '支付失败', state: 2 },
  ])
})
