import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { useFormat, useMay, useTick } from '../../../app/site.tsx'
import { Code, Facts, Time, type Fact } from '../../../ui/figures.tsx'
import { Reading } from '../../../ui/states.tsx'
import { Next } from '../desk/Waiting.tsx'
import type { IntentDetail } from '../desk/use-reason.ts'
import { ReceiptActions } from '../receipts/ReceiptActions.tsx'
import { StateOf } from './columns.tsx'
import { Events } from './Events.tsx'
import { RecordActions } from './RecordActions.tsx'

/** One recharge beside the list: facts, what can be done, what happened. */
export function RecordBody({ id }: { id: string }) {
  const { t } = useTranslation()
  const intent = useRead('recharge.get', { id }, { keepPrevious: false })
  return (
    <Reading read={intent}>
      {(data) => (
        <div className="sd-stack">
          <RecordFacts intent={data} />
          <Receipt intent={data} />
          <RefundPaper intent={data} />
          <RecordActions intent={data} />
          <section>
            <h3 className="rd-sub">{t('recharge.detail.history')}</h3>
            <Events intent={data} />
          </section>
        </div>
      )}
    </Reading>
  )
}

export function Receipt({ intent }: { intent: IntentDetail }) {
  const may = useMay('cashier', 'supervisor')
  if (intent.state !== 'APPLIED' || !may) return null
  return <ReceiptActions intentId={intent.id} printed={false} />
}

/** The paper of a refund, once somebody asked for one. */
export function RefundPaper({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  if (!intent.refund) return null
  return (
    <Link to={`/print/refund/${encodeURIComponent(intent.id)}`}>
      <Button>{t('recharge.detail.refundPaper')}</Button>
    </Link>
  )
}

export function RecordFacts({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  const facts: Fact[] = [
    {
      label: t('recharge.records.amount'),
      value: <strong className="sd-figure">{formatMoney(intent.amountFen)}</strong>,
    },
    { label: t('recharge.records.state'), value: <StateOf row={intent} /> },
    ...waiting(t('recharge.detail.next'), intent),
    { label: t('recharge.records.room'), value: intent.roomPath.join(' / ') },
    { label: t('recharge.tender.label'), value: t(`recharge.tender.${intent.tender}`) },
    { label: t('recharge.records.operator'), value: intent.operator },
    { label: t('recharge.records.at'), value: <Time at={intent.createdAt} /> },
    { label: t('recharge.records.endedAt'), value: <Time at={intent.endedAt} /> },
    { label: t('recharge.records.before'), value: formatMoney(intent.balanceBeforeFen) },
    { label: t('recharge.records.after'), value: formatMoney(intent.balanceAfterFen) },
    { label: t('recharge.records.orderNo'), value: <Code>{intent.outTradeNo}</Code> },
    { label: t('recharge.records.receiptNo'), value: <Code>{intent.receiptNo ?? ''}</Code> },
    ...refundFacts(t, intent.refund),
  ]
  return <Facts facts={facts} />
}

const waiting = (label: string, intent: IntentDetail): Fact[] =>
  intent.state === 'UNKNOWN' || intent.state === 'DISPUTED'
    ? [{ label, value: <WhatNext intent={intent} /> }]
    : []

function WhatNext({ intent }: { intent: IntentDetail }) {
  const { now } = useFormat()
  useTick(1000)
  return <Next intent={intent} now={now()} />
}

function refundFacts(t: TFunction, refund: IntentDetail['refund']): Fact[] {
  if (!refund) return []
  return [
    { label: t('recharge.records.refund'), value: t(`recharge.refundState.${refund.state}`) },
    { label: t('recharge.refundFacts.reason'), value: refund.reason },
    { label: t('recharge.refundFacts.by'), value: refund.requestedBy },
    ...(refund.decidedBy
      ? [
          { label: t('recharge.refundFacts.decidedBy'), value: refund.decidedBy },
          { label: t('recharge.refundFacts.decision'), value: refund.decisionReason },
        ]
      : []),
    ...(refund.postedNote ? [{ label: t('recharge.refundFacts.posted'), value: refund.postedNote }] : []),
  ]
}
