import type { ReceiptTemplate } from '#shared/contract/receipts.ts'
import { receiptNumber } from '#shared/receipt-number.ts'
import { formatDay, type ZoneOffset } from '#shared/time.ts'
import type { SiteDatabase } from '../store/store.ts'

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
    const number = receiptNumber({ prefix, series }, { at, zone, n: last })
    if (!site.statement(TAKEN).get(number)) return number
  }
}
