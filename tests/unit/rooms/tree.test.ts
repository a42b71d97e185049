import { array, assert, constant, nat, option, property, shuffledSubarray, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialsOf } from '#core/rooms/pinyin.ts'
import { buildTree, pathOf, type Address, type Place } from '#core/rooms/tree.ts'

const node = (id: string, parentId: string | null, level = 102): Address => ({
  id,
  parentId,
  name: `n${id}`,
  level,
  active: true,
})
const shape = (places: readonly Place[]): unknown => places.map((one) => [one.id, shape(one.children)])
const five = [node('1', null, 101), node('2', '1', 101), node('3', '2'), node('4', '3'), node('5', '4', 103)]

describe('the address tree (C-11, C-12)', () => {
  it('is as deep as its parent links, whatever the levels say', () => {
    const { places } = buildTree(five)
    const room = places.get('5')
    expect(room && pathOf(room)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5'])
  })

  it('keeps what names a parent that is not there', () => {
    const { roots, unlinked } = buildTree([...five, node('7', 'gone'), node('8', '7')])
    expect([shape(roots), shape(unlinked)]).toEqual([
      [['1', [['2', [['3', [['4', [['5', []]]]]]]]]]],
      [['7', [['8', []]]]],
    ])
  })

  it('cuts a ring at one node and tells which, also a node that is its own parent', () => {
    const found = buildTree([node('c', 'b'), node('a', 'c'), node('b', 'a'), node('s', 's'), node('x', 'b')])
    expect(found.cycles).toEqual(['a', 's'])
    expect(shape(found.unlinked)).toEqual([
      [
        'a',
        [
          [
            'b',
            [
              ['c', []],
              ['x', []],
            ],
          ],
        ],
      ],
      ['s', []],
    ])
  })

  it('is the same for every order of the list, and holds every node once', () => {
    const lists = array(tuple(nat(12), option(nat(14))), { maxLength: 20 }).map((pairs) => [
      ...new Map(pairs.map(([id, up]) => [id, node(String(id), up === null ? null : String(up))])).values(),
    ])
    const orders = lists.chain((list) =>
      tuple(constant(list), shuffledSubarray(list, { minLength: list.length })),
    )
    assert(
      property(orders, ([list, other]) => {
        const [a, b] = [buildTree(list), buildTree(other)]
        expect(shape(b.roots)).toEqual(shape(a.roots))
        expect(shape(b.unlinked)).toEqual(shape(a.unlinked))
        const count = (places: readonly Place[]): number =>
          places.reduce((sum, one) => sum + 1 + count(one.children), 0)
        expect(count(a.roots) + count(a.unlinked)).toBe(list.length)
      }),
    )
  })

  it('puts 2栋 before 10栋', () => {
    const named = ['10栋', '2栋', '1栋'].map((name) => ({ ...node(name, null), name }))
    expect(buildTree(named).roots.map((one) => one.name)).toEqual(['1栋', '2栋', '10栋'])
  })
})

it.each([
  ['东-A102', 'da102'],
  ['阳光花园', 'yghy'],
  ['宿舍楼 3#', 'ssl3'],
  ['食堂', 'st'],
  ['图书馆', 'tsg'],
  ['知行', 'zx'],
  ['Ａ１', 'a1'],
])('pinyin initials of %s: %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
