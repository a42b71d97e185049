import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { AttendanceRecord } from '#shared/contract/attendance.ts'
import type { Output } from '#shared/contract/index.ts'
import { useMay, useSite } from '../../../app/site.tsx'
import type { Filter, FilterOption } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { useLockOf } from '../locks.ts'
import { Party } from '../Party.tsx'
import { recordPath } from '../paths.ts'
import { projectOptions, useProjects } from '../use-projects.ts'
import { recordColumns } from './columns.tsx'
import { RECORD_STATES, recordsInput, WAITING } from './list-input.ts'
import { RecordBody } from './RecordBody.tsx'
import '../attendance.css'

/** Every shift that this operator may see, newest first. */
export function RecordsPage() {
  const { t } = useTranslation()
  return <Party title={t('attendance.records.title')}>{() => <Records />}</Party>
}

function Records() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const phones = useMay('supervisor')
  const { rows } = useProjects()
  const lockOf = useLockOf()
  const columns = useMemo(() => recordColumns(t, phones, lockOf), [t, phones, lockOf])
  return (
    <ListPage
      operation="attendance.records"
      title={t('attendance.records.title')}
      purpose={t('attendance.records.purpose')}
      columns={columns}
      filters={recordFilters(t, projectOptions(rows))}
      input={(values) => recordsInput(values, zone)}
      rowKey={(row) => row.recordId}
      export="attendance.records"
      totals={limitedLine}
      empty={{ what: t('attendance.records.empty'), todo: t('attendance.records.emptyTodo') }}
      drawer={{
        title: (row) => row.userName,
        body: recordBody,
        link: (row) => recordPath(row.recordId),
      }}
    />
  )
}

const recordBody = (row: AttendanceRecord) => <RecordBody recordId={row.recordId} />

export const limitedLine = ({ limited }: Pick<Output<'attendance.records'>, 'limited'>) =>
  limited ? <Limited /> : null

/** what is older is not shown to this phone. */
export function Limited() {
  const { t } = useTranslation()
  return <span>{t('attendance.limited')}</span>
}

const recordFilters = (t: TFunction, projects: readonly FilterOption[]): readonly Filter[] => [
  { kind: 'select', key: 'project', label: t('attendance.project'), options: projects, width: 170 },
  { kind: 'search', key: 'user', label: t('attendance.members.search'), width: 170 },
  {
    kind: 'select',
    key: 'state',
    label: t('attendance.state'),
    options: [
      ...RECORD_STATES.map((value) => ({ value, label: t(`attendance.stateName.${value}`) })),
      ...WAITING.map((value) => ({ value, label: t(`attendance.${value}`) })),
    ],
    width: 130,
  },
  { kind: 'day', key: 'from', label: t('attendance.records.from') },
  { kind: 'day', key: 'to', label: t('attendance.records.to') },
]
