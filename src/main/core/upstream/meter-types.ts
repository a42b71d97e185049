/** What IMR's codes and words mean (I-08 … I-11). */
const ELECTRICITY = [1, 3, 5, 7, 9, 11, 13, 15, 16, 18, 21, 26, 30, 42, 43, 46, 48]
const WATER = [
  2, 4, 6, 8, 10, 12, 14, 17, 19, 20, 22, 23, 24, 27, 28, 31, 32, 35, 36, 37, 38, 39, 40, 41, 44, 45, 47, 49,
]

export type MeterKind = 'electricity' | 'water' | 'unknown'

const KINDS: ReadonlyMap<string, MeterKind> = new Map([
  ...ELECTRICITY.map((code) => [String(code), 'electricity'] as const),
  ...WATER.map((code) => [String(code), 'water'] as const),
])

/** The union of documents 4.2 and 4.5; 25, 29, 33, 34 and everything above 49 are in neither (I-10). */
export const imrMeterKind = (code: string): MeterKind => KINDS.get(code.trim()) ?? 'unknown'

/** C-17: the campus system has two codes of its own. */
const campusMeterKind = (code: string): MeterKind => {
  const known = code.trim()
  return known === '25' ? 'electricity' : known === '20' ? 'water' : 'unknown'
}

/** What a type code means depends on whose it is (C-17). */
export const meterKindOf = (system: 'imr' | 'campus', code: string): MeterKind =>
  system === 'imr' ? imrMeterKind(code) : campusMeterKind(code)

export function onlineOf(raw: string): 'online' | 'offline' | 'unknown' {
  const word = raw.trim()
  if (word === '在线') return 'online'
  return word === '不在线' ? 'offline' : 'unknown'
}

const CLOSED: ReadonlySet<string> = new Set(['跳闸', '关阀', '关'])
const OPEN: ReadonlySet<string> = new Set(['合闸', '开阀', '开'])

/** `closed`: breaker tripped or valve shut, nothing flows (I-09). */
export function gateOf(raw: string): 'open' | 'closed' | 'unknown' {
  const word = raw.trim()
  if (CLOSED.has(word)) return 'closed'
  return OPEN.has(word) ? 'open' : 'unknown'
}
