import type { TFunction } from 'i18next'
import type { UserRow } from '#shared/contract/users.ts'
import type { Column } from '../../../ui/column.ts'
import { Figure, State, Time } from '../../../ui/figures.tsx'
import { Phone } from '../Phone.tsx'

type Columns = readonly Column<UserRow>[]

const identity = (t: TFunction, phones: boolean): Columns => [
  { key: 'userName', title: t('charging.userName'), width: 140 },
  {
    key: 'user',
    title: t('charging.phone'),
    width: 120,
    render: (row) => <Phone of={row.user} />,
    export: phones ? { format: 'text' } : false,
  },
  { key: 'professionName', title: t('charging.users.profession'), width: 120 },
]

const figures = (t: TFunction): Columns => [
  {
    key: 'coins',
    title: t('charging.users.coins'),
    width: 100,
    align: 'right',
    render: (row) => <Figure value={row.coins} />,
    export: { format: 'integer' },
  },
  {
    key: 'heldCoins',
    title: t('charging.users.held'),
    width: 80,
    align: 'right',
    render: (row) => <Figure value={row.heldCoins} />,
    export: { format: 'integer' },
  },
]

const states = (t: TFunction): Columns => [
  {
    key: 'unpaid',
    title: t('charging.users.unpaid'),
    width: 100,
    render: (row) => (row.unpaid ? <State tone="attention">{t('charging.users.unpaidYes')}</State> : ''),
    export: { format: 'text', words: { true: t('charging.users.unpaidYes'), false: '' } },
  },
  {
    key: 'blacklistedBy',
    title: t('charging.users.barred'),
    width: 120,
    render: (row) =>
      row.blacklistedBy > 0 ? (
        <State tone="bad">{t('charging.users.barredBy', { n: row.blacklistedBy })}</State>
      ) : (
        ''
      ),
    export: { format: 'integer' },
  },
  {
    key: 'firstAt',
    title: t('charging.users.firstAt'),
    width: 110,
    render: (row) => <Time at={row.firstAt} />,
    export: { format: 'time' },
  },
]

export const userColumns = (t: TFunction, phones: boolean): Columns => [
  ...identity(t, phones),
  ...figures(t),
  ...states(t),
]
