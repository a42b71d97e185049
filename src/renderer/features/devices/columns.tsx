import type { TFunction } from 'i18next'
import { maskPhone } from '#shared/privacy.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import type { Column } from '../../ui/column.ts'
import { Code, Money, State, Time } from '../../ui/figures.tsx'
import { Ports } from './Ports.tsx'

export const deviceColumns = (t: TFunction): readonly Column<DeviceRow>[] => [
  ...identity(t),
  ...terms(t),
  ...reported(t),
]

const identity = (t: TFunction): readonly Column<DeviceRow>[] => [
  {
    key: 'deviceCode',
    title: t('devices.deviceCode'),
    width: 84,
    sortable: true,
    render: (row) => <Code>{row.deviceCode}</Code>,
  },
  { key: 'alias', title: t('devices.alias'), width: 104, sortable: true },
  {
    key: 'btName',
    title: t('devices.btName'),
    width: 148,
    render: (row) => <Code>{row.btName}</Code>,
  },
  {
    key: 'state',
    title: t('devices.state'),
    width: 60,
    render: (row) => <DeviceState row={row} words={[t('devices.enabled'), t('devices.disabled')]} />,
    export: { format: 'text', words: { '0': t('devices.enabled'), '1': t('devices.disabled') } },
  },
]

const terms = (t: TFunction): readonly Column<DeviceRow>[] => [
  {
    key: 'unitPriceFen',
    title: t('devices.unitPrice'),
    width: 134,
    align: 'right',
    render: (row) =>
      row.noPrice ? <State tone="attention">{t('devices.noPrice')}</State> : <Money fen={row.unitPriceFen} />,
    export: { format: 'money' },
  },
  {
    key: 'maxUnit',
    title: t('devices.maxUnit'),
    width: 84,
    align: 'right',
    export: { format: 'integer' },
  },
  {
    key: 'chargeFlag',
    title: t('devices.charge'),
    width: 52,
    render: (row) => t(row.chargeFlag === 1 ? 'devices.charged' : 'devices.free'),
    export: { format: 'text', words: { '0': t('devices.free'), '1': t('devices.charged') } },
  },
  {
    key: 'manager',
    title: t('devices.manager'),
    width: 136,
    render: (row) =>
      row.manager === null ? (
        <span className="sd-quiet">{t('devices.unbound')}</span>
      ) : (
        managerOf({ managerName: row.managerName, manager: maskPhone(row.manager) })
      ),
  },
]

const reported = (t: TFunction): readonly Column<DeviceRow>[] => [
  {
    key: 'ports',
    title: t('devices.ports'),
    width: 212,
    render: (row) => <Ports ports={row.ports} />,
    export: false,
  },
  {
    key: 'portsAt',
    title: t('devices.portsAt'),
    width: 96,
    sortable: true,
    render: (row) => <Time at={row.portsAt} />,
    export: { format: 'time' },
  },
  {
    key: 'version',
    title: t('devices.version'),
    width: 76,
    align: 'right',
    hidden: true,
    export: { format: 'integer' },
  },
  { key: 'stateReason', title: t('devices.stateReason'), width: 140, hidden: true },
  {
    key: 'profile',
    title: t('devices.profile'),
    width: 84,
    hidden: true,
    render: (row) => t(row.profile === null ? 'devices.profileNone' : 'devices.profileKnown'),
    export: false,
  },
  {
    key: 'setupAt',
    title: t('devices.setupAt'),
    width: 104,
    hidden: true,
    render: (row) => <Time at={row.setupAt} />,
    export: { format: 'time' },
  },
  {
    key: 'addedAt',
    title: t('devices.addedAt'),
    width: 104,
    hidden: true,
    sortable: true,
    render: (row) => <Time at={row.addedAt} />,
    export: { format: 'time' },
  },
]

export const managerOf = ({ manager, managerName }: Pick<DeviceRow, 'manager' | 'managerName'>): string =>
  [managerName, manager].filter(Boolean).join(' ')

function DeviceState({ row, words }: { row: DeviceRow; words: readonly [string, string] }) {
  if (row.state === 0) return words[0]
  return (
    <span title={row.stateReason ?? ''}>
      <State tone="attention">{words[1]}</State>
    </span>
  )
}
