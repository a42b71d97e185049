import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../../api/queries.ts'
import { useFormat } from '../../../app/site.tsx'
import { DetailPage } from '../../../ui/DetailPage.tsx'
import { State } from '../../../ui/figures.tsx'
import { useFilters } from '../../../ui/filters.ts'
import { Reading } from '../../../ui/states.tsx'
import { FactTable } from '../FactTable.tsx'
import { gangPath, projectsPath } from '../paths.ts'
import { projectState } from './columns.tsx'
import { useProjectFacts } from './facts.tsx'
import { Members } from './Members.tsx'
import { OwnerActs } from './OwnerActs.tsx'
import '../attendance.css'

/** One project: its people in the middle, keepers so far and the log behind them. */
export function ProjectPage() {
  const { projectId = '' } = useParams()
  const read = useRead('attendance.project', { projectId }, { keepPrevious: false })
  return <Reading read={read}>{(project) => <Project project={project} />}</Reading>
}

function Project({ project }: { project: Output<'attendance.project'> }) {
  const { t } = useTranslation()
  const { date } = useFormat()
  const { values, set } = useFilters(['tab'])
  const keepers = project.history.filter(({ kind }) => kind === 'keeperSet')
  const tabs = [
    { key: 'keepers', label: t('attendance.projects.keepers'), children: <FactTable facts={keepers} /> },
    { key: 'log', label: t('attendance.projects.log'), children: <FactTable facts={project.history} /> },
  ]
  const state = projectState(t, project, date)
  return (
    <DetailPage
      title={project.projectName}
      back={{ to: projectsPath(), label: t('attendance.projects.back') }}
      state={state === '' ? null : <State tone="attention">{state}</State>}
      actions={
        <>
          <OwnerActs project={project} />
          <Link to={gangPath(project.projectId)}>
            <Button type="primary">{t('attendance.gang.title')}</Button>
          </Link>
        </>
      }
      facts={useProjectFacts(project)}
      main={<Members project={project} />}
      tabs={tabs}
      tab={tabs.find(({ key }) => key === values['tab'])?.key ?? 'keepers'}
      onTab={(tab) => set({ tab })}
    />
  )
}
