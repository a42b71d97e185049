import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type RoomNode } from '#shared/contract/rooms.ts'
import { UNLINKED_NODE } from '#shared/contract/values.ts'
import { useRead } from '../../api/queries.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { RoomHistory } from '../recharge/desk/RoomHistory.tsx'
import '../recharge/desk/desk.css'
import { Balances } from './Balances.tsx'
import { MeterTable } from './MeterTable.tsx'
import { deskPath, roomPath } from './paths.ts'
import { countRooms, ROOM_LEVEL } from './tree.ts'

/** The essentials of what is chosen in the tree. */
export function NodeSide({ trail }: { trail: readonly RoomNode[] }) {
  const { t } = useTranslation()
  const node = trail.at(-1)
  if (!node)
    return (
      <div className="sd-panel">
        <EmptyState what={t('rooms.choose')} todo={t('rooms.chooseTodo')} />
      </div>
    )
  return node.level === ROOM_LEVEL ? <RoomSide node={node} trail={trail} /> : <PlaceSide node={node} />
}

function PlaceSide({ node }: { node: RoomNode }) {
  const { t } = useTranslation()
  const { rooms, inactive } = countRooms(node)
  const name = node.id === UNLINKED_NODE ? t('rooms.unlinked') : node.name
  return (
    <Panel title={name}>
      <p>
        {t('rooms.count', { n: rooms })}
        {inactive > 0 ? ` · ${t('rooms.countInactive', { n: inactive })}` : ''}
      </p>
    </Panel>
  )
}

function RoomSide({ node, trail }: { node: RoomNode; trail: readonly RoomNode[] }) {
  const { t } = useTranslation()
  const room = useRead('rooms.get', { roomId: node.id }, { keepPrevious: false })
  const actions = (
    <span className="sd-actions">
      <Link to={roomPath(node.id)}>
        <Button>{t('rooms.openPage')}</Button>
      </Link>
      {node.active ? (
        <Link to={deskPath(node.id)}>
          <Button type="primary">{t('rooms.recharge')}</Button>
        </Link>
      ) : null}
    </span>
  )
  return (
    <div className="sd-stack">
      <Panel
        title={node.active ? node.name : `${node.name} · ${t('rooms.inactive')}`}
        purpose={trail.map(({ name }) => name).join(' / ')}
        extra={actions}
      >
        <Reading read={room} lines={3}>
          {(data) => <Balances room={data} />}
        </Reading>
      </Panel>
      {room.data ? (
        <>
          <Panel title={t('rooms.meters')}>
            <MeterTable meters={room.data.meters} />
          </Panel>
          <RoomHistory room={room.data} />
        </>
      ) : null}
    </div>
  )
}
