import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../../api/queries.ts'
import { formatNumber } from '../../../app/format.ts'
import { useMay } from '../../../app/site.tsx'
import { abnormalPath, cashoutsPath, coinsPath } from '../paths.ts'

type TileKey = 'zombies' | 'unpaid' | 'coins' | 'cashouts' | 'refunds'
interface Tile {
  readonly key: TileKey
  readonly count: number | undefined
  readonly to: string
}

const ZOMBIES_EVERY_MS = 60_000

/** What needs somebody now, each with the way there. */
function useTiles(): readonly Tile[] {
  const seesCashouts = useMay('supervisor', 'viewer')
  const supervisor = useMay('supervisor')
  const zombies = useRead('orders.zombies', {}, { everyMs: ZOMBIES_EVERY_MS })
  const unpaid = useRead('orders.list', { state: ['unpaid', 'pending'], limit: 1 })
  const coins = useRead('coins.charges', { state: 'pending', limit: 1 })
  const cashouts = useRead('cashouts.list', { state: 'waiting', limit: 1 }, { enabled: seesCashouts })
  const refunds = useRead('orders.refundTasks', { done: false, limit: 1 }, { enabled: supervisor })
  return [
    { key: 'zombies', count: zombies.data?.rows.length, to: abnormalPath('zombies') },
    { key: 'unpaid', count: unpaid.data?.total, to: abnormalPath('unpaid') },
    { key: 'coins', count: coins.data?.total, to: coinsPath({ state: 'pending' }) },
    { key: 'cashouts', count: cashouts.data?.total, to: cashoutsPath({ state: 'waiting' }) },
    { key: 'refunds', count: refunds.data?.total, to: abnormalPath('refunds') },
  ]
}

export function Todo() {
  const { t } = useTranslation()
  const tiles = useTiles()
  const waiting = tiles.filter(({ count }) => count !== undefined && count > 0)
  if (waiting.length === 0) return <p className="sd-quiet">{t('charging.dashboard.calm')}</p>
  return (
    <nav className="cg-todo" aria-label={t('charging.dashboard.todo')}>
      {waiting.map(({ key, count, to }) => (
        <Link key={key} to={to}>
          <strong className="sd-figure">{formatNumber(count)}</strong> {t(`charging.dashboard.tile.${key}`)}
        </Link>
      ))}
    </nav>
  )
}
