import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatNumber } from '../../app/format.ts'
import { needsSomebody, type Tile, type TileKey } from './tiles.ts'

const UNITS: Readonly<
  Record<
    TileKey,
    | 'alarm'
    | 'sale'
    | 'receipt'
    | 'shift'
    | 'charger'
    | 'source'
    | 'problem'
    | 'meter'
    | 'row'
    | 'reading'
    | 'image'
    | 'correction'
    | 'request'
    | 'worked'
    | 'order'
    | 'port'
    | 'cashout'
    | 'purchase'
    | 'payment'
  >
> = {
  alarms: 'alarm',
  unsettled: 'sale',
  receipts: 'receipt',
  oldShift: 'shift',
  asking: 'charger',
  toRegister: 'charger',
  lanFailed: 'problem',
  chargingUnpaid: 'order',
  chargingAbnormal: 'port',
  chargingCoins: 'purchase',
  chargingCashouts: 'cashout',
  chargingRefunds: 'payment',
  chargingNoPrice: 'charger',
  syncFailed: 'source',
  syncPartial: 'source',
  problems: 'problem',
  silent: 'meter',
  parked: 'reading',
  offline: 'meter',
  gateClosed: 'meter',
  quarantine: 'row',
  waterSilent: 'meter',
  waterBattery: 'meter',
  images: 'image',
  attCorrections: 'correction',
  attLate: 'request',
  attForgotten: 'worked',
}

/** Loud tiles first; one calm line when there are none. */
export function Tiles({ tiles, complete }: { tiles: readonly Tile[]; complete: boolean }) {
  const { t } = useTranslation()
  const loud = needsSomebody(tiles)
  if (loud.length === 0 && complete)
    return (
      <div className="sd-message" data-tone="good" role="status">
        <strong>{t('today.calmTitle')}</strong>
        <span>{t('today.calmText')}</span>
      </div>
    )
  return (
    <div className="today-tiles">
      {loud.map((tile) => (
        <OneTile key={tile.key} tile={tile} />
      ))}
    </div>
  )
}

function OneTile({ tile }: { tile: Tile }) {
  const { t } = useTranslation()
  return (
    <Link className="today-tile" data-level={tile.level} to={tile.to}>
      <span className="today-count sd-figure">
        {formatNumber(tile.count)} <small>{t(`today.unit.${UNITS[tile.key]}`, { count: tile.count })}</small>
      </span>
      <span>{t(`today.tile.${tile.key}`)}</span>
    </Link>
  )
}
