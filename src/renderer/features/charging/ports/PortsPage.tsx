import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { PORTS } from '#shared/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import type { Column } from '../../../ui/column.ts'
import { Code, State } from '../../../ui/figures.tsx'
import type { FilterValues } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { ChargerName } from '../Charger.tsx'
import { Phone } from '../Phone.tsx'
import { PortCell } from './PortCell.tsx'
import { portsBody } from './PortsDrawer.tsx'
import { ReportedAt } from './ReportedAt.tsx'
import '../charging.css'

function input({ query, state }: FilterValues) {
  return {
    ...(query ? { query: query.slice(0, 100) } : {}),
    ...(state === 'enabled' ? { state: 0 as const } : {}),
    ...(state === 'disabled' ? { state: 1 as const } : {}),
  }
}

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
      ]}
      input={input}
      rowKey={(row) => row.deviceCode}
      empty={{ what: t('charging.ports.empty'), todo: t('charging.ports.emptyTodo') }}
      drawer={{ title: (row) => row.alias || row.deviceCode, body: portsBody }}
    />
  )
}

const portColumns = (t: TFunction): readonly Column<DeviceRow>[] => [
  {
    key: 'alias',
    title: t('charging.charger'),
    width: 200,
    render: (row) => <ChargerName alias={row.alias} deviceCode={row.deviceCode} />,
    sortable: true,
  },
  ...PORTS.map((port): Column<DeviceRow> => ({
    key: `port${port}`,
    title: t('charging.portNo', { port }),
    width: 100,
    render: (row) => <PortCell port={row.ports.find((one) => one.port === port)} at={row.portsAt} />,
  })),
  {
    key: 'portsAt',
    title: t('charging.ports.at'),
    width: 170,
    render: (row) => <ReportedAt at={row.portsAt} />,
    sortable: true,
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
  },
  {
    key: 'btName',
    title: t('charging.ports.btName'),
    width: 170,
    hidden: true,
    render: (row) => <Code>{row.btName}</Code>,
  },
]
