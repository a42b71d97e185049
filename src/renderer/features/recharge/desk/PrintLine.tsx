import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { MayButton } from '../../../app/why-not.tsx'
import type { Prints } from './use-prints.ts'

/** How the receipt fares; it never changes how the sale fares. */
export function PrintLine({ intentId, prints }: { intentId: string; prints: Prints }) {
  const { t } = useTranslation()
  const state = prints.of(intentId)
  const again = (
    <MayButton operation="receipts.printed" size="small" onClick={() => prints.print(intentId)}>
      {t(state === null ? 'recharge.print.now' : 'recharge.print.again')} <kbd>F4</kbd>
    </MayButton>
  )
  if (state === null)
    return (
      <p className="rd-print">
        <span className="sd-quiet">{t('recharge.print.off')}</span> {again}
      </p>
    )
  return (
    <p className="rd-print" data-print={state.at}>
      <span>{t(`recharge.print.${state.at === 'failed' && state.waits ? 'failedWaits' : state.at}`)}</span>
      {state.at === 'failed' ? (
        <span className="sd-quiet">{t(`recharge.print.reason.${state.reason}`)}</span>
      ) : null}
      {state.at === 'printing' ? null : again}
      {state.at === 'handed' ? (
        <Button size="small" type="link" onClick={() => prints.notOut(intentId)}>
          {t('recharge.print.notOut')}
        </Button>
      ) : null}
    </p>
  )
}
