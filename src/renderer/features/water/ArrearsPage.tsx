import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, RowOf } from '../../ui/column.ts'
import { Facts, Figure, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { Arrears } from './AccountsPage.tsx'
import { Phone } from './Phone.tsx'
import { codeOf, DeviceLink, figure, given, LinkedRooms, time, useRegionFilter } from './parts.tsx'
import './water.css'

type Row = RowOf<'water.arrears'>

const columns = (t: TFunction): Column<Row>[] => [
  {
    ...figure<Row>('arrears_balance', t('water.accounts.arrears'), 110),
    render: (row) => <Arrears value={row.arrears_balance} />,
  },
  { key: 'username', title: t('water.user'), width: 100 },
  codeOf('user_code', t('water.userCode'), 110),
  {
    key: 'rooms',
    title: t('water.rooms'),
    width: 280,
    render: (row) => <LinkedRooms rooms={row.rooms.slice(0, 1)} t={t} />,
    export: { format: 'text', key: 'rooms.0.path' },
  },
  {
    key: 'devices',
    title: t('water.devices'),
    width: 140,
    render: (row) => <DeviceLink code={row.devices[0]?.device_code ?? ''} />,
    export: { format: 'text', key: 'devices.0.device_code' },
  },
  { key: 'phone_number', title: t('water.phone'), width: 120 },
  figure('account_balance', t('water.accounts.accountBalance'), 110),
  time('last_billing_date', t('water.accounts.lastBilling'), true),
]

/** Who owes, with the rooms to go to (欠费). */
export function ArrearsPage() {
  const { t } = useTranslation()
  const region = useRegionFilter(t('water.region'), 'accounts')
  const shown = useMemo(() => columns(t), [t])
  return (
    <ListPage
      operation="water.arrears"
      title={t('water.arrears.title')}
      purpose={t('water.arrears.purpose')}
      columns={shown}
      rowKey={(row) => row.user_code}
      filters={[
        { kind: 'search', key: 'query', label: t('water.arrears.search') },
        region,
        {
          kind: 'select',
          key: 'linked',
          label: t('water.arrears.linked'),
          options: [
            { value: 'yes', label: t('water.arrears.withRoom') },
            { value: 'no', label: t('water.arrears.withoutRoom') },
          ],
        },
      ]}
      input={(f) => ({
        ...given({ query: f['query'], region_id: f['region'] }),
        ...(f['linked'] ? { linked: f['linked'] === 'yes' } : {}),
      })}
      empty={{ what: t('water.arrears.empty') }}
      asOf={(answer) => answer.asOf}
      export="water.arrears"
      drawer={{ title: (row) => `${row.username} ${row.user_code}`, body: drawer(t) }}
    />
  )
}

const drawer = (t: TFunction) =>
  function ArrearsDrawer(row: Row) {
    return (
      <Facts
        facts={[
          { label: t('water.accounts.arrears'), value: <Arrears value={row.arrears_balance} /> },
          {
            label: t('water.accounts.accountBalance'),
            value: <Figure value={row.account_balance} decimals={2} />,
          },
          { label: t('water.phone'), value: <Phone account={row.user_code} masked={row.phone_number} /> },
          { label: t('water.rooms'), value: <LinkedRooms rooms={row.rooms} t={t} /> },
          {
            label: t('water.devices'),
            value: row.devices.map(({ device_code }) => <DeviceLink key={device_code} code={device_code} />),
          },
          { label: t('water.accounts.lastBilling'), value: <Time at={row.last_billing_date} day /> },
        ]}
      />
    )
  }
