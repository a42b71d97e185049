import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAnswer, integerOf, rowsOf } from '#core/upstream/decode.ts'
import { repairTrailingCommas, repeatsKeyDifferently } from '#core/upstream/json-text.ts'

const answer = (body: string | Uint8Array, type = 'application/json') => ({
  status: 200,
  headers: { 'content-type': type },
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
})
const lenient = { lenient: true }
const strict = { lenient: false }

describe('the envelope', () => {
  it.each([
    ['{"code":200}', 200],
    ['{"code":"200"}', 200],
    ['{"code":" 1007 "}', 1007],
    ['{"code":"abc"}', null],
    ['{"code":200.5}', null],
    ['{"code":""}', null],
    ['{"code":null}', null],
    ['{"code":true}', null],
    ['{}', null],
  ])('%s has code %s (C-08)', (body, code) => {
    expect(decodeAnswer(answer(body), strict)).toMatchObject({ kind: 'envelope', envelope: { code } })
  })

  it.each([
    ['', 'malformed'],
    ['   ', 'malformed'],
    ['null', 'malformed'],
    ['"text"', 'malformed'],
    ['[{"code":200}]', 'malformed'],
    ['{"code":200', 'malformed'],
    ['Warning: x {"code":200}', 'malformed'],
    ['{"code":200}{"code":200}', 'malformed'],
    [' <html></html>', 'html'],
    ['<?xml version="1.0"?>', 'html'],
  ])('%j is %s', (body, kind) => {
    expect(decodeAnswer(answer(body), lenient).kind).toBe(kind)
  })

  it('forgives trailing commas only where it may (I-03)', () => {
    const body = '{"code":200,"data":[1,2,],}'
    expect(decodeAnswer(answer(body), strict).kind).toBe('malformed')
    expect(decodeAnswer(answer(body), lenient)).toMatchObject({
      envelope: { fields: { data: [1, 2] }, warnings: ['trailingComma'] },
    })
  })

  it('bytes that are not in its encoding: a warning for reading, no success for changing', () => {
    const body = new Uint8Array([...new TextEncoder().encode('{"code":200,"msg":"'), 0xff, 0x22, 0x7d])
    expect(decodeAnswer(answer(body), lenient)).toMatchObject({ envelope: { warnings: ['badCharacters'] } })
    expect(decodeAnswer(answer(body), strict).kind).toBe('malformed')
  })

  it('repairs nothing in what is right, and only commas in what is not', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(repairTrailingCommas(json)).toBe(json)
        expect(repairTrailingCommas(`[${json} , ]`)).toBe(`[${json}  ]`)
      }),
    )
  })

  it('any prefix of an answer is no answer', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const whole = `{"code":200,"data":${json}}`
        const cut = whole.slice(0, at % whole.length)
        expect(decodeAnswer(answer(cut), lenient).kind).not.toBe('envelope')
      }),
    )
  })
})

describe('keys that come twice (I-05)', () => {
  it.each([
    ['{"a":1,"a":1}', false],
    ['{"a":1,"a":2}', true],
    ['{"a":"x","b":{"a":"y"},"c":[{"a":"z"}]}', false],
    ['{"b":{"a":"y"},"a":"x","a":"z"}', true],
    [String.raw`{"x":"\"a\":1","a":2}`, false],
    ['[{"a":1},{"a":2}]', false],
    ['{"a":null,"a":true}', true],
  ])('%s: %s', (text, expected) => {
    expect(repeatsKeyDifferently(text, 'a')).toBe(expected)
  })
})

describe('rows of a list (I-12)', () => {
  it.each([
    [
      [1, 2],
      [1, 2],
    ],
    [{ a: 1 }, [{ a: 1 }]],
    [{ 2: 'c', 0: 'a', 1: 'b' }, ['a', 'b', 'c']],
    [null, []],
    [undefined, []],
    ['', []],
    [{}, []],
    ['x', null],
    [7, null],
    [false, null],
  ])('%j → %j', (data, rows) => {
    expect(rowsOf(data)).toEqual(rows)
  })

  it('totals are hints: numbers, texts, or none (F-20)', () => {
    expect([integerOf('52'), integerOf(52), integerOf('x'), integerOf(1.5), integerOf('')]).toEqual([
      52,
      52,
      null,
      null,
      null,
    ])
  })
})
