import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offered } from '../../../app/access.ts'
import { useReasons } from '../../../app/why-not.tsx'
import { ErrorState, WithReason } from '../../../ui/states.tsx'
import type { IntentDetail } from '../desk/use-reason.ts'
import { useSaleActions } from '../desk/use-sale-actions.ts'
import { offered, whyNot, type Doing } from './may-do.ts'
import { ReasonForm } from './ReasonForm.tsx'

const OPERATION = {
  check: 'recharge.check',
  resend: 'recharge.resend',
  resolve: 'recharge.resolve',
  requestRefund: 'recharge.requestRefund',
  decide: 'recharge.decideRefund',
  posted: 'recharge.refundPosted',
} as const satisfies Record<Doing, Offered>

/** What one does with a recharge: what the role or the state forbids is shown with its reason. */
export function RecordActions({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Doing | null>(null)
  const actions = useSaleActions(intent.id)
  const why = useRefusals(intent)
  const done = () => setAsking(null)
  const run = (doing: Doing) => {
    if (doing === 'check') actions.check.mutate({ id: intent.id })
    else setAsking(doing)
  }
  const error = actions.check.error ?? actions.resend.error
  return (
    <section className="sd-stack">
      <div className="sd-actions">
        {offered(intent).map((doing) => (
          <WithReason key={doing} reason={why(doing)}>
            <Button
              disabled={why(doing) !== null}
              loading={doing === 'check' && actions.check.isPending}
              type={asking === doing ? 'primary' : 'default'}
              onClick={() => run(doing)}
            >
              {t(`recharge.detail.${doing}`)}
            </Button>
          </WithReason>
        ))}
      </div>
      {error ? <ErrorState error={error} /> : null}
      {asking ? <ReasonForm key={asking} doing={asking} {...{ intent, actions }} onDone={done} /> : null}
    </section>
  )
}

function useRefusals(intent: IntentDetail) {
  const { t } = useTranslation()
  const mayNot = useReasons()
  return (doing: Doing): string | null => {
    const why = whyNot(doing, intent)
    return mayNot(OPERATION[doing]) ?? (why ? t(`recharge.detail.why.${why}`) : null)
  }
}
