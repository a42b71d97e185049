import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { PORTS } from '#shared/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import type { Column } from '../../../ui/column.ts'
import { Code, Money, State } from '../../../ui/figures.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import { ChargerName } from '../Charger.tsx'
import { Phone } from '../Phone.tsx'
import { PortCell } from './PortCell.tsx'
import { portsBody } from './PortsDrawer.tsx'
import { portsInput } from './list-input.ts'
import { portTotals } from './PortTotals.tsx'
import { ReportedAt } from './ReportedAt.tsx'
import '../charging.css'

/** The registry with its ports as they are now. */
export function PortsPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => portColumns(t), [t])
  return (
    <ListPage
      operation="devices.list"
      title={t('charging.ports.title')}
      purpose={t('charging.ports.purpose')}
      columns={columns}
      filters={[
        { kind: 'search', key: 'query', label: t('charging.ports.search') },
        {
          kind: 'select',
          key: 'state',
          label: t('charging.ports.state'),
          options: [
            { value: 'enabled', label: t('charging.ports.enabled') },
            { value: 'disabled', label: t('charging.ports.disabled') },
          ],
        },
        {
          kind: 'select',
          key: 'price',
          label: t('charging.ports.priceShort'),
          options: [{ value: 'none', label: t('devices.noPrice') }],
        },
      ]}
      input={portsInput}
      rowKey={(row) => row.deviceCode}
      totals={portTotals}
      export="devices.list"
      empty={{ what: t('charging.ports.empty'), todo: t('charging.ports.emptyTodo') }}
      drawer={{ title: (row) => row.alias || row.deviceCode, body: portsBody }}
    />
  )
}

/** What the registry says of a charger, and the ports it last told of. */
const portColumns = (t: TFunction): readonly Column<DeviceRow>[] => [
  {
    key: 'alias',
    title: t('charging.charger'),
    width: 200,
    render: (row) => <ChargerName alias={row.alias} deviceCode={row.deviceCode} />,
    sortable: true,
    export: [
      { format: 'text', key: 'deviceCode', title: t('charging.deviceCode') },
      { format: 'text', title: t('charging.ports.alias') },
    ],
  },
  ...PORTS.map((port) => portColumn(t, port)),
  {
    key: 'portsAt',
    title: t('charging.ports.at'),
    width: 170,
    render: (row) => <ReportedAt at={row.portsAt} />,
    sortable: true,
    export: { format: 'time' },
  },
  ...terms(t),
]

/** The core answers all four ports in their order, or none. */
const portColumn = (t: TFunction, port: (typeof PORTS)[number]): Column<DeviceRow> => ({
  key: `port${port}`,
  title: t('charging.portNo', { port }),
  width: 100,
  render: (row) => <PortCell port={row.ports.find((one) => one.port === port)} at={row.portsAt} />,
  export: [
    { format: 'text', key: `ports.${port - 1}.state`, words: stateWords(t) },
    {
      format: 'integer',
      key: `ports.${port - 1}.minutes`,
      title: t('charging.ports.minutesOf', { port }),
    },
  ],
})

const stateWords = (t: TFunction) =>
  Object.fromEntries(
    (['free', 'charging', 'broken', 'unknown'] as const).map((state) => [
      state,
      t(`charging.ports.portState.${state}`),
    ]),
  )

const terms = (t: TFunction): readonly Column<DeviceRow>[] => [
  {
    key: 'unitPriceFen',
    title: t('charging.ports.priceShort'),
    width: 90,
    align: 'right',
    render: priceOf,
    export: { format: 'money', title: t('charging.ports.price') },
  },
  {
    key: 'managerName',
    title: t('charging.manager'),
    width: 110,
    render: (row) => row.managerName ?? <Phone of={row.manager ?? ''} />,
  },
  {
    key: 'state',
    title: t('charging.ports.state'),
    width: 90,
    render: (row) =>
      row.state === 0 ? (
        t('charging.ports.enabled')
      ) : (
        <State tone="attention">{t('charging.ports.disabled')}</State>
      ),
    export: {
      format: 'text',
      words: { '0': t('charging.ports.enabled'), '1': t('charging.ports.disabled') },
    },
  },
  {
    key: 'btName',
    title: t('charging.ports.btName'),
    width: 170,
    hidden: true,
    render: (row) => <Code>{row.btName}</Code>,
  },
]

const priceOf = (row: DeviceRow) => <Price row={row} />

function Price({ row }: { row: DeviceRow }) {
  const { t } = useTranslation()
  if (row.chargeFlag === 0) return t('charging.ports.free')
  if (row.noPrice) return <State tone="attention">{t('devices.noPrice')}</State>
  return <Money fen={row.unitPriceFen} />
}
