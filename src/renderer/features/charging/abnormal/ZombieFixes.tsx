import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../../api/queries.ts'
import { useSite } from '../../../app/site.tsx'
import { MayButton } from '../../../app/why-not.tsx'
import { Time } from '../../../ui/figures.tsx'
import { CancelOrder, ConfirmPayment } from '../orders/OrderDecisions.tsx'
import { Refused } from '../Refused.tsx'
import { DecisionSheet } from '../Sheet.tsx'
import { proposalOf, type Fix, type Zombie } from './proposal.ts'
import { useRadioFix } from './use-radio-fix.ts'

/** The buttons that put one right; the proposed one is the loud one. */
export function ZombieFixes({ row, onFixed }: { row: Zombie; onFixed: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Fix | null>(null)
  const radio = useRadioFix(row, onFixed)
  const proposed = proposalOf(row, useSite().now())
  const close = () => setAsking(null)
  const start = (fix: Fix) => (fix === 'readPorts' ? radio.readPorts() : setAsking(fix))
  return (
    <div className="cg-fixes">
      <div className="sd-actions">
        {row.fixes.map((fix) => (
          <FixButton
            key={fix}
            fix={fix}
            proposed={fix === proposed}
            busy={fix === 'readPorts' && radio.read.isPending}
            onClick={() => start(fix)}
          />
        ))}
      </div>
      <Refused error={radio.read.error} />
      <DecisionSheet
        title={asking === 'powerOff' ? t('charging.abnormal.powerOffTitle', radio.about) : null}
        facts={[{ label: t('charging.abnormal.since'), value: <Time at={row.since} /> }]}
        text={t('charging.abnormal.powerOffText')}
        action={t('charging.abnormal.powerOffAction')}
        danger
        busy={radio.off.isPending}
        error={radio.off.error}
        onSure={() => radio.powerOff(close)}
        onClose={() => {
          radio.off.reset()
          close()
        }}
      />
      {row.orderId === null ? null : (
        <OrderFixes orderId={row.orderId} asking={asking} onClose={close} onDone={onFixed} />
      )}
    </div>
  )
}

const NEEDS = {
  readPorts: 'chargers.read',
  powerOff: 'chargers.command',
  confirmPayment: 'orders.confirmPayment',
  cancelOrder: 'orders.cancel',
} as const

function FixButton(props: { fix: Fix; proposed: boolean; busy: boolean; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <MayButton
      operation={NEEDS[props.fix]}
      type={props.proposed ? 'primary' : 'default'}
      loading={props.busy}
      onClick={props.onClick}
      {...(props.proposed ? { title: t('charging.abnormal.proposed') } : {})}
    >
      {t(`charging.abnormal.fixName.${props.fix}`)}
    </MayButton>
  )
}

/** The order is read when it is to be decided about: who, how much. */
function OrderFixes(props: { orderId: string; asking: Fix | null; onClose: () => void; onDone: () => void }) {
  const { asking, onClose, onDone } = props
  const wanted = asking === 'confirmPayment' || asking === 'cancelOrder'
  const { data } = useRead('orders.get', { orderId: props.orderId }, { enabled: wanted, keepPrevious: false })
  const order = data ?? null
  return (
    <>
      <ConfirmPayment order={asking === 'confirmPayment' ? order : null} onClose={onClose} onDone={onDone} />
      <CancelOrder order={asking === 'cancelOrder' ? order : null} onClose={onClose} onDone={onDone} />
    </>
  )
}
