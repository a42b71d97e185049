import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../ui/DeskPage.tsx'
import { Figure, Money, Time } from '../../../ui/figures.tsx'
import type { RoomDetail } from './use-room.ts'

const SHOWN = 5

/** The vendor's channel codes (C-22); others as sent. */
export function channelText(t: TFunction, tradeType: string): string {
  return tradeType === '1' || tradeType === '2' ? t(`recharge.room.tradeType.${tradeType}`) : tradeType
}

/** The last recharges and costs of the room, for "did it arrive last time?". */
export function RoomHistory({ room }: { room: RoomDetail }) {
  return (
    <div className="rd-history">
      <Recharges rows={room.recharges.slice(0, SHOWN)} />
      <Costs rows={room.costs.slice(0, SHOWN)} />
    </div>
  )
}

function Recharges({ rows }: { rows: RoomDetail['recharges'] }) {
  const { t } = useTranslation()
  if (rows.length === 0)
    return (
      <Panel title={t('recharge.room.recharges')}>
        <p className="sd-quiet">{t('recharge.room.noRecharges')}</p>
      </Panel>
    )
  return (
    <Panel title={t('recharge.room.recharges')}>
      <table className="rd-table">
        <thead>
          <tr>
            <th>{t('recharge.room.at')}</th>
            <th>{t('recharge.room.channel')}</th>
            <th>{t('recharge.room.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.outTradeNo}>
              <td>
                <Time at={row.at} />
              </td>
              <td>{channelText(t, row.tradeType)}</td>
              <td>
                <Money fen={row.amountFen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Costs({ rows }: { rows: RoomDetail['costs'] }) {
  const { t } = useTranslation()
  if (rows.length === 0)
    return (
      <Panel title={t('recharge.room.costs')}>
        <p className="sd-quiet">{t('recharge.room.noCosts')}</p>
      </Panel>
    )
  return (
    <Panel title={t('recharge.room.costs')}>
      <table className="rd-table">
        <thead>
          <tr>
            <th>{t('recharge.room.at')}</th>
            <th>{t('recharge.room.usageElectricity')}</th>
            <th>{t('recharge.room.usageWater')}</th>
            <th>{t('recharge.room.total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at}>
              <td>
                <Time at={row.at} day />
              </td>
              <td>
                <Figure value={row.electricityDosage} />
              </td>
              <td>
                <Figure value={row.waterDosage} />
              </td>
              <td>
                <Money fen={row.totalFen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
