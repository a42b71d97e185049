import { createHash } from 'node:crypto'
import { HOUR, toCalendar } from '#shared/time.ts'

/** What the document leaves open and firmwares may differ in (B-07): eight kinds. */
export interface FirmwareVariant {
  /** B-02: the even positions of the chip id, counted from one or from zero */
  readonly jamParity: 'one' | 'zero'
  /** B-05 */
  readonly sigCase: 'lower' | 'upper'
  /** B-06: UNIX seconds or YYMMDDHHMMSS */
  readonly tsFormat: 'unix' | 'ymd12'
}

/** As the desk supposes until it knows better. */
export const PLAIN: FirmwareVariant = { jamParity: 'one', sigCase: 'lower', tsFormat: 'unix' }

const kinds = (tsFormat: 'unix' | 'ymd12', sigCase: 'lower' | 'upper') =>
  [
    { jamParity: 'one', sigCase, tsFormat },
    { jamParity: 'zero', sigCase, tsFormat },
  ] as const

export const VARIANTS: readonly [FirmwareVariant, ...FirmwareVariant[]] = [
  ...kinds('unix', 'lower'),
  ...kinds('unix', 'upper'),
  ...kinds('ymd12', 'lower'),
  ...kinds('ymd12', 'upper'),
]

/** `1A2B3C4D5E6F` → `ABCDEF`, counted from zero `123456` (B-02) */
export function jamCodeOfChip(chipId: string, parity: FirmwareVariant['jamParity']): string {
  const kept = parity === 'one' ? 1 : 0
  return Array.from(chipId)
    .filter((_, index) => index % 2 === kept)
    .join('')
}

/**
 * The signature this firmware expects over the text between `@` and the last bar (B-04). MD5 is Node's own, so that the
 * charger and the desk, which has another one, check each other.
 */
export function signatureOf(signed: readonly string[], jamCode: string, sigCase: 'lower' | 'upper'): string {
  const hex = createHash('md5')
    .update(signed.join('') + jamCode, 'latin1')
    .digest('hex')
  return sigCase === 'upper' ? hex.toUpperCase() : hex
}

/** The charger lives in China whatever the zone of the desk (B-21). */
export const CHARGER_ZONE = 8 * HOUR

/** `YYMMDDHHMMSS` */
export function clockText(at: number): string {
  const c = toCalendar(at, CHARGER_ZONE)
  return [c.year % 100, c.month, c.day, c.hour, c.minute, c.second]
    .map((part) => String(part).padStart(2, '0'))
    .join('')
}
