import { ReloadOutlined, StarFilled, StarOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { readKey, useRead, useWrite } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { Code, State, Time, type Fact } from '../../ui/figures.tsx'
import { NotThere } from '../../ui/NotThere.tsx'
import { ErrorState, Reading } from '../../ui/states.tsx'
import { Balances } from './Balances.tsx'
import { MeterTable } from './MeterTable.tsx'
import { deskPath } from './paths.ts'
import { CostList, RechargeList, ToldList } from './RoomLists.tsx'
import { TellDialog } from './TellDialog.tsx'
import './rooms.css'

type Room = Output<'rooms.get'>

/** One room: three balances, its meters, and every recharge and cost the platform lists. */
export function RoomPage() {
  const { t } = useTranslation()
  const { roomId = '' } = useParams()
  const room = useRead('rooms.get', { roomId }, { keepPrevious: false })
  if (room.error?.code === 'NOT_FOUND')
    return <NotThere what={t('rooms.notFound')} action={<Link to="/rooms">{t('rooms.back')}</Link>} />
  return (
    <Reading read={room} lines={12}>
      {(data) => <OneRoom key={data.id} room={data} />}
    </Reading>
  )
}

function OneRoom({ room }: { room: Room }) {
  const { t } = useTranslation()
  const refresh = useRefresh(room.id)
  return (
    <DetailPage
      title={room.name}
      purpose={room.path.join(' / ')}
      back={{ to: `/rooms?room=${encodeURIComponent(room.id)}`, label: t('rooms.back') }}
      state={
        <>
          {room.active ? null : <State tone="attention">{t('rooms.inactive')}</State>}
          {room.marked ? <State>{t('rooms.marked')}</State> : null}
        </>
      }
      actions={<Actions room={room} refreshing={refresh.isPending} onRefresh={refresh.run} />}
      above={refresh.error ? <ErrorState error={refresh.error} retry={refresh.run} /> : null}
      facts={factsOf(room, t)}
      main={
        <div className="sd-stack">
          <Balances room={room} failing={refresh.error !== null} />
          <MeterTable meters={room.meters} />
        </div>
      }
      tabs={[
        { key: 'recharges', label: t('rooms.tab.recharges'), children: <RechargeList room={room} /> },
        { key: 'costs', label: t('rooms.tab.costs'), children: <CostList room={room} /> },
        { key: 'told', label: t('rooms.tab.told'), children: <ToldList roomId={room.id} /> },
      ]}
    />
  )
}

function Actions(props: { room: Room; refreshing: boolean; onRefresh: () => void }) {
  const { t } = useTranslation()
  const { room } = props
  const may = useMay('cashier', 'supervisor')
  const mark = useWrite('rooms.mark')
  const [telling, setTelling] = useState(false)
  return (
    <>
      <Button icon={<ReloadOutlined />} disabled={props.refreshing} onClick={props.onRefresh}>
        {props.refreshing ? t('rooms.refreshing') : t('rooms.refresh')}
      </Button>
      <MayButton
        operation="rooms.mark"
        icon={room.marked ? <StarFilled /> : <StarOutlined />}
        title={t('rooms.markHint')}
        loading={mark.isPending}
        onClick={() => mark.mutate({ roomId: room.id, marked: !room.marked })}
      >
        {room.marked ? t('rooms.unmark') : t('rooms.mark')}
      </MayButton>
      <MayButton operation="rooms.tell" onClick={() => setTelling(true)}>
        {t('rooms.told.action')}
      </MayButton>
      {may && room.selectable ? (
        <Link to={deskPath(room.id)}>
          <Button type="primary">{t('rooms.recharge')}</Button>
        </Link>
      ) : null}
      <TellDialog room={telling ? room : null} onClose={() => setTelling(false)} />
    </>
  )
}

/** The platform may be slow; the card stays as it was until it answers. */
const REFRESH_TIMEOUT_MS = 60_000

function useRefresh(roomId: string) {
  const queries = useQueryClient()
  const refresh = useWrite('rooms.refresh', {
    timeoutMs: REFRESH_TIMEOUT_MS,
    onSuccess: (room) => queries.setQueryData(readKey('rooms.get', { roomId }), room),
  })
  return { isPending: refresh.isPending, error: refresh.error, run: () => refresh.mutate({ roomId }) }
}

function factsOf(room: Room, t: TFunction): readonly Fact[] {
  const level = String(room.level)
  return [
    { label: t('rooms.path'), value: room.path.join(' / ') },
    { label: t('rooms.id'), value: <Code>{room.id}</Code> },
    {
      label: t('rooms.level'),
      value: level === '101' || level === '102' || level === '103' ? t(`rooms.levelName.${level}`) : level,
    },
    { label: t('rooms.state'), value: t(room.active ? 'rooms.active' : 'rooms.inactive') },
    { label: t('rooms.balanceAt'), value: <Time at={room.balances?.at} /> },
    { label: t('rooms.recordsAt'), value: <Time at={room.recordsAt} /> },
  ]
}
