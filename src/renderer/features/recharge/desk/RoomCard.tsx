import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { AsOf } from '../../../ui/AsOf.tsx'
import { Code, Figure, Money } from '../../../ui/figures.tsx'
import { MINUTE } from '#shared/time.ts'
import { unitOf } from '../../meters/words.ts'
import type { Renewal, RoomDetail } from './use-room.ts'

/** Older than this the balance is marked: money was surely used since. */
const STALE_MS = 30 * MINUTE

/** Who it is and what they have: three balances, never added (C-16). */
export function RoomCard(props: { room: RoomDetail; renewal: Renewal; onOther: () => void }) {
  const { t } = useTranslation()
  const { room, renewal } = props
  return (
    <section className="sd-panel rd-room">
      <header className="rd-room-head">
        <div>
          <p className="sd-quiet">{room.path.slice(0, -1).join(' / ')}</p>
          <h2>{room.path.at(-1) ?? room.name}</h2>
        </div>
        <span className="rd-room-meters">
          {room.meters.map((meter) => (
            <span key={meter.tableNo}>
              <Code>{meter.tableNo}</Code> <Figure value={meter.reading} unit={unitOf(meter.kind)} />
            </span>
          ))}
        </span>
        <Button onClick={props.onOther}>
          {t('recharge.room.other')} <kbd>Esc</kbd>
        </Button>
      </header>
      <dl className="rd-balances" title={t('recharge.room.never')}>
        <Balance label={t('recharge.room.balance')} fen={room.balances?.balanceFen} main />
        <Balance label={t('recharge.room.electricity')} fen={room.balances?.electricityFen} />
        <Balance label={t('recharge.room.water')} fen={room.balances?.waterFen} />
      </dl>
      <p className="sd-quiet rd-fresh" role="status">
        <AsOf at={room.balances?.at ?? null} staleAfterMs={STALE_MS} failing={renewal === 'failed'} />
        {renewal === 'asking' ? t('recharge.room.refreshing') : null}
        {renewal === 'failed' ? t('recharge.room.refreshFailed') : null}
        {renewal === 'done' ? t('recharge.room.never') : null}
      </p>
    </section>
  )
}

function Balance(props: { label: string; fen: number | undefined; main?: boolean }) {
  return (
    <div data-owed={(props.fen ?? 0) < 0 ? '' : undefined} data-main={props.main ? '' : undefined}>
      <dt>{props.label}</dt>
      <dd>
        <Money fen={props.fen} />
      </dd>
    </div>
  )
}
