/**
 * The `flags` integer of a reading: how many decimals the vendor sent (bits 0–2), whether two different values
 * came for the instant (bit 3), whether the text has more than four decimals and stands in `reading_note` (bit 4).
 */
const DIGITS = 0b111
export const CONFLICT = 0b1000
export const PRECISE = 0b1_0000

export type ReadingFlag = 'conflict' | 'precise'

export const digitsOf = (flags: number) => flags & DIGITS

export const flagsOf = (value: { digits: number; exact: boolean }) =>
  value.digits | (value.exact ? 0 : PRECISE)

const NAMES: readonly (ReadingFlag[] | undefined)[] = [
  undefined,
  ['conflict'],
  ['precise'],
  ['conflict', 'precise'],
]

/** undefined for the many readings with nothing to say */
export const flagNames = (flags: number): ReadingFlag[] | undefined => NAMES[flags >> 3]
