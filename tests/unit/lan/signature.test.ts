import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBody, type Body } from '#main/lan/request/body.ts'
import {
  decodeSignature,
  encodeDigest,
  md5,
  sign,
  signedText,
  readingsOf,
  verifySignature,
} from '#main/lan/request/signature.ts'

interface Vector {
  name: string
  order: 'sorted' | 'timestampLast'
  body: string
  hex: string
  base64Hex: string
  base64HexUpper: string
  base64Raw: string
}
/** Made by another implementation (Python's hashlib) with invented credentials; the cases are those of spec A.1. */
const { jam, vectors } = JSON.parse(
  readFileSync(new URL('../../fixtures/signature-vectors.json', import.meta.url), 'utf8'),
) as { jam: string; vectors: Vector[] }

function bodyOf(text: string, signature?: string): Body {
  const read = readBody('application/json', Buffer.from(text))
  if (typeof read === 'string') throw new Error(read)
  return signature === undefined
    ? read
    : { ...read, fields: new Map([...read.fields, ['signature', signature]]) }
}

const FORMS = ['hex', 'base64Hex', 'base64HexUpper', 'base64Raw'] as const

describe('signatures of the documents’ cases', () => {
  for (const vector of vectors)
    for (const form of FORMS)
      it(`${vector.name}, ${vector.order}, ${form}`, () => {
        const match = verifySignature(bodyOf(vector.body, vector[form]), jam, {})
        expect(match).not.toBeNull()
        const same = vectors.filter(({ hex }) => hex === vector.hex).map(({ order }) => order)
        expect(same).toContain(match?.reading.order)
      })

  it('with one order only, the other is refused where it differs (H-01)', () => {
    for (const vector of vectors) {
      const body = bodyOf(vector.body, vector.base64Hex)
      const twin = vectors.find((v) => v.body === vector.body && v.order !== vector.order)
      const other = vector.order === 'sorted' ? 'timestampLast' : 'sorted'
      expect(verifySignature(body, jam, { order: vector.order })).not.toBeNull()
      expect(verifySignature(body, jam, { order: other }) !== null).toBe(twin?.hex === vector.hex)
    }
  })

  it('with one encoding only, the others are refused (H-04)', () => {
    const [vector] = vectors as [Vector]
    const accepted = (encoding: 'hex' | 'raw') =>
      FORMS.filter((form) => verifySignature(bodyOf(vector.body, vector[form]), jam, { encoding }) !== null)
    expect(accepted('hex')).toEqual(['base64Hex'])
    expect(accepted('raw')).toEqual(['base64Raw'])
  })

  it('signs as it verifies first', () => {
    for (const vector of vectors)
      if (vector.order === 'sorted' && !vector.body.includes('0.50'))
        expect(sign(bodyOf(vector.body), jam)).toBe(vector.base64Hex)
  })
})

describe('what is signed', () => {
  const text = (json: string, i = 0) => {
    const body = bodyOf(json)
    const reading = readingsOf(body, {})[i]
    return reading && signedText(body, reading, '')
  }

  it('a number as JavaScript writes it, or as it was written (H-07)', () => {
    expect(text('{"money":2.0}')).toBe('money2')
    expect(text('{"money":2.0}', 1)).toBe('money2.0')
    expect(text('{"money":1e3}', 1)).toBe('money1e3')
    expect(text('{"money":2}', 1)).toBeUndefined()
  })

  it('absent and null not, empty with its name, or left out (H-06)', () => {
    expect(text('{"orderId":"","a":null,"b":"x"}')).toBe('bxorderId')
    expect(text('{"orderId":"","a":null,"b":"x"}', 1)).toBe('bx')
  })

  it('names by code unit: capitals first (H-02)', () => {
    expect(text('{"alpha":"1","Zeta":"2"}')).toBe('Zeta2alpha1')
  })

  it('of a name given twice the last, with its own text', () => {
    expect(text('{"a":1.0,"a":2.50}', 1)).toBe('a2.50')
  })
})

describe('the digest', () => {
  it('is read back from every form it is sent in, and from nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        const hex = md5(given)
        for (const encoding of ['hex', 'hexUpper', 'raw', 'bare'] as const)
          expect(decodeSignature(encodeDigest(hex, encoding))?.hex).toBe(hex)
      }),
    )
    for (const wrong of ['', 'x', '=', '0'.repeat(31), Buffer.from('z'.repeat(32)).toString('base64')])
      expect(decodeSignature(wrong)).toBeNull()
  })
})

describe('bodies', () => {
  const read = (type: string | undefined, text: string | Uint8Array) => readBody(type, Buffer.from(text))
  const fields = (type: string | undefined, text: string) => {
    const body = read(type, text)
    return typeof body === 'string' ? body : Object.fromEntries(body.fields)
  }

  it('JSON, a form, or bare with a brace (H-08)', () => {
    expect(fields('application/json; charset=utf-8', '{"user":"张三"}')).toEqual({ user: '张三' })
    expect(fields('application/x-www-form-urlencoded', 'user=%E5%BC%A0%E4%B8%89&unit=2')).toEqual({
      user: '张三',
      unit: '2',
    })
    expect(fields(undefined, ' {"a":1}')).toEqual({ a: 1 })
    expect(fields(undefined, '')).toEqual({})
  })

  it('a plus of base64 survives a form (H-10)', () => {
    expect(fields('application/x-www-form-urlencoded', 'signature=a+b/c%3D')).toEqual({ signature: 'a+b/c=' })
  })

  it.each([
    ['text/plain', '{}', 'contentType'],
    ['application/json', '{', 'notJson'],
    ['application/json', '[1]', 'notFlat'],
    ['application/json', '{"a":{}}', 'notFlat'],
    ['application/json', '{"a":[1]}', 'notFlat'],
    ['application/json', '"x"', 'notFlat'],
    [undefined, 'a=1', 'notJson'],
  ])('%s %s: %s', (type, text, problem) => {
    expect(read(type, text)).toBe(problem)
  })

  it('refuses what is not UTF-8 (H-09)', () => {
    expect(read('application/json', new Uint8Array([0x7b, 0xd5, 0xc5, 0x7d]))).toBe('notText')
  })

  it('a name like __proto__ is a parameter like any other', () => {
    expect(read('application/json', '{"__proto__":"x"}')).toMatchObject({
      fields: new Map([['__proto__', 'x']]),
    })
  })
})
