import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OrderRow } from '#shared/contract/orders.ts'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../../api/queries.ts'
import { useSite } from '../../../app/site.tsx'
import { Code, Facts, Figure, Money, State, Time } from '../../../ui/figures.tsx'
import { Reading } from '../../../ui/states.tsx'
import { ChargerName } from '../Charger.tsx'
import { weekBefore } from '../day-span.ts'
import { cashoutsPath, ordersPath, userPath } from '../paths.ts'
import { Person } from '../Phone.tsx'
import { OrderDecisions } from './OrderDecisions.tsx'
import { hoursOf, ORDER_TONES } from './tones.ts'

export const orderBody = (row: OrderRow) => <OrderDrawer row={row} />

/** One order: what it was, what became of its money, and what is to be done. */
function OrderDrawer({ row }: { row: OrderRow }) {
  return (
    <div className="sd-stack">
      <OrderDecisions order={row} />
      <OrderFacts row={row} />
      <Drill row={row} />
      <Payments orderId={row.orderId} />
    </div>
  )
}

function OrderFacts({ row }: { row: OrderRow }) {
  const { t } = useTranslation()
  const state = <State tone={ORDER_TONES[row.state]}>{t(`charging.orders.stateName.${row.state}`)}</State>
  const cancelled = { label: t('charging.orders.cancelledAt'), value: <Time at={row.cancelledAt} /> }
  return (
    <Facts
      facts={[
        { label: t('charging.orders.orderId'), value: <Code>{row.orderId}</Code> },
        { label: t('charging.orders.state'), value: state },
        { label: t('charging.user'), value: <Person name={row.userName} phone={row.user} whole="user" /> },
        {
          label: t('charging.charger'),
          value: <ChargerName alias={row.alias} deviceCode={row.deviceCode} port={row.port} />,
        },
        { label: t('charging.orders.orderedAt'), value: <Time at={row.orderedAt} /> },
        { label: t('charging.orders.endsAt'), value: <Time at={row.endsAt} /> },
        { label: t('charging.orders.unit'), value: t('charging.orders.unitHours', { n: hoursOf(row.unit) }) },
        { label: t('charging.orders.unitPrice'), value: <Money fen={row.unitPriceFen} /> },
        { label: t('charging.orders.money'), value: <Money fen={row.moneyFen} /> },
        { label: t('charging.orders.cash'), value: <Money fen={row.cashFen} /> },
        { label: t('charging.orders.coins'), value: <Figure value={row.coins} /> },
        row.cancelledAt === null
          ? { label: t('charging.orders.paidAt'), value: <Time at={row.paidAt} /> }
          : cancelled,
        {
          label: t('charging.manager'),
          value: <Person name={row.managerName} phone={row.manager} whole="manager" />,
        },
        { label: t('charging.orders.cashOut'), value: <CashOut row={row} /> },
      ]}
    />
  )
}

function CashOut({ row }: { row: OrderRow }) {
  const { t } = useTranslation()
  const text = t(`charging.orders.cashOutName.${row.cashOut}`)
  if (row.cashOutId === null) return text
  return <Link to={cashoutsPath({ manager: row.manager })}>{text}</Link>
}

function Drill({ row }: { row: OrderRow }) {
  const { t } = useTranslation()
  const { now, zone } = useSite()
  return (
    <div className="sd-actions">
      <Link to={ordersPath({ user: row.user, from: weekBefore(now(), zone) })}>
        {t('charging.orders.lastWeek')}
      </Link>
      <Link to={userPath(row.user)}>{t('charging.orders.userPage')}</Link>
    </div>
  )
}

function Payments({ orderId }: { orderId: string }) {
  const { t } = useTranslation()
  const order = useRead('orders.get', { orderId }, { keepPrevious: false })
  return (
    <section aria-label={t('charging.orders.payments')}>
      <h3 className="cg-h3">{t('charging.orders.payments')}</h3>
      <Reading read={order} lines={2}>
        {({ payments }) =>
          payments.length === 0 ? (
            <p className="sd-quiet">{t('charging.orders.paymentsNone')}</p>
          ) : (
            <ul className="cg-lines">
              {payments.map((payment, i) => (
                <Payment key={i} payment={payment} />
              ))}
            </ul>
          )
        }
      </Reading>
    </section>
  )
}

type OnePayment = Output<'orders.get'>['payments'][number]

function Payment({ payment }: { payment: OnePayment }) {
  const { t } = useTranslation()
  return (
    <li>
      <span>
        <Time at={payment.endedAt ?? payment.begunAt} />{' '}
        <State tone={payment.state === 'pending' ? 'attention' : 'neutral'}>
          {t(`charging.orders.paymentState.${payment.state}`)}
        </State>
      </span>
      <span className="cg-sum">
        <Money fen={payment.cashFen} />
        {payment.coins > 0 ? <span>{t('charging.coinCount', { n: payment.coins })}</span> : null}
      </span>
      {payment.providerId ? <Code>{payment.providerId}</Code> : null}
    </li>
  )
}
