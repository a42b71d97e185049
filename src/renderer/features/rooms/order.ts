import type { RoomNode } from '#shared/contract/rooms.ts'

const DIGITS = '零一二三四五六七八九'
/** Only before what is counted: 三好楼 and 五道口 keep their names. */
const COUNTED = /[一二三四五六七八九十]{1,3}(?=[层楼栋座号单区])/g
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true })

function numberOf(text: string): string {
  const [tens = '', ones] = text.split('十')
  const digit = (sign: string, none: number) => (sign === '' ? none : DIGITS.indexOf(sign))
  return ones === undefined
    ? Array.from(tens, (sign) => DIGITS.indexOf(sign)).join('')
    : String(digit(tens, 1) * 10 + digit(ones, 0))
}

/** By name as people count: 二层 before 三层 before 十二层, 2栋 before 10栋. The platform promises no order (C-12). */
export const compareNames = (a: string, b: string): number =>
  collator.compare(a.replaceAll(COUNTED, numberOf), b.replaceAll(COUNTED, numberOf))

const sorted = new WeakMap<readonly RoomNode[], readonly RoomNode[]>()

/** Sorted once, and only where it is looked at: a site has tens of thousands of rooms. */
export function inOrder(nodes: readonly RoomNode[]): readonly RoomNode[] {
  const known = sorted.get(nodes)
  if (known) return known
  const made = nodes.toSorted((a, b) => compareNames(a.name, b.name))
  sorted.set(nodes, made)
  return made
}
