import { receiptTemplate, type ReceiptTemplate } from '#shared/contract/receipts.ts'
import type { CoreContext } from '../context.ts'

const KEY = 'receipt.template'

/** What stands on paper until somebody changes it; receipts are paper for Chinese offices. */
const standard = (siteName: string): ReceiptTemplate => ({
  title: '充值收据',
  organisation: siteName,
  phone: '',
  footer: '',
  showBalance: true,
  showQr: true,
  showOperator: true,
  paper: 'roll80',
  prefix: '',
  series: 'day',
})

/** The template in site.db, over the standard one for what an older version did not know. */
export function readTemplate({ store: { site }, ports }: CoreContext, siteName: string): ReceiptTemplate {
  const base = standard(siteName)
  const row = site.get(site.query.selectFrom('meta').select('value').where('key', '=', KEY))
  if (!row) return base
  const stored = receiptTemplate.safeParse({ ...base, ...(JSON.parse(row.value) as object) })
  if (stored.success) return stored.data
  ports.log.warn('the stored receipt template no longer fits; the standard one is used')
  return base
}

/** Only inside `site.write`. */
export function writeTemplate({ store: { site } }: CoreContext, template: ReceiptTemplate): void {
  const value = JSON.stringify(template)
  site.run(
    site.query
      .insertInto('meta')
      .values({ key: KEY, value })
      .onConflict((on) => on.column('key').doUpdateSet({ value })),
  )
}
