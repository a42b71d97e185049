import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { Facts, Money, Time } from '../../ui/figures.tsx'
import { Reading } from '../../ui/states.tsx'
import type { LowRow } from './low-columns.tsx'
import { deskPath } from './paths.ts'
import { TellDialog } from './TellDialog.tsx'

const SHOWN = 20

/** One room of the list: recharge it, tell somebody, print its notice, and who was told before. */
export function LowDrawer({ row }: { row: LowRow }) {
  const { t } = useTranslation()
  const [telling, setTelling] = useState(false)
  const may = useMay('cashier', 'supervisor')
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('rooms.path'), value: row.path.join(' / ') },
          { label: t('rooms.balance'), value: <Money fen={row.balanceFen} /> },
          { label: t('rooms.balanceAt'), value: <Time at={row.balanceAt} /> },
        ]}
      />
      <div className="sd-actions">
        <MayButton operation="rooms.tell" onClick={() => setTelling(true)}>
          {t('rooms.told.action')}
        </MayButton>
        <Link to={`/print/notices?room=${encodeURIComponent(row.id)}`}>
          <Button>{t('rooms.low.notice')}</Button>
        </Link>
        {may && row.selectable ? (
          <Link to={deskPath(row.id)}>
            <Button>{t('rooms.recharge')}</Button>
          </Link>
        ) : null}
      </div>
      <Before roomId={row.id} />
      <TellDialog room={telling ? row : null} onClose={() => setTelling(false)} />
    </div>
  )
}

function Before({ roomId }: { roomId: string }) {
  const { t } = useTranslation()
  const told = useRead('rooms.told', { roomId, limit: SHOWN }, { keepPrevious: false })
  return (
    <section>
      <h3 className="room-h3">{t('rooms.tab.told')}</h3>
      <Reading read={told} lines={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="sd-quiet">{t('rooms.told.empty')}</p>
          ) : (
            <ul className="room-told">
              {rows.map((one) => (
                <li key={one.id}>
                  <Time at={one.at} /> · {t(`rooms.told.howName.${one.how}`)} · {one.operator}
                  {one.note ? <span className="sd-quiet"> {one.note}</span> : null}
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </section>
  )
}
