import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWrite } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { useWhyNot } from '../../../app/why-not.tsx'
import { Code, Facts, Figure, Money, State, Time } from '../../../ui/figures.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { userPath } from '../paths.ts'
import { Person } from '../Phone.tsx'
import { DecisionSheet } from '../Sheet.tsx'
import { chargeTone, type Charge } from './charge-columns.tsx'

export const chargeBody = (row: Charge) => <ChargeDrawer row={row} />

/** One purchase of coins, and that its money was taken. */
function ChargeDrawer({ row }: { row: Charge }) {
  const { t } = useTranslation()
  const state = <State tone={chargeTone(row)}>{t(`charging.coins.stateName.${row.state}`)}</State>
  return (
    <div className="sd-stack">
      {row.state === 'pending' ? <ConfirmCharge row={row} /> : null}
      <Facts
        facts={[
          { label: t('charging.coins.payId'), value: <Code>{row.payId}</Code> },
          { label: t('charging.coins.state'), value: state },
          { label: t('charging.user'), value: <Person name={row.userName} phone={row.user} whole="user" /> },
          { label: t('charging.coins.coins'), value: <Figure value={row.coins} /> },
          { label: t('charging.coins.price'), value: <Money fen={row.priceFen} /> },
          { label: t('charging.coins.begunAt'), value: <Time at={row.begunAt} /> },
          { label: t('charging.coins.paidAt'), value: <Time at={row.paidAt} /> },
          { label: t('charging.coins.provider'), value: row.providerId ? <Code>{row.providerId}</Code> : '' },
        ]}
      />
      <Link to={userPath(row.user)}>{t('charging.orders.userPage')}</Link>
    </div>
  )
}

function ConfirmCharge({ row }: { row: Charge }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const why = useWhyNot('coins.confirmPayment')
  const confirm = useWrite('coins.confirmPayment', { onSuccess: () => setAsking(false) })
  const money = formatMoney(row.priceFen)
  return (
    <div className="sd-actions">
      <WithReason reason={why}>
        <Button type="primary" disabled={why !== null} onClick={() => setAsking(true)}>
          {t('charging.coins.confirm')}
        </Button>
      </WithReason>
      <DecisionSheet
        title={asking ? t('charging.coins.confirmTitle', { money }) : null}
        facts={[
          { label: t('charging.user'), value: <Person name={row.userName} phone={row.user} whole="user" /> },
          { label: t('charging.coins.coins'), value: <Figure value={row.coins} /> },
          { label: t('charging.coins.price'), value: <Money fen={row.priceFen} /> },
        ]}
        text={t('charging.coins.confirmText')}
        action={t('charging.coins.confirmAction', { money })}
        busy={confirm.isPending}
        error={confirm.error}
        onSure={() => confirm.mutate({ payId: row.payId })}
        onInsist={(why) => confirm.mutate({ payId: row.payId, withoutProvider: why })}
        onClose={() => {
          confirm.reset()
          setAsking(false)
        }}
      />
    </div>
  )
}
