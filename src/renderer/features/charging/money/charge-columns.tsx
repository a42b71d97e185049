import type { TFunction } from 'i18next'
import type { Column, RowOf } from '../../../ui/column.ts'
import { Code, Figure, Money, State, Time, type Tone } from '../../../ui/figures.tsx'
import { Person, Phone } from '../Phone.tsx'

export type Charge = RowOf<'coins.charges'>
type Columns = readonly Column<Charge>[]

const STATES = ['pending', 'success', 'failed'] as const

export const chargeTone = ({ state }: Charge): Tone => (state === 'pending' ? 'attention' : 'neutral')

export const chargeStates = (t: TFunction) =>
  STATES.map((value) => ({ value, label: t(`charging.coins.stateName.${value}`) }))

const who = (t: TFunction, phones: boolean): Columns => [
  {
    key: 'userName',
    title: t('charging.user'),
    width: 180,
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

const what = (t: TFunction): Columns => [
  {
    key: 'coins',
    title: t('charging.coins.coins'),
    width: 90,
    align: 'right',
    render: (row) => <Figure value={row.coins} />,
    export: { format: 'integer' },
  },
  {
    key: 'priceFen',
    title: t('charging.coins.price'),
    width: 100,
    align: 'right',
    render: (row) => <Money fen={row.priceFen} />,
    export: { format: 'money' },
  },
  {
    key: 'paidAt',
    title: t('charging.coins.paidAt'),
    width: 110,
    render: (row) => <Time at={row.paidAt} />,
    export: { format: 'time' },
  },
  { key: 'payId', title: t('charging.coins.payId'), width: 180, render: (row) => <Code>{row.payId}</Code> },
  { key: 'providerId', title: t('charging.coins.provider'), width: 200, hidden: true },
]

export const chargeColumns = (t: TFunction, phones: boolean): Columns => [
  {
    key: 'begunAt',
    title: t('charging.coins.begunAt'),
    width: 110,
    render: (row) => <Time at={row.begunAt} />,
    export: { format: 'time' },
  },
  {
    key: 'state',
    title: t('charging.coins.state'),
    width: 90,
    render: (row) => <State tone={chargeTone(row)}>{t(`charging.coins.stateName.${row.state}`)}</State>,
    export: {
      format: 'text',
      words: Object.fromEntries(chargeStates(t).map(({ value, label }) => [value, label])),
    },
  },
  ...who(t, phones),
  ...what(t),
]
