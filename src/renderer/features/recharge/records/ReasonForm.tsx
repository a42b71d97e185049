import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSite } from '../../../app/site.tsx'
import { givenOf, NO_SECOND, SecondPerson, secondOf, type Second } from '../../../ui/SecondPerson.tsx'
import { ErrorState, WithReason } from '../../../ui/states.tsx'
import type { IntentDetail } from '../desk/use-reason.ts'
import type { useSaleActions } from '../desk/use-sale-actions.ts'
import { secondFor, type Doing } from './may-do.ts'

interface Values {
  reason: string
  outcome?: 'applied' | 'not_applied'
  approve?: boolean
  second?: Second
}

interface ReasonFormProps {
  readonly doing: Doing
  readonly intent: IntentDetail
  readonly actions: ReturnType<typeof useSaleActions>
  readonly onDone: () => void
}

/** What a person writes down for ever: the outcome, a refund, its decision, its posting. */
export function ReasonForm({ doing, intent, actions, onDone }: ReasonFormProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const writes = [
    actions.resolve,
    actions.requestRefund,
    actions.decideRefund,
    actions.refundPosted,
    actions.resend,
  ]
  const error = writes.find((write) => write.error)?.error
  const [second, setSecond] = useState(NO_SECOND)
  const needed = secondFor(doing, intent, useSite().hello.operator?.name ?? '')
  const given = givenOf(second)
  const isReady = needed === 'must' ? given === 'whole' : given !== 'half'
  const submit = (values: Values) => {
    if (isReady) send(doing, intent.id, actions, { ...values, ...secondOf(second) }, onDone)
  }
  return (
    <Form<Values> form={form} layout="vertical" requiredMark={false} className="rd-reason" onFinish={submit}>
      <p className="sd-quiet">{t(HINTS[doing])}</p>
      {doing === 'resolve' ? <Outcome /> : null}
      {doing === 'decide' ? <Decision /> : null}
      {doing === 'resend' ? null : <Reason doing={doing} />}
      {needed === null ? null : (
        <SecondPerson text={t(`recharge.detail.second.${needed}`)} value={second} onChange={setSecond} />
      )}
      {error ? <ErrorState error={error} brief /> : null}
      <div className="sd-actions">
        <WithReason reason={isReady ? null : t('common.second.half')}>
          <Button
            type="primary"
            htmlType="submit"
            disabled={!isReady}
            loading={writes.some((write) => write.isPending)}
          >
            {t('recharge.detail.submit')}
          </Button>
        </WithReason>
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
      </div>
    </Form>
  )
}

const HINTS = {
  check: 'recharge.detail.check',
  resend: 'recharge.detail.resendHint',
  resolve: 'recharge.detail.resolveHint',
  requestRefund: 'recharge.detail.refundHint',
  decide: 'recharge.detail.refundHint',
  posted: 'recharge.detail.noteHint',
} as const

function send(
  doing: Doing,
  id: string,
  actions: ReasonFormProps['actions'],
  { reason, outcome, approve, second }: Values,
  onSuccess: () => void,
): void {
  const then = { onSuccess }
  const by = second ? { second } : {}
  if (doing === 'resolve' && outcome) actions.resolve.mutate({ id, outcome, reason }, then)
  else if (doing === 'requestRefund') actions.requestRefund.mutate({ id, reason, ...by }, then)
  else if (doing === 'decide')
    actions.decideRefund.mutate({ id, approve: approve === true, reason, ...by }, then)
  else if (doing === 'posted') actions.refundPosted.mutate({ id, note: reason }, then)
  else if (doing === 'resend') actions.resend.mutate({ id, confirmedDuplicate: true }, then)
}

function Outcome() {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="outcome"
      label={t('recharge.detail.outcome')}
      rules={[{ required: true, message: t('recharge.detail.outcome') }]}
    >
      <Radio.Group
        options={[
          { value: 'applied', label: t('recharge.detail.outcomeApplied') },
          { value: 'not_applied', label: t('recharge.detail.outcomeNotApplied') },
        ]}
      />
    </Form.Item>
  )
}

function Decision() {
  const { t } = useTranslation()
  return (
    <Form.Item name="approve" initialValue>
      <Radio.Group
        options={[
          { value: true, label: t('recharge.detail.approve') },
          { value: false, label: t('recharge.detail.refuse') },
        ]}
      />
    </Form.Item>
  )
}

function Reason({ doing }: { doing: Doing }) {
  const { t } = useTranslation()
  const least = doing === 'decide' ? 2 : 4
  const label = doing === 'decide' ? 'decision' : doing === 'posted' ? 'note' : 'reason'
  const message = t(doing === 'decide' ? 'recharge.detail.decisionNeeded' : 'recharge.detail.reasonNeeded')
  return (
    <Form.Item
      name="reason"
      label={t(`recharge.detail.${label}`)}
      rules={[
        { required: true, whitespace: true, message },
        { min: least, message },
      ]}
    >
      <Input.TextArea autoFocus maxLength={400} autoSize={{ minRows: 2, maxRows: 5 }} />
    </Form.Item>
  )
}
