/** A well mixed 32-bit hash of three integers: the demo site's only source of chance. */
export function hash(seed: number, a: number, b = 0): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(a + 0x7f4a7c15, 0xc2b2ae35)
  x ^= Math.imul(b + 0x165667b1, 0x27d4eb2f)
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

/** 0 ≤ x < 1 */
export const chance = (seed: number, a: number, b = 0): number => hash(seed, a, b) / 2 ** 32

export function pick<T>(list: readonly [T, ...T[]], number: number): T {
  return list[number % list.length] ?? list[0]
}
