import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../api/client.ts'
import { useMay, useSite } from '../../../app/site.tsx'
import { WithReason } from '../../../ui/states.tsx'
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
  const may = useMay('cashier', 'supervisor')
  const pdf = async () => {
    const receipt = await client.call('receipts.get', { intentId })
    await saveReceipt(receipt, { zone: site.zone, now: site.now(), choice: readPrintChoice() })
  }
  if (prints.of(intentId) !== null) return <PrintLine intentId={intentId} prints={prints} />
  return (
    <WithReason reason={may ? null : t('receipts.needsRole')}>
      <div className="sd-actions">
        <Button type={printed ? 'default' : 'primary'} disabled={!may} onClick={() => prints.print(intentId)}>
          {t(printed ? 'receipts.reprint' : 'receipts.print')}
        </Button>
        <Button
          disabled={!may}
          title={window.sitedesk?.print ? '' : t('recharge.print.pdfHint')}
          onClick={() => void pdf().catch(() => undefined)}
        >
          {t('recharge.print.pdf')}
        </Button>
      </div>
    </WithReason>
  )
}
