import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterDecision } from '#shared/contract/meter-decisions.ts'
import { useWrite } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { useMayDecide } from './use-may-decide.ts'

/** One decision: what, who, when, why, and taking it back. */
export function DecisionLine({ decision }: { decision: MeterDecision }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may, reason } = useMayDecide()
  const [asking, ask] = useState(false)
  const { withdrawnAt } = decision
  return (
    <article className="meter-decision" data-withdrawn={withdrawnAt === null ? undefined : ''}>
      <strong>{t(`meters.decide.kind.${decision.kind}`)}</strong>{' '}
      <span className="sd-figure">{format.full(decision.at)}</span>{' '}
      <span className="sd-figure">{valueOf(decision)}</span>
      <p className="sd-quiet">
        {t('meters.decide.by', {
          who: decision.by ?? '–',
          when: format.full(decision.createdAt),
          reason: decision.reason,
        })}{' '}
        · {t(`meters.decide.origin.${decision.origin}`)}
        {decision.original === null ? '' : ` · ${t('meters.explain.original', { value: decision.original })}`}
      </p>
      {withdrawnAt === null ? (
        <WithReason reason={reason}>
          <Button size="small" disabled={!may} onClick={() => ask(!asking)}>
            {t('meters.decide.withdraw')}
          </Button>
        </WithReason>
      ) : (
        <p className="sd-quiet">
          {t('meters.decide.withdrawn', {
            who: decision.withdrawnBy ?? '–',
            when: format.full(withdrawnAt),
            reason: decision.withdrawnReason ?? '',
          })}
        </p>
      )}
      {asking ? <Withdraw id={decision.id} onDone={() => ask(false)} /> : null}
    </article>
  )
}

function valueOf(one: MeterDecision): string {
  if (one.kind === 'rollover') return `10^${one.registerDigits ?? ''}`
  if (one.kind === 'exchange') return `${one.oldLast ?? ''} → ${one.newFirst ?? ''}`
  return one.value ?? ''
}

function Withdraw({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const write = useWrite('meters.withdrawDecision', { onSuccess: onDone })
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim()) write.mutate({ decisionId: id, reason: reason.trim() })
      }}
    >
      <Input
        aria-label={t('meters.decide.reason')}
        placeholder={t('meters.decide.reason')}
        value={reason}
        maxLength={200}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
      {write.error ? <ErrorState error={write.error} brief /> : null}
      <Button htmlType="submit" loading={write.isPending} disabled={!reason.trim()}>
        {t('meters.decide.withdrawNow')}
      </Button>
    </form>
  )
}
