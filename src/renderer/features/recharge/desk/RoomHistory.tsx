import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../ui/DeskPage.tsx'
import { Figure, Money, Time } from '../../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../../ui/SheetTable.tsx'
import type { RoomDetail } from './use-room.ts'

/** All that the card has, and of costs the latest. */
const RECHARGES = 10
const COSTS = 5

/** The vendor's channel codes (C-22); others as sent. */
export function channelText(t: TFunction, tradeType: string): string {
  return tradeType === '1' || tradeType === '2' ? t(`recharge.room.tradeType.${tradeType}`) : tradeType
}

/** The last recharges and costs of the room, for "did it arrive last time?". */
export function RoomHistory({ room }: { room: RoomDetail }) {
  return (
    <div className="rd-history">
      <Recharges rows={room.recharges.slice(0, RECHARGES)} />
      <Costs rows={room.costs.slice(0, COSTS)} />
    </div>
  )
}

function Recharges({ rows }: { rows: RoomDetail['recharges'] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('recharge.room.recharges')}>
      {rows.length === 0 ? (
        <p className="sd-quiet">{t('recharge.room.noRecharges')}</p>
      ) : (
        <SheetTable dense columns={rechargeColumns(t)} rows={rows} rowKey={(row) => row.outTradeNo} />
      )}
    </Panel>
  )
}

const rechargeColumns = (t: TFunction): SheetColumn<RoomDetail['recharges'][number]>[] => [
  { key: 'at', title: t('recharge.room.at'), cell: (row) => <Time at={row.at} /> },
  {
    key: 'channel',
    title: t('recharge.room.channel'),
    align: 'left',
    cell: (row) => channelText(t, row.tradeType),
  },
  { key: 'amount', title: t('recharge.room.amount'), cell: (row) => <Money fen={row.amountFen} /> },
]

function Costs({ rows }: { rows: RoomDetail['costs'] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('recharge.room.costs')}>
      {rows.length === 0 ? (
        <p className="sd-quiet">{t('recharge.room.noCosts')}</p>
      ) : (
        <SheetTable dense columns={costColumns(t)} rows={rows} rowKey={(row) => row.at} />
      )}
    </Panel>
  )
}

const costColumns = (t: TFunction): SheetColumn<RoomDetail['costs'][number]>[] => [
  { key: 'at', title: t('recharge.room.at'), cell: (row) => <Time at={row.at} day /> },
  {
    key: 'electricity',
    title: t('recharge.room.usageElectricity'),
    cell: (row) => <Figure value={row.electricityDosage} />,
  },
  { key: 'water', title: t('recharge.room.usageWater'), cell: (row) => <Figure value={row.waterDosage} /> },
  { key: 'total', title: t('recharge.room.total'), cell: (row) => <Money fen={row.totalFen} /> },
]
