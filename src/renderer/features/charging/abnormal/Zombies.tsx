import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../../api/queries.ts'
import { Code, State, Time } from '../../../ui/figures.tsx'
import { EmptyState, Reading } from '../../../ui/states.tsx'
import { ChargerName } from '../Charger.tsx'
import { ordersPath } from '../paths.ts'
import { zombieKey, type Zombie } from './proposal.ts'
import { ZombieFixes } from './ZombieFixes.tsx'

const EVERY_MS = 30_000

/** Orders and ports that do not fit together, each with what puts it right (features §3.2). */
export function Zombies() {
  const { t } = useTranslation()
  const found = useRead('orders.zombies', {}, { everyMs: EVERY_MS })
  return (
    <Reading read={found}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState what={t('charging.abnormal.calm')} todo={t('charging.abnormal.calmTodo')} />
        ) : (
          <ul className="cg-zombies" aria-label={t('charging.abnormal.tab.zombies')}>
            {rows.map((row) => (
              <OneZombie key={zombieKey(row)} row={row} onFixed={() => void found.refetch()} />
            ))}
          </ul>
        )
      }
    </Reading>
  )
}

function OneZombie({ row, onFixed }: { row: Zombie; onFixed: () => void }) {
  const { t } = useTranslation()
  return (
    <li className="sd-panel cg-zombie">
      <div>
        <h2>
          <State tone={row.kind === 'neverStarted' ? 'neutral' : 'attention'}>
            {t(`charging.abnormal.kind.${row.kind}`)}
          </State>
        </h2>
        <p>
          <ChargerName alias={row.alias} deviceCode={row.deviceCode} port={row.port} />
        </p>
        <p className="sd-quiet">{t(`charging.abnormal.kindHint.${row.kind}`)}</p>
      </div>
      <dl className="cg-says">
        <dt>{t('charging.abnormal.since')}</dt>
        <dd>
          <Time at={row.since} />
        </dd>
        <dt>{t('charging.abnormal.says')}</dt>
        <dd>
          <Says row={row} />
        </dd>
        {row.orderId === null ? null : (
          <>
            <dt>{t('charging.orders.title')}</dt>
            <dd>
              <Link to={ordersPath({ query: row.orderId })}>
                <Code>{row.orderId}</Code>
              </Link>
            </dd>
          </>
        )}
      </dl>
      <ZombieFixes row={row} onFixed={onFixed} />
    </li>
  )
}

function Says({ row }: { row: Zombie }) {
  const { t } = useTranslation()
  if (row.reportedAt === null) return t('charging.abnormal.saysNothing')
  const text = row.minutes
    ? t('charging.abnormal.saysCharging', { n: row.minutes })
    : t('charging.abnormal.saysFree')
  return (
    <>
      {text} <Time at={row.reportedAt} />
    </>
  )
}
