/** Names of the charger's world that both sides of the door use (spec §3.1, §3.2, §3.6). */

/** B-01: `BUC_` and the 12 characters of the chip. */
export const BT_NAME = /^BUC_[0-9A-Z]{12}$/

/** D-02 */
export const DEVICE_CODE = /^[0-9A-Za-z]{1,8}$/

/** D-17: a mainland mobile number. */
export const PHONE = /^1\d{10}$/

export const COMMANDS = ['QTIME', 'STA', 'LEDBLINK', 'STIME', 'POWERON', 'POWEROFF', 'POWEROFFALL'] as const
export type Command = (typeof COMMANDS)[number]

export const PORTS = [1, 2, 3, 4] as const
export type PortNumber = (typeof PORTS)[number]

/** The whole name of 16 characters; a chip id alone gets its `BUC_`, small letters become capitals (B-01). */
export function btNameOf(text: string): string | null {
  const wanted = text.trim().toUpperCase()
  const name = wanted.length === 12 ? `BUC_${wanted}` : wanted
  return BT_NAME.test(name) ? name : null
}

/** `1A2B3C4D5E6F` of `BUC_1A2B3C4D5E6F` */
export const chipIdOf = (btName: string): string => btName.slice(4)

/**
 * The device code in what a label's QR holds (D-02): the bare code, or an address with `deviceCode`, `code`, `scene`
 * or `q`, or whose last part is one.
 */
export function deviceCodeOf(text: string): string | null {
  const given = text.trim()
  if (DEVICE_CODE.test(given)) return given
  if (!URL.canParse(given)) return null
  const url = new URL(given)
  for (const key of ['deviceCode', 'code', 'scene', 'q']) {
    const value = url.searchParams.get(key)
    if (value !== null) return deviceCodeOf(value)
  }
  const last = url.pathname.split('/').at(-1) ?? ''
  return DEVICE_CODE.test(last) ? last : null
}

/** B-02: which characters of the chip id make the jam code; `one` counts positions from 1. */
export type JamParity = 'one' | 'zero'

/** The six characters at the even positions of the chip id (S3 L42): `ABCDEF` of `BUC_1A2B3C4D5E6F`. */
export function deriveJamCode(btName: string, parity: JamParity): string {
  const first = parity === 'one' ? 1 : 0
  return Array.from(chipIdOf(btName))
    .filter((_, i) => i % 2 === first)
    .join('')
}
