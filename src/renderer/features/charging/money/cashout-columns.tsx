import type { TFunction } from 'i18next'
import type { CashoutRow } from '#shared/contract/cashouts.ts'
import type { Column } from '../../../ui/column.ts'
import { Code, Figure, Money, State, Time, type Tone } from '../../../ui/figures.tsx'
import { Person, Phone } from '../Phone.tsx'

type Columns = readonly Column<CashoutRow>[]

const STATES = ['waiting', 'paid', 'failed'] as const
export const CASHOUT_TONES: Readonly<Record<CashoutRow['state'], Tone>> = {
  waiting: 'attention',
  paid: 'neutral',
  failed: 'bad',
}

export const cashoutStates = (t: TFunction) =>
  STATES.map((value) => ({ value, label: t(`charging.cashouts.stateName.${value}`) }))

const head = (t: TFunction): Columns => [
  {
    key: 'askedAt',
    title: t('charging.cashouts.askedAt'),
    width: 105,
    render: (row) => <Time at={row.askedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'state',
    title: t('charging.cashouts.state'),
    width: 80,
    render: (row) => (
      <State tone={CASHOUT_TONES[row.state]}>{t(`charging.cashouts.stateName.${row.state}`)}</State>
    ),
    export: {
      format: 'text',
      words: Object.fromEntries(cashoutStates(t).map(({ value, label }) => [value, label])),
    },
  },
  {
    key: 'accountChanged',
    title: t('charging.cashouts.mark'),
    width: 130,
    render: (row) => <Mark row={row} t={t} />,
    export: { format: 'text', words: { true: t('charging.cashouts.changed'), false: '' } },
  },
]

/** Loud only while somebody has to look. */
function Mark({ row, t }: { row: CashoutRow; t: TFunction }) {
  if (!row.accountChanged) return null
  const waits = row.state === 'waiting'
  const second = waits && row.firstBy !== null
  return (
    <State tone={waits ? 'bad' : 'neutral'}>
      {second ? t('charging.cashouts.needsSecond') : t('charging.cashouts.changed')}
    </State>
  )
}

const who = (t: TFunction, phones: boolean): Columns => [
  {
    key: 'managerName',
    title: t('charging.manager'),
    width: 160,
    render: (row) => <Person name={row.managerName} phone={row.manager} />,
  },
  {
    key: 'manager',
    title: t('charging.phone'),
    width: 120,
    hidden: true,
    render: (row) => <Phone of={row.manager} />,
    export: phones ? { format: 'text' } : false,
  },
]

const money = (t: TFunction): Columns => [
  {
    key: 'moneyFen',
    title: t('charging.cashouts.money'),
    width: 95,
    align: 'right',
    render: (row) => <Money fen={row.moneyFen} />,
    export: { format: 'money' },
  },
  {
    key: 'serviceFen',
    title: t('charging.cashouts.service'),
    width: 85,
    align: 'right',
    render: (row) => <Money fen={row.serviceFen} />,
    export: { format: 'money' },
  },
  {
    key: 'cashFen',
    title: t('charging.cashouts.cash'),
    width: 95,
    align: 'right',
    render: (row) => <Money fen={row.cashFen} />,
    export: { format: 'money' },
  },
  {
    key: 'orders',
    title: t('charging.cashouts.orders'),
    width: 75,
    align: 'right',
    render: (row) => <Figure value={row.orders} />,
    export: { format: 'integer' },
  },
]

const rest = (t: TFunction): Columns => [
  { key: 'bankName', title: t('charging.cashouts.bank'), width: 120 },
  { key: 'bankUser', title: t('charging.cashouts.bankUser'), width: 90 },
  {
    key: 'bankCode',
    title: t('charging.cashouts.bankCode'),
    width: 100,
    render: (row) => <Code>{row.bankCode}</Code>,
  },
  {
    key: 'decidedAt',
    title: t('charging.cashouts.decidedAt'),
    width: 105,
    render: (row) => <Time at={row.decidedAt} />,
    export: { format: 'time' },
  },
  { key: 'reason', title: t('charging.cashouts.reason'), width: 160, hidden: true },
  { key: 'firstBy', title: t('charging.cashouts.needsSecond'), width: 110, hidden: true },
  {
    key: 'cashOutId',
    title: t('charging.cashouts.cashOutId'),
    width: 170,
    hidden: true,
    render: (row) => <Code>{row.cashOutId}</Code>,
  },
]

export const cashoutColumns = (t: TFunction, phones: boolean): Columns => [
  ...head(t),
  ...who(t, phones),
  ...money(t),
  ...rest(t),
]
