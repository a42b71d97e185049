import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../../api/queries.ts'
import { MayButton } from '../../../app/why-not.tsx'
import { Code, Money } from '../../../ui/figures.tsx'
import { ErrorState, Skeleton } from '../../../ui/states.tsx'
import { PrintLine } from './PrintLine.tsx'
import { endOf, type End } from '../states.ts'
import { Going, Unknown } from './Waiting.tsx'
import { lastReason, useReason, type IntentDetail } from './use-reason.ts'
import { useSaleActions } from './use-sale-actions.ts'
import type { Prints } from './use-prints.ts'

const ICONS: Readonly<Record<End, ReactNode>> = {
  going: <LoadingOutlined />,
  applied: <CheckCircleFilled />,
  failed: <CloseCircleFilled />,
  unknown: <ClockCircleFilled />,
}

/** The end of a sale. Three ends that cannot be confused: colour, icon, word and what to do all differ. */
export function SaleEnd(props: { intentId: string; prints: Prints; onDismiss: () => void }) {
  const { t } = useTranslation()
  const intent = useRead('recharge.get', { id: props.intentId }, { keepPrevious: false })
  if (!intent.data)
    return intent.error ? (
      <ErrorState error={intent.error} retry={() => void intent.refetch()} />
    ) : (
      <Skeleton />
    )
  const end = endOf(intent.data.state)
  return (
    <section
      className="rd-end"
      data-end={end}
      role="status"
      aria-live="assertive"
      data-state={intent.data.state}
    >
      <header>
        <span className="rd-end-icon" aria-hidden>
          {ICONS[end]}
        </span>
        <h2>{t(`recharge.end.${end}`)}</h2>
        <Money fen={intent.data.amountFen} large />
      </header>
      <p className="rd-path">{intent.data.roomPath.join(' / ')}</p>
      <Body intent={intent.data} end={end} prints={props.prints} />
      <footer className="rd-end-foot">
        <span className="sd-quiet">
          {t('recharge.end.orderNo')} <Code>{intent.data.outTradeNo}</Code>
        </span>
        <Link to={`/recharge/records/${intent.data.id}`}>{t('recharge.end.record')}</Link>
        {end === 'going' ? null : (
          <Button type="link" size="small" onClick={props.onDismiss}>
            {t('recharge.end.dismiss')} <kbd>Esc</kbd>
          </Button>
        )}
      </footer>
    </section>
  )
}

function Body({ intent, end, prints }: { intent: IntentDetail; end: End; prints: Prints }) {
  if (end === 'going') return <Going intent={intent} />
  if (end === 'applied') return <Applied intent={intent} prints={prints} />
  if (end === 'failed') return <Failed intent={intent} />
  return <Unknown intent={intent} />
}

function Applied({ intent, prints }: { intent: IntentDetail; prints: Prints }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('recharge.end.appliedText')}</p>
      <dl className="rd-change">
        <dt>{t('recharge.end.before')}</dt>
        <dd>
          <Money fen={intent.balanceBeforeFen} />
        </dd>
        <dt>{t('recharge.end.after')}</dt>
        <dd>
          {intent.balanceAfterFen === null ? (
            <span className="sd-quiet">{t('recharge.end.afterPending')}</span>
          ) : (
            <Money fen={intent.balanceAfterFen} />
          )}
        </dd>
      </dl>
      <PrintLine intentId={intent.id} prints={prints} />
    </>
  )
}

function Failed({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  const reason = useReason()(lastReason(intent))
  const { resend } = useSaleActions(intent.id)
  return (
    <>
      <p className="rd-loud">{t('recharge.end.failedText')}</p>
      <p>{t(intent.canResend ? 'recharge.end.failedTodo' : 'recharge.end.rejectedTodo')}</p>
      <p className="sd-quiet">{t('recharge.end.reason', { reason })}</p>
      {resend.error ? <ErrorState error={resend.error} brief /> : null}
      {intent.canResend ? (
        <div className="sd-actions">
          <MayButton
            operation="recharge.resend"
            loading={resend.isPending}
            onClick={() => resend.mutate({ id: intent.id })}
          >
            {t('recharge.end.resend')}
          </MayButton>
        </div>
      ) : null}
    </>
  )
}
