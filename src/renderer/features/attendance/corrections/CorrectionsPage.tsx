import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { AttendanceCorrection } from '#shared/contract/attendance.ts'
import type { Column } from '../../../ui/column.ts'
import { State, Time } from '../../../ui/figures.tsx'
import type { Filter, FilterOption, FilterValues } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { Change } from '../Change.tsx'
import { Party } from '../Party.tsx'
import { recordPath } from '../paths.ts'
import { Person } from '../Person.tsx'
import { limitedLine } from '../records/RecordsPage.tsx'
import { RecordBody } from '../records/RecordBody.tsx'
import { isPhone } from '../TextField.tsx'
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
  const columns = useMemo(() => correctionColumns(t), [t])
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
    ...(user && isPhone(user) ? { user } : {}),
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
  { kind: 'text', key: 'user', label: t('attendance.records.user'), width: 150 },
]

const correctionColumns = (t: TFunction): readonly Column<AttendanceCorrection>[] => [
  {
    key: 'userName',
    title: t('attendance.person'),
    width: 160,
    render: (row) => <Person name={row.userName} phone={row.user} />,
  },
  {
    key: 'change',
    title: t('attendance.corrections.change'),
    width: 340,
    render: (row) => <Change of={row} />,
    export: false,
  },
  {
    key: 'state',
    title: t('attendance.state'),
    width: 80,
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
  {
    key: 'waitsFor',
    title: t('attendance.corrections.waitsFor'),
    width: 150,
    render: (row) => <Answerer row={row} t={t} />,
    export: false,
  },
  {
    key: 'waitingMs',
    title: t('attendance.corrections.waiting'),
    width: 90,
    align: 'right',
    render: (row) => (row.waitingMs === null ? '' : waited(t, row.waitingMs)),
    export: false,
  },
  { key: 'note', title: t('attendance.note'), width: 140 },
  { key: 'projectName', title: t('attendance.project'), width: 130 },
  {
    key: 'createdAt',
    title: t('attendance.corrections.at'),
    width: 110,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
]

function Answerer({ row, t }: { row: AttendanceCorrection; t: TFunction }) {
  if (row.waitsFor === null) return null
  if (row.mayDecide) return <State tone="attention">{t('attendance.corrections.mine')}</State>
  return (
    <span>
      {t(`attendance.sideName.${row.waitsFor.side}`)} {row.waitsFor.name}
    </span>
  )
}
