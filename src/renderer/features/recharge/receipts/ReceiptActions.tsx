import { useTranslation } from 'react-i18next'
import { MayButton } from '../../../app/why-not.tsx'
import { PrintLine } from '../desk/PrintLine.tsx'
import { usePrints } from '../desk/use-prints.ts'

/** Print, print once more (marked 补打), or as a PDF. */
export function ReceiptActions({ intentId, printed }: { intentId: string; printed: boolean }) {
  const { t } = useTranslation()
  const prints = usePrints()
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
        operation="receipts.printed"
        title={window.sitedesk?.print ? '' : t('recharge.print.pdfHint')}
        onClick={() => prints.save(intentId)}
      >
        {t('recharge.print.pdf')}
      </MayButton>
    </div>
  )
}
