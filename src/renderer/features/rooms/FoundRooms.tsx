import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { Money } from '../../ui/figures.tsx'
import { RoomName } from '../../ui/RoomName.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'

const SHOWN = 50

/** What a search found, rooms before other levels. */
export function FoundRooms(props: {
  query: string
  selected: string | null
  onSelect: (id: string) => void
}) {
  const { t } = useTranslation()
  const found = useRead('rooms.search', { query: props.query, limit: SHOWN })
  return (
    <Reading read={found} lines={8}>
      {({ rows, total }) =>
        rows.length === 0 ? (
          <EmptyState what={t('rooms.nothing', { query: props.query })} todo={t('rooms.nothingTodo')} />
        ) : (
          <>
            <p className="sd-quiet">
              {total > rows.length
                ? t('rooms.foundMore', { n: total, shown: rows.length })
                : t('rooms.found', { n: total })}
            </p>
            <ul className="room-found">
              {rows.map((row) => (
                <li key={row.id}>
                  <button
                    type="button"
                    aria-pressed={props.selected === row.id}
                    data-inactive={row.active ? undefined : ''}
                    onClick={() => props.onSelect(row.id)}
                  >
                    <span className="sd-cut">
                      <RoomName path={row.path} />
                      {row.active ? '' : ` · ${t('rooms.inactive')}`}
                    </span>
                    {row.balanceFen === null ? null : <Money fen={row.balanceFen} />}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Reading>
  )
}
