import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexRooms } from '#core/rooms/search.ts'
import { buildTree, type Address } from '#core/rooms/tree.ts'

const node = (id: string, parentId: string | null, name: string, level: number, active = true): Address => ({
  id,
  parentId,
  name,
  level,
  active,
})
const SITE = [
  node('a', null, '东庄', 101),
  node('b', 'a', 'A栋', 102),
  node('r1', 'b', 'A102', 103),
  node('r2', 'b', 'A1021', 103),
  node('c', null, '西区', 101),
  node('r3', 'c', '东-A102', 103),
  node('r4', 'c', 'X102A', 103),
  node('A102', null, 'A102', 102),
  node('r5', 'c', 'A102', 103, false),
]

function find(query: string, site: readonly Address[] = SITE): string[] {
  const numbers: Record<string, string[]> = { r4: ['000231231239'] }
  const steps = indexRooms([...buildTree(site).places.values()], (id) => numbers[id] ?? [])
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value.find(query).map((place) => place.id)
  }
}

describe('search for rooms', () => {
  it('whole names first, then beginnings, then the rest; rooms before other levels, used before not used', () => {
    expect(find('a102')).toEqual(['r1', 'A102', 'r5', 'r2', 'r3'])
  })

  it('what holds a word as it is stands before what it may be short for', () => {
    expect(find('东a102')).toEqual(['r3', 'r1', 'r2'])
  })

  it.each([
    ['东a102', ['r3', 'r1', 'r2']],
    ['东庄A102', ['r1', 'r2']],
    ['dza102', ['r1', 'r2']],
    ['da102', ['r1', 'r2', 'r3']],
    ['东-A102', ['r1', 'r2', 'r3']],
    ['东庄A栋A102', ['r1', 'r2']],
    ['dzadA1021', ['r2']],
    ['西 102', ['r3', 'r4', 'r5']],
    ['231231', ['r4']],
    ['r4', ['r4']],
    ['xq', ['r3', 'r4', 'c', 'r5']],
    ['nothing', []],
    ['  ', []],
  ])('%j finds %j', (query, ids) => {
    expect(find(query).toSorted()).toEqual(ids.toSorted())
  })

  it('lists the rooms of a building together, however the platform mixed them', () => {
    const mixed = [
      node('a', null, '一栋', 102),
      node('b', null, '二栋', 102),
      ...[1, 2, 3].flatMap((n) => ['a', 'b'].map((parent) => node(`${parent}${n}`, parent, `10${n}`, 103))),
    ]
    expect(find('10', mixed)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
    expect(find('栋', mixed)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'a', 'b'])
  })

  it('by several words finds what each of them finds, in whatever order, numbers and names', () => {
    const word = fc.constantFrom('东', 'a', '1', '10', '102', 'n1', '2', '栋', 'dz', '9')
    const place = fc.record({
      above: fc.constantFrom('东庄', 'A栋', '西区'),
      name: fc.constantFrom('A102', '101', '9'),
    })
    const rooms = fc.array(place, { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(rooms, word, word, (made, one, other) => {
        const site = [
          ...['东庄', 'A栋', '西区'].map((name) => node(name, null, name, 102)),
          ...made.map(({ above, name }, i) => node(`n${i}`, above, name, 103)),
        ]
        const each = (query: string) => new Set(find(`${query} ${query}`, site))
        const both = [...each(one)].filter((id) => each(other).has(id)).toSorted()
        expect(find(`${one} ${other}`, site).toSorted()).toEqual(both)
        expect(find(`${other} ${one}`, site).toSorted()).toEqual(both)
      }),
    )
  })

  it('finds more rooms under one node than a call takes arguments', () => {
    const many = Array.from({ length: 150_000 }, (_, i) => node(`n${i}`, 'a', `${i}`, 103))
    expect(find('楼', [node('a', null, '楼', 102), ...many])).toHaveLength(150_001)
  })
})
