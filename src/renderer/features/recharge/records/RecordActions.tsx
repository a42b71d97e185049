import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationName } from '#shared/contract/index.ts'
import type { Role } from '#shared/contract/define.ts'
import { useMay, useSite } from '../../../app/site.tsx'
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
} as const satisfies Record<Doing, OperationName>

const SUPERVISED: ReadonlySet<Doing> = new Set(['resolve', 'decide', 'posted'])

/** What one does with a recharge: what the role or the state forbids is shown with its reason. */
export function RecordActions({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Doing | null>(null)
  const actions = useSaleActions(intent.id)
  const why = useWhyNot(intent)
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

function useWhyNot(intent: IntentDetail) {
  const { t } = useTranslation()
  const operator = useSite().hello.operator?.name ?? ''
  const supervisor = useMay('supervisor')
  const cashier = useMay('cashier', 'supervisor')
  const needs = (...roles: Role[]) =>
    t('common.disabled.role', { roles: roles.map((role) => t(`common.role.${role}`)).join(' · ') })
  const withheld = useSite().hello.operator?.withheld ?? []
  return (doing: Doing): string | null => {
    if (withheld.includes(OPERATION[doing])) return t('operators.permissions.withheld')
    if (SUPERVISED.has(doing) ? !supervisor : !cashier)
      return SUPERVISED.has(doing) ? needs('supervisor') : needs('cashier', 'supervisor')
    const why = whyNot(doing, intent, operator)
    return why ? t(`recharge.detail.why.${why}`) : null
  }
}
