import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { AttendanceCorrection } from '#shared/contract/attendance.ts'
import type { Column, ExportAs } from '../../../ui/column.ts'
import { State, Time } from '../../../ui/figures.tsx'
import type { Filter, FilterOption, FilterValues } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { LockMark } from '../../timesheets/LockMark.tsx'
import type { Lock } from '../../timesheets/lock.ts'
import { Change } from '../Change.tsx'
import { Party } from '../Party.tsx'
import { useLockOf } from '../locks.ts'
import { recordPath } from '../paths.ts'
import { Person } from '../Person.tsx'
import { whose } from '../records/list-input.ts'
import { limitedLine } from '../records/RecordsPage.tsx'
import { RecordBody } from '../records/RecordBody.tsx'
import { projectOptions, useProjects } from '../use-projects.ts'
import { waited } from './Waits.tsx'
import '../attendance.css'

const STATES: readonly AttendanceCorrection['state'][] = ['pending', 'applied', 'rejected', 'withdrawn']

/** Corrections, the longest waiting first: old and new, and who has to answer. */
export function CorrectionsPage() {
  const { t } = useTranslation()
  return <Party title={t('attendance.corrections.title')}>{() => <Corrections />}</Party>
}

function Corrections() {
  const { t } = useTranslation()
  const { rows } = useProjects()
  const lockOf = useLockOf()
  const columns = useMemo(() => correctionColumns(t, lockOf), [t, lockOf])
  return (
    <ListPage
      operation="attendance.corrections"
      title={t('attendance.corrections.title')}
      purpose={t('attendance.corrections.purpose')}
      columns={columns}
      filters={correctionFilters(t, projectOptions(rows))}
      input={correctionsInput}
      rowKey={(row) => row.correctionId}
      export="attendance.corrections"
      totals={limitedLine}
      empty={{ what: t('attendance.corrections.empty'), todo: t('attendance.corrections.emptyTodo') }}
      drawer={{
        title: (row) => row.userName,
        body: correctionBody,
        link: (row) => recordPath(row.recordId),
      }}
    />
  )
}

const correctionBody = (row: AttendanceCorrection) => <RecordBody recordId={row.recordId} />

function correctionsInput(values: FilterValues) {
  const { project, user } = values
  const state = STATES.find((one) => one === values['state'])
  return {
    ...(project ? { projectId: project } : {}),
    ...whose(user),
    ...(state ? { states: [state] } : {}),
  }
}

const correctionFilters = (t: TFunction, projects: readonly FilterOption[]): readonly Filter[] => [
  {
    kind: 'select',
    key: 'state',
    label: t('attendance.state'),
    options: STATES.map((value) => ({ value, label: t(`attendance.corrections.stateName.${value}`) })),
    width: 110,
  },
  { kind: 'select', key: 'project', label: t('attendance.project'), options: projects, width: 170 },
  { kind: 'search', key: 'user', label: t('attendance.members.search'), width: 170 },
]

type LockOf = (projectId: string) => Lock | null

const correctionColumns = (t: TFunction, lockOf: LockOf): readonly Column<AttendanceCorrection>[] => [
  {
    key: 'userName',
    title: t('attendance.person'),
    width: 150,
    render: (row) => <Person name={row.userName} phone={row.user} />,
  },
  {
    key: 'change',
    title: t('attendance.corrections.change'),
    width: 350,
    render: (row) => (
      <>
        <Change of={row} /> <LockMark lock={lockOf(row.projectId)} at={row.old.checkInAt} />
      </>
    ),
    export: changeExport(t),
  },
  {
    key: 'state',
    title: t('attendance.state'),
    width: 95,
    render: (row) => (
      <State tone={row.state === 'pending' ? 'attention' : 'neutral'}>
        {t(`attendance.corrections.stateName.${row.state}`)}
      </State>
    ),
    export: {
      format: 'text',
      words: Object.fromEntries(STATES.map((one) => [one, t(`attendance.corrections.stateName.${one}`)])),
    },
  },
  ...answerColumns(t),
  { key: 'note', title: t('attendance.note'), width: 115 },
  { key: 'projectName', title: t('attendance.project'), width: 115 },
  {
    key: 'createdAt',
    title: t('attendance.corrections.at'),
    width: 100,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
]

/** Who has to answer, and for how long he has been waited for. */
const answerColumns = (t: TFunction): readonly Column<AttendanceCorrection>[] => [
  {
    key: 'waitsFor',
    title: t('attendance.corrections.waitsFor'),
    width: 125,
    render: (row) => <Answerer row={row} t={t} />,
    export: [
      {
        key: 'waitsFor.side',
        format: 'text',
        words: { keeper: t('attendance.sideName.keeper'), worker: t('attendance.sideName.worker') },
      },
      { key: 'waitsFor.name', format: 'text', title: t('attendance.name') },
    ],
  },
  {
    key: 'waitingMs',
    title: t('attendance.corrections.waiting'),
    width: 75,
    align: 'right',
    render: (row) => (row.waitingMs === null ? '' : waited(t, row.waitingMs)),
    export: false,
  },
]

/** Both sides of the arrow, each time and what it comes to in a column of its own. */
const changeExport = (t: TFunction): readonly ExportAs[] =>
  (['old', 'new'] as const).flatMap((side): ExportAs[] => {
    const title = (what: string) => `${t(`attendance.corrections.${side === 'old' ? 'from' : 'to'}`)} ${what}`
    return [
      { key: `${side}.checkInAt`, format: 'time', title: title(t('attendance.checkIn')) },
      { key: `${side}.checkOutAt`, format: 'time', title: title(t('attendance.checkOut')) },
      { key: `${side}.minutes`, format: 'duration', title: title(t('timesheets.hoursClock')) },
    ]
  })

function Answerer({ row, t }: { row: AttendanceCorrection; t: TFunction }) {
  if (row.waitsFor === null) return null
  if (row.mayDecide) return <State tone="attention">{t('attendance.corrections.mine')}</State>
  return (
    <span>
      {t(`attendance.sideName.${row.waitsFor.side}`)} {row.waitsFor.name}
    </span>
  )
}
