import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../../api/queries.ts'
import { AsOf } from '../../../ui/AsOf.tsx'
import { useFilters } from '../../../ui/filters.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { EmptyState, Reading, Skeleton } from '../../../ui/states.tsx'
import { useLockOf } from '../locks.ts'
import { Party } from '../Party.tsx'
import { projectOptions, useProjects } from '../use-projects.ts'
import { GangTable } from './GangTable.tsx'
import '../attendance.css'

/** Today's gang: the keeper confirms and ends many at once; everybody else reads. */
export function GangPage() {
  const { t } = useTranslation()
  return <Party title={t('attendance.gang.title')}>{() => <Gang />}</Party>
}

function Gang() {
  const { t } = useTranslation()
  const { rows: projects, known } = useProjects()
  const lockOf = useLockOf()
  const { values, set } = useFilters(['project'])
  const [first] = projects
  const projectId = values['project'] ?? first?.projectId ?? ''
  const gang = useRead(
    'attendance.gang',
    { projectId },
    { enabled: projectId !== '', everyMs: 60_000, keepPrevious: false },
  )
  return (
    <div className="sd-page" data-template="list">
      <PageHead
        title={t('attendance.gang.title')}
        purpose={t('attendance.gang.purpose')}
        aside={<AsOf at={gang.data?.asOf} failing={gang.error !== null} />}
        actions={
          <Select
            aria-label={t('attendance.gang.pick')}
            placeholder={t('attendance.gang.pick')}
            value={projectId === '' || !known ? null : projectId}
            options={projectOptions(projects).map((one) => ({ ...one }))}
            onChange={(project: string) => set({ project })}
            style={{ minWidth: 200 }}
            popupMatchSelectWidth={false}
          />
        }
      />
      {projectId === '' ? (
        known ? (
          <EmptyState what={t('attendance.gang.none')} todo={t('attendance.gang.noneTodo')} />
        ) : (
          <Skeleton lines={14} />
        )
      ) : (
        <Reading read={gang} lines={14}>
          {(data) => <GangTable key={projectId} gang={data} lock={lockOf(projectId)} />}
        </Reading>
      )}
    </div>
  )
}
