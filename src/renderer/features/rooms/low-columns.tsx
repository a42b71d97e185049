import type { TFunction } from 'i18next'
import type { Column, RowOf } from '../../ui/column.ts'
import { Money, State, Time } from '../../ui/figures.tsx'
import { RoomName } from '../../ui/RoomName.tsx'
import { howWords } from './RoomLists.tsx'

export type LowRow = RowOf<'rooms.lowBalance'>

const money = (t: TFunction): readonly Column<LowRow>[] => [
  {
    key: 'path',
    title: t('rooms.path'),
    width: 300,
    sortable: true,
    render: (row) => <RoomName path={row.path} />,
  },
  {
    key: 'balanceFen',
    title: t('rooms.balance'),
    width: 120,
    align: 'right',
    sortable: 'balance',
    render: (row) => (
      <State tone={row.balanceFen !== null && row.balanceFen < 0 ? 'bad' : 'neutral'}>
        <Money fen={row.balanceFen} />
      </State>
    ),
    export: { format: 'money' },
  },
  {
    key: 'balanceAt',
    title: t('rooms.balanceAt'),
    width: 110,
    render: (row) => <Time at={row.balanceAt} />,
    export: { format: 'time' },
  },
]

const told = (t: TFunction): readonly Column<LowRow>[] => [
  {
    key: 'lastTold.at',
    title: t('rooms.low.toldAt'),
    width: 110,
    sortable: 'toldAt',
    render: (row) =>
      row.lastTold === null ? (
        <span className="sd-quiet">{t('rooms.low.never')}</span>
      ) : (
        <Time at={row.lastTold.at} />
      ),
    export: { format: 'time' },
  },
  {
    key: 'lastTold.how',
    title: t('rooms.low.toldHow'),
    width: 100,
    render: (row) => (row.lastTold === null ? '' : t(`rooms.told.howName.${row.lastTold.how}`)),
    export: { format: 'text', words: howWords(t) },
  },
  {
    key: 'lastTold.operator',
    title: t('rooms.low.toldBy'),
    width: 90,
    render: (row) => row.lastTold?.operator ?? '',
  },
  {
    key: 'lastTold.note',
    title: t('rooms.told.note'),
    width: 180,
    render: (row) => row.lastTold?.note ?? '',
  },
]

export const lowColumns = (t: TFunction): readonly Column<LowRow>[] => [
  ...money(t),
  ...told(t),
  { key: 'id', title: t('rooms.id'), width: 120, hidden: true },
]
