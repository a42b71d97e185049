import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { AsOf } from '../../ui/AsOf.tsx'
import { Money } from '../../ui/figures.tsx'

type Room = Output<'rooms.get'>

/** Three balances, never added (C-16), and how old they are. */
export function Balances({ room, failing = false }: { room: Room; failing?: boolean }) {
  const { t } = useTranslation()
  const { balances } = room
  return (
    <div>
      <dl className="room-balances" title={t('recharge.room.never')}>
        <One label={t('recharge.room.balance')} fen={balances?.balanceFen} />
        <One label={t('recharge.room.electricity')} fen={balances?.electricityFen} />
        <One label={t('recharge.room.water')} fen={balances?.waterFen} />
      </dl>
      <p className="sd-quiet room-fresh">
        <AsOf at={balances?.at ?? null} failing={failing} /> {t('recharge.room.never')}
      </p>
    </div>
  )
}

function One({ label, fen }: { label: string; fen: number | undefined }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="sd-state" data-tone={fen !== undefined && fen < 0 ? 'bad' : 'neutral'}>
        <Money fen={fen} large />
      </dd>
    </div>
  )
}
