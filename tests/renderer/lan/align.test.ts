import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align, lines, type Piece } from '../../../src/renderer/features/lan/align.ts'

const short = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => `${{ same: '', first: '-', second: '+' }[kind]}${text}`)

describe('two texts side by side', () => {
  it('differ by their separators', () => {
    expect(short(align('ab●', 'a=b&●', []))).toEqual(['a', '+=', 'b', '+&', '●'])
  })

  it('keep a name and a value whole where they moved', () => {
    const words = ['user', 'userName', '张三']
    // the longer one stays where it is, the shorter one has moved
    expect(short(align('user1userName张三●', 'userName张三user1●', words))).toEqual([
      '-user1',
      'userName张三',
      '+user1',
      '●',
    ])
  })

  it('tell what is missing first, then what is there instead', () => {
    expect(short(align('aXb', 'aYb', []))).toEqual(['a', '-X', '+Y', 'b'])
  })

  it('give both texts back, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '=', '&', '张', '😀'), maxLength: 40 })
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 4 }), (a, b, words) => {
        const pieces = align(a, b, words)
        const of = (other: Piece['kind']) =>
          pieces
            .filter(({ kind }) => kind !== other)
            .map((piece) => piece.text)
            .join('')
        expect(of('second')).toBe(a)
        expect(of('first')).toBe(b)
      }),
    )
  })

  it('are compared from both ends only when they are long', () => {
    const [a, b] = ['ab'.repeat(750), 'ba'.repeat(750)]
    const table = short(align(a, b, []))
    expect(table).toEqual(['-a', a.slice(1), '+a'])
    const longer = short(align(`<${a}ab>`, `<${b}ba>`, []))
    expect(longer).toEqual(['<', `-${a}ab`, `+${b}ba`, '>'])
  })
})

describe('lines', () => {
  const drawn = (pieces: readonly Piece[], columns: number) =>
    lines(pieces, columns).map((cells) => [
      cells.map(({ first }) => first || '·').join(''),
      cells.map(({ second }) => second || '·').join(''),
    ])

  it('lay what is instead of something under it', () => {
    expect(drawn(align('aXXb', 'aYb', []), 80)).toEqual([['aXXb', 'aY·b']])
  })

  it('break at the same place in both, wide letters as two columns', () => {
    expect(drawn([{ kind: 'same', text: '张三ab' }], 5)).toEqual([
      ['张三a', '张三a'],
      ['b', 'b'],
    ])
    expect(drawn(align('abc', 'a=bc', []), 3)).toEqual([
      ['a·b', 'a=b'],
      ['c', 'c'],
    ])
  })
})
