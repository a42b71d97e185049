import type { TFunction } from 'i18next'
import type { OrderRow } from '#shared/contract/orders.ts'
import type { Column } from '../../../ui/column.ts'
import { Code, Figure, Money, State, Time } from '../../../ui/figures.tsx'
import { ChargerName } from '../Charger.tsx'
import { Person, Phone } from '../Phone.tsx'
import { hoursOf, ORDER_TONES } from './tones.ts'

type Columns = readonly Column<OrderRow>[]

const ORDER_STATES = ['unpaid', 'pending', 'settled', 'cancelled'] as const
const CASH_OUTS = ['open', 'inBatch', 'done'] as const

export const stateOptions = (t: TFunction) =>
  ORDER_STATES.map((value) => ({ value, label: t(`charging.orders.stateName.${value}`) }))

const words = (options: readonly { value: string; label: string }[]): Record<string, string> =>
  Object.fromEntries(options.map(({ value, label }) => [value, label]))

const what = (t: TFunction): Columns => [
  {
    key: 'orderedAt',
    title: t('charging.orders.orderedAt'),
    width: 105,
    render: (row) => <Time at={row.orderedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'state',
    title: t('charging.orders.state'),
    width: 75,
    render: (row) => (
      <State tone={ORDER_TONES[row.state]}>{t(`charging.orders.stateName.${row.state}`)}</State>
    ),
    export: { format: 'text', words: words(stateOptions(t)) },
  },
  {
    key: 'alias',
    title: t('charging.charger'),
    width: 165,
    render: (row) => <ChargerName alias={row.alias} deviceCode={row.deviceCode} />,
  },
  { key: 'deviceCode', title: t('charging.deviceCode'), width: 100, hidden: true },
  {
    key: 'port',
    title: t('charging.port'),
    width: 60,
    align: 'right',
    render: (row) => <span className="sd-figure">{row.port}</span>,
    export: { format: 'integer' },
  },
]

/** Whole numbers go into the files of supervisors only. */
const who = (t: TFunction, phones: boolean): Columns => [
  {
    key: 'userName',
    title: t('charging.user'),
    width: 155,
    render: (row) => <Person name={row.userName} phone={row.user} />,
  },
  {
    key: 'user',
    title: t('charging.phone'),
    width: 120,
    hidden: true,
    render: (row) => <Phone of={row.user} />,
    export: phones ? { format: 'text' } : false,
  },
]

const money = (t: TFunction): Columns => [
  {
    key: 'unit',
    title: t('charging.orders.unit'),
    width: 80,
    align: 'right',
    render: (row) => (
      <span className="sd-figure">{t('charging.orders.unitHours', { n: hoursOf(row.unit) })}</span>
    ),
    export: { format: 'integer' },
  },
  {
    key: 'moneyFen',
    title: t('charging.orders.money'),
    width: 90,
    align: 'right',
    render: (row) => <Money fen={row.moneyFen} />,
    export: { format: 'money' },
  },
  {
    key: 'cashFen',
    title: t('charging.orders.cash'),
    width: 90,
    align: 'right',
    render: (row) => <Money fen={row.cashFen} />,
    export: { format: 'money' },
  },
  {
    key: 'coins',
    title: t('charging.orders.coins'),
    width: 70,
    align: 'right',
    render: (row) => <Figure value={row.coins} />,
    export: { format: 'integer' },
  },
]

const rest = (t: TFunction, phones: boolean): Columns => [
  {
    key: 'endsAt',
    title: t('charging.orders.endsAt'),
    width: 105,
    hidden: true,
    render: (row) => <Time at={row.endsAt} />,
    export: { format: 'time' },
  },
  {
    key: 'paidAt',
    title: t('charging.orders.paidAt'),
    width: 105,
    hidden: true,
    render: (row) => <Time at={row.paidAt} />,
    export: { format: 'time' },
  },
  {
    key: 'cancelledAt',
    title: t('charging.orders.cancelledAt'),
    width: 105,
    hidden: true,
    render: (row) => <Time at={row.cancelledAt} />,
    export: { format: 'time' },
  },
  {
    key: 'managerName',
    title: t('charging.manager'),
    width: 90,
    render: (row) => row.managerName || <Phone of={row.manager} />,
  },
  {
    key: 'manager',
    title: `${t('charging.manager')} ${t('charging.phone')}`,
    width: 120,
    hidden: true,
    render: (row) => <Phone of={row.manager} />,
    export: phones ? { format: 'text' } : false,
  },
  {
    key: 'cashOut',
    title: t('charging.orders.cashOut'),
    width: 90,
    hidden: true,
    render: (row) => t(`charging.orders.cashOutName.${row.cashOut}`),
    export: {
      format: 'text',
      words: words(CASH_OUTS.map((value) => ({ value, label: t(`charging.orders.cashOutName.${value}`) }))),
    },
  },
  {
    key: 'orderId',
    title: t('charging.orders.orderId'),
    width: 135,
    render: (row) => <Code>{row.orderId}</Code>,
  },
]

export const orderColumns = (t: TFunction, phones: boolean): Columns => [
  ...what(t),
  ...who(t, phones),
  ...money(t),
  ...rest(t, phones),
]

/** Without what the page is about already: the orders of one user. */
export const orderColumnsWithout = (t: TFunction, phones: boolean, keys: readonly string[]): Columns =>
  orderColumns(t, phones).filter(({ key }) => !keys.includes(key))
