import { expect, it } from 'vitest'
import { compareNames } from '../../../src/renderer/features/rooms/order.ts'

it.each([
  [
    ['十二层', '三层', '一层', '二十层', '十层', '二层'],
    ['一层', '二层', '三层', '十层', '十二层', '二十层'],
  ],
  [
    ['10栋', '2栋', '1栋'],
    ['1栋', '2栋', '10栋'],
  ],
  [
    ['梅园十栋', '兰园2栋', '梅园2栋'],
    ['兰园2栋', '梅园2栋', '梅园十栋'],
  ],
  [
    ['梅1-1012', '梅1-102', '梅1-101'],
    ['梅1-101', '梅1-102', '梅1-1012'],
  ],
  [
    ['三好楼', '三楼', '二楼'],
    ['二楼', '三楼', '三好楼'],
  ],
])('%j stand as people count', (shuffled, ordered) => {
  expect(shuffled.toSorted(compareNames)).toEqual(ordered)
})
