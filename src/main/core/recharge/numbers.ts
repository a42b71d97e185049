import { formatDateTime } from '#shared/time.ts'
import type { Random } from '../ports.ts'

const DIGITS = 8
/** Bytes from here on would make some digits likelier than others. */
const FAIR = 250

function digits(random: Random): string {
  let text = ''
  while (text.length < DIGITS)
    for (const byte of random.bytes(DIGITS))
      if (byte < FAIR && text.length < DIGITS) text += String(byte % 10)
  return text
}

/** 25 characters: the installation's prefix, the second in the zone, 8 random digits (C-23). */
export const outTradeNo = (prefix: string, now: number, zoneOffset: number, random: Random): string =>
  `${prefix}${formatDateTime(now, zoneOffset).replaceAll(/\D/g, '')}${digits(random)}`
