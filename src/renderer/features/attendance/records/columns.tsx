import type { TFunction } from 'i18next'
import type { AttendanceRecord } from '#shared/contract/attendance.ts'
import type { Column } from '../../../ui/column.ts'
import { State, Time } from '../../../ui/figures.tsx'
import { LockMark } from '../../timesheets/LockMark.tsx'
import type { Lock } from '../../timesheets/lock.ts'
import { Hours } from '../Hours.tsx'
import { personColumns } from '../person-columns.tsx'
import { RecordState } from '../RecordState.tsx'
import { RECORD_STATES } from './list-input.ts'

type Columns = readonly Column<AttendanceRecord>[]

const who = (t: TFunction, phones: boolean): Columns => [
  ...personColumns<AttendanceRecord>(t, phones),
  { key: 'projectName', title: t('attendance.project'), width: 150 },
  {
    key: 'state',
    title: t('attendance.state'),
    width: 110,
    render: (row) => <RecordState of={row} />,
    export: {
      format: 'text',
      words: Object.fromEntries(RECORD_STATES.map((one) => [one, t(`attendance.stateName.${one}`)])),
    },
  },
]

type LockOf = (projectId: string) => Lock | null

const times = (t: TFunction, lockOf: LockOf): Columns => [
  {
    key: 'checkInAt',
    title: t('attendance.checkIn'),
    width: 120,
    render: (row) => (
      <>
        <Time at={row.checkInAt} /> <LockMark lock={lockOf(row.projectId)} at={row.checkInAt} />
      </>
    ),
    export: { format: 'time' },
  },
  {
    key: 'checkOutAt',
    title: t('attendance.checkOut'),
    width: 110,
    render: (row) => <Time at={row.checkOutAt} />,
    export: { format: 'time' },
  },
  {
    key: 'minutes',
    title: t('attendance.hours'),
    width: 130,
    align: 'right',
    render: (row) => <Hours minutes={row.minutes} />,
    export: [
      { format: 'duration', title: t('timesheets.hoursClock') },
      { format: 'hours', title: t('timesheets.hoursDecimal') },
    ],
  },
  {
    key: 'corrected',
    title: t('attendance.records.corrected'),
    width: 150,
    render: (row) => <Corrected row={row} t={t} />,
    export: { format: 'integer' },
  },
]

function Corrected({ row, t }: { row: AttendanceRecord; t: TFunction }) {
  if (row.pendingCorrectionId !== null)
    return <State tone="attention">{t('attendance.records.waiting')}</State>
  if (row.elsewhere) return <State tone="attention">{t('attendance.records.elsewhere')}</State>
  return row.corrected > 0 ? t('attendance.records.correctedTimes', { n: row.corrected }) : ''
}

const rest = (t: TFunction): Columns => [
  {
    key: 'requestedAt',
    title: t('attendance.records.requestedAt'),
    width: 110,
    hidden: true,
    render: (row) => <Time at={row.requestedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'decidedAt',
    title: t('attendance.records.decidedAt'),
    width: 110,
    hidden: true,
    render: (row) => <Time at={row.decidedAt} />,
    export: { format: 'time' },
  },
]

export const recordColumns = (t: TFunction, phones: boolean, lockOf: LockOf): Columns => [
  ...who(t, phones),
  ...times(t, lockOf),
  ...rest(t),
]
