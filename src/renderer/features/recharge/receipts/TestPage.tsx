import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../api/client.ts'
import { useSite } from '../../../app/site.tsx'
import { readPrintChoice } from '../remembered.ts'
import { printReceipt, type PrintEnd } from './print.ts'
import { sampleReceipt } from './sample.ts'

/** Tries printer and paper of this computer with an invented receipt and a ruler; the core hears nothing of it. */
export function TestPage() {
  const { t } = useTranslation()
  const client = useClient()
  const { zone, now } = useSite()
  const [end, setEnd] = useState<PrintEnd | 'printing' | null>(null)
  const print = async () => {
    setEnd('printing')
    const at = now()
    try {
      const receipt = sampleReceipt(await client.call('receipts.template', {}), at, zone)
      setEnd(await printReceipt(receipt, { zone, now: at, choice: readPrintChoice(), sample: 'test' }))
    } catch {
      setEnd({ ok: false, reason: 'noReceipt' })
    }
  }
  return (
    <div className="rd-test-page">
      <Button size="small" disabled={end === 'printing'} onClick={() => void print()}>
        {t('recharge.print.testPage')}
      </Button>
      <span className="sd-quiet" role="status">
        {end === null || end === 'printing' ? '' : <EndText end={end} />}
      </span>
    </div>
  )
}

function EndText({ end }: { end: PrintEnd }) {
  const { t } = useTranslation()
  if (!end.ok) return t(`recharge.print.reason.${end.reason}`)
  return t(end.silent ? 'recharge.print.testPrinted' : 'recharge.print.handed')
}
