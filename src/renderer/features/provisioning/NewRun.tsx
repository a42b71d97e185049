import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { useRead, useWrite } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { BackLink } from '../../ui/BackLink.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { EmptyState, ErrorState, Notice } from '../../ui/states.tsx'
import { AddLines } from './AddLines.tsx'
import { Around } from './Around.tsx'
import { BeginButton, Options, type RunOptions } from './Begin.tsx'
import { DraftTable } from './DraftTable.tsx'
import { DraftTools } from './DraftTools.tsx'
import { runPath } from './paths.ts'
import { forgetDraft, useDraft, type Draft } from './use-draft.ts'
import './provisioning.css'

const NEARBY_MS = 2000

/** Which chargers, under which codes: judged against the registry and the air before anything is written. */
export function NewRun() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const draft = useDraft(params.get('names') ?? '')
  const start = useStart(draft)
  const nearby = useRead('chargers.nearby', { listen: true }, { everyMs: NEARBY_MS })
  const listed = new Set(draft.rows.map(({ name }) => name))
  const free = (nearby.data?.found ?? []).map(({ name }) => name).filter((name) => !listed.has(name))
  const missing = draft.rows.filter(({ state }) => state === 'missing').length
  return (
    <div className="sd-page" data-template="desk">
      <BackLink to="/chargers/runs" label={t('provisioning.create.back')} />
      <PageHead
        title={t('provisioning.create.title')}
        purpose={t('provisioning.create.purpose')}
        actions={<BeginButton rows={draft.rows} busy={start.busy} onBegin={start.begin} />}
      />
      {start.error ? <ErrorState error={start.error} /> : null}
      {missing > 0 ? <Notice>{t('provisioning.create.someMissing', { n: missing })}</Notice> : null}
      <div className="run-new">
        <List draft={draft} free={free} />
        <div className="sd-stack">
          <AddLines onLines={draft.addLines} />
          <Options options={start.options} onChange={start.setOptions} />
          {nearby.error ? (
            <ErrorState error={nearby.error} brief />
          ) : (
            <Around nearby={nearby.data} listed={listed} onAdd={draft.addNames} />
          )}
        </div>
      </div>
    </div>
  )
}

function List({ draft, free }: { draft: Draft; free: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <Panel
      title={t('provisioning.create.list', { n: draft.rows.length })}
      extra={draft.rows.length > 0 ? <DraftTools draft={draft} /> : null}
    >
      {draft.rows.length === 0 ? (
        <EmptyState what={t('provisioning.create.empty')} todo={t('provisioning.create.emptyTodo')} />
      ) : (
        <DraftTable draft={draft} free={free} />
      )}
    </Panel>
  )
}

function useStart(draft: Draft) {
  const navigate = useNavigate()
  const { hello } = useSite()
  const [options, setOptions] = useState<RunOptions>({
    site: hello.siteName,
    installer: hello.operator?.name ?? '',
    testPorts: [1, 2, 3, 4],
  })
  const start = useWrite('provisioning.start', {
    onSuccess: ({ id }) => {
      forgetDraft()
      void navigate(runPath(id))
    },
  })
  const begin = () =>
    start.mutate({
      devices: draft.rows.map(({ name, deviceCode, alias }) => ({
        name,
        deviceCode,
        ...(alias.trim() === '' ? {} : { alias: alias.trim() }),
      })),
      testPorts: [...options.testPorts],
      ...(options.site.trim() === '' ? {} : { site: options.site.trim() }),
      ...(options.installer.trim() === '' ? {} : { installer: options.installer.trim() }),
    })
  return { options, setOptions, begin, busy: start.isPending, error: start.error }
}
