import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CashoutRow } from '#shared/contract/cashouts.ts'
import type { Output } from '#shared/contract/index.ts'
import { useRead, useWrite } from '../../../api/queries.ts'
import { useMay } from '../../../app/site.tsx'
import { useWhyNot } from '../../../app/why-not.tsx'
import { Code, Facts, Figure, Money, State, Time } from '../../../ui/figures.tsx'
import { Notice, Reading } from '../../../ui/states.tsx'
import { ChargerName } from '../Charger.tsx'
import { ordersPath } from '../paths.ts'
import { Person } from '../Phone.tsx'
import { CASHOUT_TONES } from './cashout-columns.tsx'
import { CashoutDecision } from './CashoutDecision.tsx'

export const cashoutBody = (row: CashoutRow) => <CashoutDrawer row={row} />

type Whole = Output<'cashouts.get'>

/** One withdrawal; account and orders are for supervisors. */
function CashoutDrawer({ row }: { row: CashoutRow }) {
  const { t } = useTranslation()
  const supervisor = useMay('supervisor')
  const whole = useRead(
    'cashouts.get',
    { cashOutId: row.cashOutId },
    { enabled: supervisor, keepPrevious: false },
  )
  return (
    <div className="sd-stack">
      <Changed row={row} last={whole.data?.lastPaidAccount ?? null} />
      <CashoutDecision row={row} />
      <CashoutFacts row={row} />
      {supervisor ? (
        <Reading read={whole} lines={3}>
          {(data) => <Orders batch={data} />}
        </Reading>
      ) : (
        <p className="sd-quiet">{t('charging.cashouts.onlySupervisor')}</p>
      )}
    </div>
  )
}

/** The account differs from the last paid one: who said yes already, and what it was before. */
function Changed({ row, last }: { row: CashoutRow; last: Whole['lastPaidAccount'] }) {
  const { t } = useTranslation()
  if (!row.accountChanged) return null
  return (
    <Notice tone={row.state === 'waiting' ? 'bad' : 'neutral'}>
      <strong>{t('charging.cashouts.changed')}</strong>
      {row.state === 'waiting' ? <span>{t('charging.cashouts.changedText')}</span> : null}
      {last ? (
        <span>
          {t('charging.cashouts.lastAccount')}: {last.bankName} · {last.bankUser} ·{' '}
          <BankCode cashOutId={row.cashOutId} masked={last.bankCode} of="lastPaidBankCode" />
        </span>
      ) : null}
      {row.firstBy !== null && row.state === 'waiting' ? (
        <span>{t('charging.cashouts.firstBy', { name: row.firstBy })}</span>
      ) : null}
    </Notice>
  )
}

/** Shown whole only when asked for, by whom may see it at all; every such look is audited. */
function BankCode({ cashOutId, masked, of }: AccountOf) {
  const { t } = useTranslation()
  const why = useWhyNot('cashouts.reveal')
  const [whole, setWhole] = useState<string | null>(null)
  const reveal = useWrite('cashouts.reveal', { onSuccess: (answer) => setWhole(answer[of]) })
  if (why !== null)
    return (
      <span title={why}>
        <Code>{masked}</Code>
      </span>
    )
  const toggle = () => (whole === null ? reveal.mutate({ cashOutId }) : setWhole(null))
  return (
    <span className="cg-reveal">
      <Code>{whole ?? masked}</Code>
      <Button size="small" type="link" loading={reveal.isPending} onClick={toggle}>
        {whole === null ? t('charging.cashouts.show') : t('charging.cashouts.hide')}
      </Button>
    </span>
  )
}

interface AccountOf {
  readonly cashOutId: string
  readonly masked: string
  readonly of: 'bankCode' | 'lastPaidBankCode'
}

function CashoutFacts({ row }: { row: CashoutRow }) {
  const { t } = useTranslation()
  const state = <State tone={CASHOUT_TONES[row.state]}>{t(`charging.cashouts.stateName.${row.state}`)}</State>
  const reason = { label: t('charging.cashouts.reason'), value: row.reason }
  return (
    <Facts
      facts={[
        { label: t('charging.cashouts.cashOutId'), value: <Code>{row.cashOutId}</Code> },
        { label: t('charging.cashouts.state'), value: state },
        ...(row.state === 'failed' ? [reason] : []),
        {
          label: t('charging.manager'),
          value: <Person name={row.managerName} phone={row.manager} whole="manager" />,
        },
        { label: t('charging.cashouts.bank'), value: row.bankName },
        { label: t('charging.cashouts.bankUser'), value: row.bankUser },
        {
          label: t('charging.cashouts.bankCode'),
          value: <BankCode cashOutId={row.cashOutId} masked={row.bankCode} of="bankCode" />,
        },
        { label: t('charging.cashouts.money'), value: <Money fen={row.moneyFen} /> },
        { label: t('charging.cashouts.service'), value: <Money fen={row.serviceFen} /> },
        { label: t('charging.cashouts.cash'), value: <Money fen={row.cashFen} /> },
        { label: t('charging.cashouts.orders'), value: <Figure value={row.orders} /> },
        { label: t('charging.cashouts.askedAt'), value: <Time at={row.askedAt} /> },
        { label: t('charging.cashouts.decidedAt'), value: <Time at={row.decidedAt} /> },
      ]}
    />
  )
}

function Orders({ batch }: { batch: Whole }) {
  const { t } = useTranslation()
  if (batch.orderRows.length === 0) return <p className="sd-quiet">{t('charging.cashouts.freed')}</p>
  return (
    <section>
      <h3 className="cg-h3">{t('charging.cashouts.orderList', { n: batch.orderRows.length })}</h3>
      <ul className="cg-lines cg-scroll" tabIndex={0}>
        {batch.orderRows.map((order) => (
          <li key={order.orderId}>
            <Link to={ordersPath({ query: order.orderId })}>
              <Time at={order.orderedAt} />
            </Link>
            <ChargerName alias={order.alias} deviceCode={order.deviceCode} port={order.port} />
            <Money fen={order.cashFen} />
          </li>
        ))}
      </ul>
    </section>
  )
}
