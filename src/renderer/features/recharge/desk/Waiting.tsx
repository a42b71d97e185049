import { useTranslation } from 'react-i18next'
import { useFormat, useTick } from '../../../app/site.tsx'
import { MayButton } from '../../../app/why-not.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import { elapsed, untilCheck } from './clock-text.ts'
import { lastReason, useReason, type IntentDetail } from './use-reason.ts'
import { useSaleActions } from './use-sale-actions.ts'

/** From then on the cashier is told not to wait. */
const LONG_MS = 8000

export function Going({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  const { now } = useFormat()
  useTick(1000)
  const waited = now() - intent.createdAt
  return (
    <>
      <p>{t(waited > LONG_MS ? 'recharge.end.goingLong' : 'recharge.end.goingText')}</p>
      <p className="sd-quiet sd-figure">{t('recharge.end.since', { time: elapsed(waited) })}</p>
    </>
  )
}

/** Amber: not certain, what happens next and when. */
export function Unknown({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  const { now } = useFormat()
  const reason = useReason()(lastReason(intent))
  const { check } = useSaleActions(intent.id)
  useTick(1000)
  return (
    <>
      <p className="rd-loud">{t('recharge.end.unknownText')}</p>
      <p aria-live="off">
        <Next intent={intent} now={now()} />{' '}
        <span className="sd-quiet sd-figure">
          {t('recharge.end.since', { time: elapsed(now() - intent.createdAt) })}
        </span>
      </p>
      <p className="sd-quiet">{t('recharge.end.reason', { reason })}</p>
      {check.error ? <ErrorState error={check.error} brief /> : null}
      <div className="sd-actions">
        <MayButton
          operation="recharge.check"
          loading={check.isPending}
          onClick={() => check.mutate({ id: intent.id })}
        >
          {t('recharge.end.check')}
        </MayButton>
      </div>
    </>
  )
}

/** What happens next, and when. */
export function Next({ intent, now }: { intent: Pick<IntentDetail, 'state' | 'nextCheckAt'>; now: number }) {
  const { t } = useTranslation()
  if (intent.state === 'DISPUTED') return t('recharge.end.disputed')
  const next = untilCheck(intent.nextCheckAt, now)
  if (next === null) return t('recharge.end.unknownPerson')
  if (next.unit === 'now') return t('recharge.end.unknownNow')
  const when = next.unit === 'seconds' ? 'recharge.end.inSeconds' : 'recharge.end.inMinutes'
  return t('recharge.end.unknownNext', { when: t(when, { n: next.n }) })
}
