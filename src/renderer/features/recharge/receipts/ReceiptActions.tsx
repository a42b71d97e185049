import { useTranslation } from 'react-i18next'
import { useClient } from '../../../api/client.ts'
import { useSite } from '../../../app/site.tsx'
import { MayButton } from '../../../app/why-not.tsx'
import { PrintLine } from '../desk/PrintLine.tsx'
import { usePrints } from '../desk/use-prints.ts'
import { readPrintChoice } from '../remembered.ts'
import { saveReceipt } from './print.ts'

/** Print, print once more (marked 补打), or as a PDF. */
export function ReceiptActions({ intentId, printed }: { intentId: string; printed: boolean }) {
  const { t } = useTranslation()
  const prints = usePrints()
  const client = useClient()
  const site = useSite()
  const pdf = async () => {
    const receipt = await client.call('receipts.get', { intentId })
    await saveReceipt(receipt, { zone: site.zone, now: site.now(), choice: readPrintChoice() })
  }
  if (prints.of(intentId) !== null) return <PrintLine intentId={intentId} prints={prints} />
  return (
    <div className="sd-actions">
      <MayButton
        operation="receipts.printed"
        type={printed ? 'default' : 'primary'}
        onClick={() => prints.print(intentId)}
      >
        {t(printed ? 'receipts.reprint' : 'receipts.print')}
      </MayButton>
      <MayButton
        operation="receipts.get"
        title={window.sitedesk?.print ? '' : t('recharge.print.pdfHint')}
        onClick={() => void pdf().catch(() => undefined)}
      >
        {t('recharge.print.pdf')}
      </MayButton>
    </div>
  )
}
