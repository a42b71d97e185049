import type { TFunction } from 'i18next'
import { HOUR } from '#shared/time.ts'
import type { Column } from '../../../ui/column.ts'
import { State, Time } from '../../../ui/figures.tsx'
import { LockMark } from '../../timesheets/LockMark.tsx'
import type { Lock } from '../../timesheets/lock.ts'
import { Hours } from '../Hours.tsx'
import { Person } from '../Person.tsx'
import { RecordState } from '../RecordState.tsx'
import type { GangRow, Standing } from './choose.ts'

const STATES = { pending: 'pending', working: 'confirmed', done: 'closed' } as const
/** Counted up to now only while it may still be a shift. */
const LONGEST = 24 * HOUR

export function Stands({ t, row }: { t: TFunction; row: GangRow }) {
  if (row.standing === 'idle') return <State>{t('attendance.gang.standing.idle')}</State>
  return <RecordState of={{ ...row, state: STATES[row.standing satisfies Exclude<Standing, 'idle'>] }} />
}

interface Parts {
  readonly t: TFunction
  readonly now: number
  readonly lock: Lock | null
  readonly usual: (row: GangRow) => string
}

export const gangColumns = ({ t, now, lock, usual }: Parts): readonly Column<GangRow>[] => [
  {
    key: 'userName',
    title: t('attendance.person'),
    width: 190,
    render: (row) => <Person name={row.userName} phone={row.user} />,
  },
  { key: 'standing', title: t('attendance.state'), width: 120, render: (row) => <Stands t={t} row={row} /> },
  {
    key: 'requestedAt',
    title: t('attendance.gang.requestedAt'),
    width: 110,
    render: (row) => <Time at={row.requestedAt} />,
  },
  {
    key: 'checkInAt',
    title: t('attendance.checkIn'),
    width: 120,
    render: (row) => (
      <>
        <Time at={row.checkInAt} />{' '}
        {row.checkInAt === null || row.overriddenUntil !== null ? null : (
          <LockMark lock={lock} at={row.checkInAt} />
        )}
      </>
    ),
  },
  {
    key: 'checkOutAt',
    title: t('attendance.checkOut'),
    width: 150,
    render: (row) =>
      row.suggestedOut === null ? (
        <Time at={row.checkOutAt} />
      ) : (
        <span className="sd-quiet">{usual(row)}</span>
      ),
  },
  {
    key: 'minutesToday',
    title: t('attendance.gang.today'),
    width: 100,
    align: 'right',
    render: (row) => <Worked row={row} now={now} />,
  },
  {
    key: 'subscribed',
    title: t('attendance.gang.notice'),
    width: 90,
    render: (row) => (row.subscribed && row.standing === 'pending' ? t('attendance.gang.wantsNotice') : ''),
  },
]

/** Ended shifts of today, and what the open one has come to so far. */
function Worked({ row, now }: { row: GangRow; now: number }) {
  const running =
    row.standing === 'working' && row.checkInAt !== null && now - row.checkInAt < LONGEST
      ? Math.max(0, Math.floor((now - row.checkInAt) / 60_000))
      : 0
  if (row.minutesToday + running === 0) return <Hours minutes={null} short />
  const hours = <Hours minutes={row.minutesToday + running} short />
  return running > 0 ? <span className="sd-quiet">{hours}</span> : hours
}
