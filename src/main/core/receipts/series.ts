import type { ReceiptTemplate } from '#shared/contract/receipts.ts'
import { formatDay, type ZoneOffset } from '#shared/time.ts'
import type { SiteDatabase } from '../store/store.ts'

/** Digits of the running part; more are used when they are needed. */
const DAY_DIGITS = 4
const RUNNING_DIGITS = 6

const NEXT = `INSERT INTO number_series (name, last) VALUES (?, 1)
  ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last`
const TAKEN = 'SELECT 1 AS taken FROM receipt WHERE number = ?'

/**
 * The next number of a series, without gaps: only inside the transaction that stores the receipt, so that a receipt
 * that is not stored takes no number. One that another prefix has made already is passed over.
 */
export function nextNumber(
  site: SiteDatabase,
  { prefix, series }: Pick<ReceiptTemplate, 'prefix' | 'series'>,
  { at, zone }: { at: number; zone: ZoneOffset },
): string {
  const day = formatDay(at, zone).replaceAll('-', '')
  const name = series === 'day' ? `receipt:day:${prefix}:${day}` : `receipt:running:${prefix}`
  for (;;) {
    const last = site.statement<{ last: number }>(NEXT).get(name)?.last ?? 1
    const number =
      series === 'day'
        ? `${prefix}${day}-${String(last).padStart(DAY_DIGITS, '0')}`
        : `${prefix}${String(last).padStart(RUNNING_DIGITS, '0')}`
    if (!site.statement(TAKEN).get(number)) return number
  }
}
