import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterDecision } from '#shared/contract/meter-decisions.ts'
import { useWrite } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { useWhyNot } from '../../app/why-not.tsx'
import { Facts, Figure, State } from '../../ui/figures.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { valueOf } from './decision-columns.tsx'
import { TextField } from '../../ui/TextField.tsx'

/** One decision: what, who, when, why, and taking it back. */
export function DecisionLine({ decision }: { decision: MeterDecision }) {
  const { t } = useTranslation()
  const format = useFormat()
  const reason = useWhyNot('meters.withdrawDecision')
  const [form, setForm] = useState<'untouched' | 'open' | 'left'>('untouched')
  const { withdrawnAt, kind, original } = decision
  const facts = [
    { label: t('meters.decision.at'), value: <span className="sd-figure">{format.full(decision.at)}</span> },
    { label: t('meters.decision.value'), value: valueOf(t, decision) },
    ...(original === null
      ? []
      : [{ label: t('meters.decision.original'), value: <Figure value={original} /> }]),
    { label: t('meters.decide.reason'), value: decision.reason },
    {
      label: t('meters.decision.by'),
      value: `${decision.by ?? t('meters.decision.nobody')} · ${format.full(decision.createdAt)}`,
    },
    { label: t('meters.decision.origin'), value: t(`meters.decide.origin.${decision.origin}`) },
  ]
  return (
    <article className="sd-stack meter-decision">
      <State tone={withdrawnAt === null ? 'good' : 'neutral'}>
        <strong>
          {t(`meters.decision.kind.${kind}`)}
          {withdrawnAt === null ? '' : ` · ${t('meters.decision.state.withdrawn')}`}
        </strong>
      </State>
      <Facts facts={facts} />
      {withdrawnAt === null ? (
        form === 'open' ? (
          <Withdraw id={decision.id} onCancel={() => setForm('left')} onDone={() => setForm('untouched')} />
        ) : (
          <WithReason reason={reason}>
            <Button disabled={reason !== null} autoFocus={form === 'left'} onClick={() => setForm('open')}>
              {t('meters.decide.withdraw')}
            </Button>
          </WithReason>
        )
      ) : (
        <p className="sd-quiet">
          {t('meters.decide.withdrawn', {
            who: decision.withdrawnBy ?? t('meters.decision.nobody'),
            when: format.full(withdrawnAt),
            reason: decision.withdrawnReason ?? '',
          })}
        </p>
      )}
    </article>
  )
}

function Withdraw(props: { id: string; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const write = useWrite('meters.withdrawDecision', {
    onSuccess: () => {
      void message.info(t('meters.decide.takenBack'))
      props.onDone()
    },
  })
  const said = reason.trim()
  return (
    <form
      className="sd-stack"
      aria-label={t('meters.decide.withdraw')}
      onSubmit={(event) => {
        event.preventDefault()
        if (said) write.mutate({ decisionId: props.id, reason: said })
      }}
    >
      <p className="sd-quiet">{t('meters.decide.withdrawHint')}</p>
      <TextField
        max={500}
        first
        label={t('meters.decide.withdrawReason')}
        value={reason}
        onChange={setReason}
      />
      {write.error ? <ErrorState error={write.error} brief /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={props.onCancel}>{t('common.action.cancel')}</Button>
        <WithReason reason={said ? null : t('meters.decide.reasonNeeded')}>
          <Button type="primary" htmlType="submit" loading={write.isPending} disabled={!said}>
            {t('meters.decide.withdrawNow')}
          </Button>
        </WithReason>
      </div>
    </form>
  )
}
