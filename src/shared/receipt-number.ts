import type { ReceiptTemplate } from './contract/receipts.ts'
import { formatDay, type ZoneOffset } from './time.ts'

/** Digits of the running part; more are used when they are needed. */
const DAY_DIGITS = 4
const RUNNING_DIGITS = 6

/** How the `n`-th number of a series stands on the paper, `at` epoch ms: `R20260301-0001`, or `R000001`. */
export function receiptNumber(
  { prefix, series }: Pick<ReceiptTemplate, 'prefix' | 'series'>,
  { at, zone, n }: { at: number; zone: ZoneOffset; n: number },
): string {
  if (series === 'running') return `${prefix}${String(n).padStart(RUNNING_DIGITS, '0')}`
  return `${prefix}${formatDay(at, zone).replaceAll('-', '')}-${String(n).padStart(DAY_DIGITS, '0')}`
}
