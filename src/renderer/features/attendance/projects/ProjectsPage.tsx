import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { Link, useNavigate } from 'react-router'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { useRead } from '../../../api/queries.ts'
import { useFormat, useMay } from '../../../app/site.tsx'
import { Facts } from '../../../ui/figures.tsx'
import type { Filter } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { Party, type Quota } from '../Party.tsx'
import { calendarPath, correctionsPath, gangPath, projectPath } from '../paths.ts'
import { NewProject } from './NewProject.tsx'
import { projectColumns } from './columns.tsx'
import { useProjectFacts } from './facts.tsx'
import { projectsInput } from './list-input.ts'
import '../attendance.css'

/** Projects that this operator may see. */
export function ProjectsPage() {
  const { t } = useTranslation()
  return <Party title={t('attendance.projects.title')}>{(quota) => <Projects quota={quota} />}</Party>
}

function Projects({ quota }: { quota: Quota }) {
  const { t } = useTranslation()
  const { date } = useFormat()
  const phones = useMay('supervisor')
  const columns = useMemo(() => projectColumns(t, phones, date), [t, phones, date])
  return (
    <ListPage
      operation="attendance.projects"
      title={t('attendance.projects.title')}
      purpose={t('attendance.projects.purpose')}
      columns={columns}
      filters={projectFilters(t)}
      input={projectsInput}
      rowKey={(row) => row.projectId}
      export="attendance.projects"
      actions={<Create quota={quota} />}
      totals={quotaLine}
      empty={{ what: t('attendance.projects.empty'), todo: t('attendance.projects.emptyTodo') }}
      drawer={{
        title: (row) => row.projectName,
        body: projectBody,
        link: (row) => projectPath(row.projectId),
      }}
    />
  )
}

const projectFilters = (t: TFunction): readonly Filter[] => [
  { kind: 'search', key: 'query', label: t('attendance.projects.search') },
  {
    kind: 'select',
    key: 'role',
    label: t('attendance.projects.role'),
    options: (['owner', 'keeper', 'worker'] as const).map((value) => ({
      value,
      label: t(`attendance.roleName.${value}`),
    })),
  },
  {
    kind: 'select',
    key: 'deleted',
    label: t('attendance.projects.live'),
    options: [
      { value: 'no', label: t('attendance.projects.liveOnly') },
      { value: 'yes', label: t('attendance.projects.deletedOnly') },
    ],
  },
]

const projectBody = (row: AttendanceProject) => <ProjectDrawer row={row} />

function ProjectDrawer({ row }: { row: AttendanceProject }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts facts={useProjectFacts(row)} />
      <div className="sd-actions">
        <Link to={gangPath(row.projectId)}>{t('attendance.gang.title')}</Link>
        <Link to={calendarPath({ project: row.projectId })}>{t('attendance.calendar.title')}</Link>
        <Link to={correctionsPath({ project: row.projectId })}>{t('attendance.corrections.title')}</Link>
      </div>
    </div>
  )
}

const quotaLine = () => <QuotaLine />

/** for this operator's phone. */
function QuotaLine() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: quota } = useRead('attendance.quota', {})
  if (quota === undefined || quota.phone === '') return null
  const { projects: n, mostProjects: most, seesFrom } = quota
  return (
    <>
      <span>
        {most === null ? t('attendance.projects.quotaNone') : t('attendance.projects.quotaUsed', { n, most })}
      </span>
      {seesFrom === null ? null : (
        <span>{t('attendance.projects.seesFrom', { day: format.date(seesFrom) })}</span>
      )}
    </>
  )
}

function Create({ quota }: { quota: Quota }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const { phone, projects: n, mostProjects: most } = quota
  const full = most !== null && n >= most ? t('attendance.projects.quota', { n, most }) : null
  const why = phone === '' ? t('attendance.reason.noPhone') : full
  return (
    <>
      <WithReason reason={why}>
        <Button type="primary" disabled={why !== null} onClick={() => setAsking(true)}>
          {t('attendance.projects.create')}
        </Button>
      </WithReason>
      <NewProject
        open={asking}
        onDone={(projectId) => void navigate(projectPath(projectId))}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
