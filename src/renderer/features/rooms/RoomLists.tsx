import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { Column, RowOf } from '../../ui/column.ts'
import { Code, Figure, Money, State, Time } from '../../ui/figures.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { channelText } from '../recharge/desk/RoomHistory.tsx'
import { HOWS } from './hows.ts'

type Room = Output<'rooms.get'>
type Recharge = RowOf<'rooms.recharges'>
type Cost = RowOf<'rooms.costs'>

const LINES = 10

export function RechargeList({ room }: { room: Room }) {
  const { t } = useTranslation()
  const columns = useMemo(() => rechargeColumns(t), [t])
  const input = useMemo(() => ({ roomId: room.id }), [room.id])
  return (
    <ListPart
      operation="rooms.recharges"
      label={t('rooms.tab.recharges')}
      exportName={`${room.path.join('')} ${t('rooms.tab.recharges')}`.slice(0, 80)}
      columns={columns}
      input={() => input}
      rowKey={(row) => `${row.outTradeNo}:${row.at}`}
      export="rooms.recharges"
      asOf={(answer) => answer.asOf}
      lines={LINES}
      empty={{ what: t('rooms.rechargesEmpty'), todo: t('rooms.recordsTodo') }}
    />
  )
}

export function CostList({ room }: { room: Room }) {
  const { t } = useTranslation()
  const columns = useMemo(() => costColumns(t), [t])
  const input = useMemo(() => ({ roomId: room.id }), [room.id])
  return (
    <ListPart
      operation="rooms.costs"
      label={t('rooms.tab.costs')}
      exportName={`${room.path.join('')} ${t('rooms.tab.costs')}`.slice(0, 80)}
      columns={columns}
      input={() => input}
      rowKey={(row) => String(row.at)}
      export="rooms.costs"
      asOf={(answer) => answer.asOf}
      lines={LINES}
      empty={{ what: t('rooms.costsEmpty'), todo: t('rooms.recordsTodo') }}
    />
  )
}

export function ToldList({ roomId }: { roomId: string }) {
  const { t } = useTranslation()
  const columns = useMemo(() => toldColumns(t), [t])
  const input = useMemo(() => ({ roomId }), [roomId])
  return (
    <ListPart
      operation="rooms.told"
      label={t('rooms.tab.told')}
      columns={columns}
      input={() => input}
      rowKey={(row) => row.id}
      export="rooms.told"
      lines={LINES}
      empty={{ what: t('rooms.told.empty'), todo: t('rooms.told.emptyTodo') }}
    />
  )
}

const rechargeColumns = (t: TFunction): readonly Column<Recharge>[] => [
  {
    key: 'at',
    title: t('rooms.at'),
    width: 120,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  {
    key: 'amountFen',
    title: t('rooms.amount'),
    width: 120,
    align: 'right',
    render: (row) => <Money fen={row.amountFen} />,
    export: { format: 'money' },
  },
  {
    key: 'tradeType',
    title: t('rooms.channel'),
    width: 110,
    render: (row) => channelText(t, row.tradeType),
    export: {
      format: 'text',
      words: { '1': t('recharge.room.tradeType.1'), '2': t('recharge.room.tradeType.2') },
    },
  },
  {
    key: 'outTradeNo',
    title: t('rooms.orderNo'),
    width: 260,
    render: (row) => <Code>{row.outTradeNo}</Code>,
  },
]

const costMoney = (key: keyof Cost & `${string}Fen`, title: string): Column<Cost> => ({
  key,
  title,
  width: 100,
  align: 'right',
  render: (row) => <Money fen={row[key]} />,
  export: { format: 'money' },
})

const dosage = (key: 'electricityDosage' | 'waterDosage', title: string, unit: string): Column<Cost> => ({
  key,
  title,
  width: 100,
  align: 'right',
  render: (row) => <Figure value={row[key]} unit={unit} />,
  export: { format: 'decimal' },
})

const costColumns = (t: TFunction): readonly Column<Cost>[] => [
  {
    key: 'at',
    title: t('rooms.at'),
    width: 120,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  dosage('electricityDosage', t('rooms.electricityDosage'), 'kWh'),
  costMoney('electricityFen', t('rooms.electricity')),
  dosage('waterDosage', t('rooms.waterDosage'), 'm³'),
  costMoney('waterFen', t('rooms.water')),
  costMoney('shareFen', t('rooms.share')),
  {
    ...costMoney('totalFen', t('rooms.total')),
    render: (row) => (
      <State tone={row.sumOk ? 'neutral' : 'attention'}>
        <span title={t(row.sumOk ? 'rooms.sumOk' : 'rooms.sumOff')}>
          <Money fen={row.totalFen} />
        </span>
      </State>
    ),
  },
]

const toldColumns = (t: TFunction): readonly Column<RowOf<'rooms.told'>>[] => [
  {
    key: 'at',
    title: t('rooms.at'),
    width: 120,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  {
    key: 'how',
    title: t('rooms.told.how'),
    width: 100,
    render: (row) => t(`rooms.told.howName.${row.how}`),
    export: { format: 'text', words: howWords(t) },
  },
  { key: 'operator', title: t('rooms.low.toldBy'), width: 100 },
  { key: 'note', title: t('rooms.told.note'), width: 320 },
]

export const howWords = (t: TFunction) =>
  Object.fromEntries(HOWS.map((how) => [how, t(`rooms.told.howName.${how}`)]))
