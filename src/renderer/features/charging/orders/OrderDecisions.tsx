import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderRow } from '#shared/contract/orders.ts'
import { useRead, useWrite } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { useWhyNot } from '../../../app/why-not.tsx'
import { Money, Time } from '../../../ui/figures.tsx'
import { Notice, WithReason } from '../../../ui/states.tsx'
import { ChargerName } from '../Charger.tsx'
import { Person } from '../Phone.tsx'
import { DecisionSheet } from '../Sheet.tsx'
import { hoursOf, isOpen } from './tones.ts'

type Decided = Pick<
  OrderRow,
  | 'orderId'
  | 'state'
  | 'user'
  | 'userName'
  | 'alias'
  | 'deviceCode'
  | 'port'
  | 'moneyFen'
  | 'unit'
  | 'orderedAt'
>

/** The two ends that staff give to an order that was not settled. */
export function OrderDecisions({ order }: { order: Decided }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'confirm' | 'cancel' | null>(null)
  const noConfirm = useWhyNot('orders.confirmPayment')
  const noCancel = useWhyNot('orders.cancel')
  if (!isOpen(order)) return null
  const close = () => setAsking(null)
  return (
    <div className="sd-actions">
      <WithReason reason={noConfirm}>
        <Button type="primary" disabled={noConfirm !== null} onClick={() => setAsking('confirm')}>
          {t('charging.orders.confirm')}
        </Button>
      </WithReason>
      <WithReason reason={noCancel}>
        <Button disabled={noCancel !== null} onClick={() => setAsking('cancel')}>
          {t('charging.orders.cancel')}
        </Button>
      </WithReason>
      <ConfirmPayment order={asking === 'confirm' ? order : null} onClose={close} />
      <CancelOrder order={asking === 'cancel' ? order : null} onClose={close} />
    </div>
  )
}

interface SheetProps {
  /** null: closed */
  readonly order: Decided | null
  readonly onClose: () => void
  readonly onDone?: () => void
}

/**
 * What is to be taken in cash: the rest, where coins are held for a payment that was begun on a phone. null: not known
 * yet. The sum goes along with the decision: should another be owed by then, nothing is booked.
 */
function useOwed(order: Decided | null): number | null {
  const pending = order?.state === 'pending'
  const found = useRead(
    'orders.get',
    { orderId: order?.orderId ?? '' },
    { keepPrevious: false, enabled: pending },
  )
  if (!pending) return order?.moneyFen ?? null
  const begun = found.data?.payments.find(({ state }) => state === 'pending')
  return found.data === undefined ? null : (begun?.cashFen ?? found.data.moneyFen)
}

export function ConfirmPayment({ order, onClose, onDone }: SheetProps) {
  const { t } = useTranslation()
  const facts = useFacts(order)
  const owed = useOwed(order)
  const confirm = useWrite('orders.confirmPayment', {
    onSuccess: () => {
      onClose()
      onDone?.()
    },
  })
  const money = formatMoney(owed)
  const send = (more: { withoutProvider?: string }) => {
    if (order && owed !== null) confirm.mutate({ orderId: order.orderId, cashFen: owed, ...more })
  }
  return (
    <DecisionSheet
      title={order === null ? null : t('charging.orders.confirmTitle', { money })}
      facts={facts}
      above={order?.state === 'pending' ? <Notice>{t('charging.orders.confirmPending')}</Notice> : null}
      text={t('charging.orders.confirmText')}
      action={t('charging.orders.confirmAction', { money })}
      busy={confirm.isPending || (order !== null && owed === null)}
      error={confirm.error}
      onSure={() => send({})}
      onInsist={(why) => send({ withoutProvider: why })}
      onClose={() => {
        confirm.reset()
        onClose()
      }}
    />
  )
}

export function CancelOrder({ order, onClose, onDone }: SheetProps) {
  const { t } = useTranslation()
  const facts = useFacts(order)
  const cancel = useWrite('orders.cancel', {
    onSuccess: () => {
      onClose()
      onDone?.()
    },
  })
  return (
    <DecisionSheet
      title={order === null ? null : t('charging.orders.cancelTitle', { money: formatMoney(order.moneyFen) })}
      facts={facts}
      text={t('charging.orders.cancelText')}
      action={t('charging.orders.cancel')}
      danger
      reason={{
        label: t('charging.orders.reason'),
        hint: t('charging.orders.reasonHint'),
        needed: t('charging.orders.reasonNeeded'),
        least: 2,
      }}
      busy={cancel.isPending}
      error={cancel.error}
      onSure={(reason) => order && cancel.mutate({ orderId: order.orderId, reason })}
      onInsist={(why, reason) =>
        order && cancel.mutate({ orderId: order.orderId, reason, withoutProvider: why })
      }
      onClose={() => {
        cancel.reset()
        onClose()
      }}
    />
  )
}

function useFacts(order: Decided | null) {
  const { t } = useTranslation()
  if (order === null) return []
  return [
    { label: t('charging.user'), value: <Person name={order.userName} phone={order.user} whole="user" /> },
    {
      label: t('charging.charger'),
      value: <ChargerName alias={order.alias} deviceCode={order.deviceCode} port={order.port} />,
    },
    { label: t('charging.orders.orderedAt'), value: <Time at={order.orderedAt} /> },
    {
      label: t('charging.orders.unit'),
      value: t('charging.orders.unitHours', { n: hoursOf(order.unit) }),
    },
    { label: t('charging.orders.money'), value: <Money fen={order.moneyFen} /> },
  ]
}
