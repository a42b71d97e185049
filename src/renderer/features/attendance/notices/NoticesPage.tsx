import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { AttendanceNotice } from '#shared/contract/attendance.ts'
import { useMay } from '../../../app/site.tsx'
import type { Column } from '../../../ui/column.ts'
import { State, Time } from '../../../ui/figures.tsx'
import type { Filter, FilterOption, FilterValues } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { Party } from '../Party.tsx'
import { recordPath } from '../paths.ts'
import { personColumns } from '../person-columns.tsx'
import { RECORD_STATES, whose } from '../records/list-input.ts'
import { limitedLine } from '../records/RecordsPage.tsx'
import { projectOptions, useProjects } from '../use-projects.ts'
import '../attendance.css'

/** Who asked to be told of his keeper's answer, and when he was. */
export function NoticesPage() {
  const { t } = useTranslation()
  return <Party title={t('attendance.notices.title')}>{() => <Notices />}</Party>
}

function Notices() {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const { rows } = useProjects()
  const columns = useMemo(() => noticeColumns(t, phones), [t, phones])
  return (
    <ListPage
      operation="attendance.notices"
      title={t('attendance.notices.title')}
      purpose={t('attendance.notices.purpose')}
      columns={columns}
      filters={noticeFilters(t, projectOptions(rows))}
      input={noticesInput}
      rowKey={(row) => row.recordId}
      export="attendance.notices"
      totals={limitedLine}
      empty={{ what: t('attendance.notices.empty'), todo: t('attendance.notices.emptyTodo') }}
    />
  )
}

function noticesInput({ project, user, told }: FilterValues) {
  return {
    ...(project ? { projectId: project } : {}),
    ...whose(user),
    ...(told === 'yes' || told === 'no' ? { told: told === 'yes' } : {}),
  }
}

const noticeFilters = (t: TFunction, projects: readonly FilterOption[]): readonly Filter[] => [
  {
    kind: 'select',
    key: 'told',
    label: t('attendance.notices.which'),
    options: [
      { value: 'no', label: t('attendance.notices.waiting') },
      { value: 'yes', label: t('attendance.notices.told') },
    ],
    width: 130,
  },
  { kind: 'select', key: 'project', label: t('attendance.project'), options: projects, width: 170 },
  { kind: 'search', key: 'user', label: t('attendance.members.search'), width: 170 },
]

const noticeColumns = (t: TFunction, phones: boolean): readonly Column<AttendanceNotice>[] => [
  ...personColumns<AttendanceNotice>(t, phones),
  { key: 'projectName', title: t('attendance.project'), width: 160 },
  {
    key: 'createdAt',
    title: t('attendance.notices.askedAt'),
    width: 120,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
  {
    key: 'notifiedAt',
    title: t('attendance.notices.toldAt'),
    width: 130,
    render: (row) =>
      row.notifiedAt === null ? (
        <State tone="attention">{t('attendance.notices.waiting')}</State>
      ) : (
        <Time at={row.notifiedAt} />
      ),
    export: { format: 'time' },
  },
  ...answerColumns(t),
]

const answerColumns = (t: TFunction): readonly Column<AttendanceNotice>[] => [
  {
    key: 'state',
    title: t('attendance.state'),
    width: 100,
    render: (row) => t(`attendance.stateName.${row.state}`),
    export: {
      format: 'text',
      words: Object.fromEntries(RECORD_STATES.map((one) => [one, t(`attendance.stateName.${one}`)])),
    },
  },
  { key: 'reason', title: t('attendance.reasonLabel'), width: 150 },
  {
    key: 'checkInAt',
    title: t('attendance.checkIn'),
    width: 120,
    render: (row) => (
      <Link to={recordPath(row.recordId)}>
        <Time at={row.checkInAt} />
      </Link>
    ),
    export: { format: 'time' },
  },
]
