import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RunHead } from '#shared/contract/provisioning.ts'
import { useRead } from '../../api/queries.ts'
import type { Filter } from '../../ui/filters.ts'
import { Facts } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { Notice } from '../../ui/states.tsx'
import { newRunPath, reportPath, runPath } from './paths.ts'
import { runColumns } from './run-columns.tsx'
import { RUN_STATES, totalOf } from './tones.ts'
import './provisioning.css'

/** Every run, newest first; the one under way stands above. */
export function RunsPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => runColumns(t), [t])
  const filters: readonly Filter[] = [
    {
      kind: 'select',
      key: 'state',
      label: t('provisioning.state'),
      options: RUN_STATES.map((value) => ({ value, label: t(`provisioning.stateName.${value}`) })),
    },
  ]
  const start = (
    <Link to={newRunPath()}>
      <Button type="primary">{t('provisioning.runs.start')}</Button>
    </Link>
  )
  return (
    <ListPage
      operation="provisioning.list"
      title={t('provisioning.runs.title')}
      purpose={t('provisioning.runs.purpose')}
      columns={columns}
      filters={filters}
      input={({ state }) => stateInput(state)}
      rowKey={(row) => row.id}
      export="provisioning.list"
      above={<Current />}
      actions={
        <>
          <Link to="/chargers">
            <Button>{t('provisioning.runs.scan')}</Button>
          </Link>
          {start}
        </>
      }
      empty={{
        what: t('provisioning.runs.empty'),
        todo: t('provisioning.runs.emptyTodo'),
        action: start,
      }}
      drawer={{
        title: (row) => row.site || t('provisioning.run'),
        body: essentials,
        link: (row) => runPath(row.id),
      }}
    />
  )
}

function stateInput(text: string | undefined): { state?: RunHead['state'] } {
  const state = RUN_STATES.find((one) => one === text)
  return state ? { state } : {}
}

function Current() {
  const { t } = useTranslation()
  const { data } = useRead('provisioning.current', {})
  const run = data?.run
  if (!run) return null
  const done = run.counts.passed + run.counts.failed + run.counts.skipped
  return (
    <Notice tone={run.counts.asking > 0 ? 'attention' : 'neutral'}>
      <span className="run-current">
        {t('provisioning.runs.current', { done, total: totalOf(run) })}
        <Link to={runPath(run.id)}>{t('provisioning.runs.goOn')}</Link>
      </span>
    </Notice>
  )
}

const essentials = (row: RunHead) => <Essentials run={row} />

function Essentials({ run }: { run: RunHead }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <RunFacts run={run} />
      <Link to={reportPath(run.id)}>{t('provisioning.report')}</Link>
    </div>
  )
}

function RunFacts({ run }: { run: RunHead }) {
  const { t } = useTranslation()
  const columns = runColumns(t)
  return (
    <Facts
      facts={columns.map(({ title, key, render }) => ({
        label: title,
        value: render ? render(run) : run[key as 'site' | 'installer' | 'adapter'],
      }))}
    />
  )
}
