import type { TFunction } from 'i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import type { Column } from '../../ui/column.ts'
import { Code, Figure, Time } from '../../ui/figures.tsx'
import { Age, GateState, KindText, OnlineState, Removed } from './MeterBits.tsx'
import { unitOf } from './words.ts'

type Columns = readonly Column<MeterRow>[]

/** What the list shows at first; codes and figures stand in their own faces. */
const shown = (t: TFunction): Columns => [
  {
    key: 'tableNo',
    title: t('meters.column.tableNo'),
    width: 138,
    sortable: true,
    render: (row) => <Code>{row.tableNo}</Code>,
  },
  {
    key: 'kind',
    title: t('meters.column.kind'),
    width: 84,
    sortable: true,
    render: (row) => <KindText row={row} />,
    export: { format: 'text', words: kindWords(t) },
  },
  { key: 'place', title: t('meters.column.place'), width: 150, sortable: true },
  { key: 'house', title: t('meters.column.house'), width: 84 },
  { key: 'user', title: t('meters.column.user'), width: 84, sortable: true },
  {
    key: 'lastReading',
    title: t('meters.column.lastReading'),
    width: 152,
    align: 'right',
    sortable: true,
    render: (row) => <Figure value={row.lastReading} unit={unitOf(row.kind)} />,
    export: { format: 'decimal' },
  },
  {
    key: 'lastReadAt',
    title: t('meters.column.lastReadAt'),
    width: 104,
    sortable: true,
    render: (row) => <Time at={row.lastReadAt} />,
    export: { format: 'time' },
  },
  {
    key: 'age',
    title: t('meters.column.age'),
    width: 98,
    render: (row) => <Age at={row.lastReadAt} />,
    export: false,
  },
  {
    key: 'online',
    title: t('meters.column.online'),
    width: 72,
    render: (row) => <OnlineState row={row} />,
    export: { format: 'text', words: onlineWords(t) },
  },
  {
    key: 'gate',
    title: t('meters.column.gate'),
    width: 84,
    render: (row) => <GateState row={row} />,
    export: { format: 'text', words: gateWords(t) },
  },
  { key: 'project', title: t('meters.column.project'), width: 72 },
]

const hidden = (t: TFunction): Columns => [
  { key: 'name', title: t('meters.column.name'), width: 120, hidden: true },
  {
    key: 'deviceId',
    title: t('meters.column.deviceId'),
    width: 138,
    hidden: true,
    render: (row) => <Code>{row.deviceId}</Code>,
  },
  {
    key: 'userCode',
    title: t('meters.column.userCode'),
    width: 110,
    hidden: true,
    render: (row) => <Code>{row.userCode}</Code>,
  },
  { key: 'typeCode', title: t('meters.column.typeCode'), width: 84, hidden: true },
  {
    key: 'onlineAt',
    title: t('meters.column.onlineAt'),
    width: 104,
    sortable: true,
    hidden: true,
    render: (row) => <Time at={row.onlineAt} />,
    export: { format: 'time' },
  },
  {
    key: 'source',
    title: t('meters.column.source'),
    width: 96,
    hidden: true,
    render: (row) => t(`common.source.${row.source}`),
  },
  {
    key: 'active',
    title: t('meters.column.active'),
    width: 84,
    hidden: true,
    render: (row) => (row.active ? t('meters.list.activeOnly') : <Removed row={row} />),
    export: { format: 'text', words: { true: t('meters.list.activeOnly'), false: t('meters.inactive') } },
  },
]

export const meterColumns = (t: TFunction): Columns => [...shown(t), ...hidden(t)]

const kindWords = (t: TFunction) => ({
  electricity: t('meters.kind.electricity'),
  water: t('meters.kind.water'),
  unknown: t('meters.kind.unknown'),
})

const onlineWords = (t: TFunction) => ({
  online: t('meters.online.online'),
  offline: t('meters.online.offline'),
  unknown: t('meters.online.unknown'),
})

const gateWords = (t: TFunction) => ({
  open: t('meters.gateFilter.open'),
  closed: t('meters.gateFilter.closed'),
  unknown: t('meters.gateFilter.unknown'),
})
