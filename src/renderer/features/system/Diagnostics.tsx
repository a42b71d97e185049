import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { useClient } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { DeskPage, Panel } from '../../ui/DeskPage.tsx'
import { Code, Facts, Figure, Time } from '../../ui/figures.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { Bundle } from './Bundle.tsx'
import { Checks } from './Checks.tsx'
import { Crashes } from './Crashes.tsx'
import { Parts } from './Parts.tsx'
import './system.css'

type Status = Output<'system.status'>

export function Diagnostics() {
  const { t } = useTranslation()
  const status = useRead('system.status', {}, { everyMs: 30_000 })
  const side = (
    <>
      <Bundle />
      <Panel title={t('system.licences')} purpose={t('system.licencesPurpose')}>
        <Link to="/licences">
          <Button>{t('system.licencesOpen')}</Button>
        </Link>
      </Panel>
      <Panel title={t('system.stylePage')} purpose={t('system.stylePurpose')}>
        <Link to="/style">
          <Button>{t('system.styleOpen')}</Button>
        </Link>
      </Panel>
    </>
  )
  return (
    <DeskPage title={t('system.title')} purpose={t('system.purpose')} side={side}>
      <Reading read={status} lines={10}>
        {(data) => (
          <>
            <Problems status={data} />
            <Crashes />
            <Parts status={data} />
            <Checks status={data} />
            <Stored status={data} />
          </>
        )}
      </Reading>
    </DeskPage>
  )
}

function Problems({ status }: { status: Status }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('system.problems')}>
      {status.problems.length === 0 ? <p className="sd-quiet">{t('system.noProblems')}</p> : null}
      <div className="sd-stack">
        {status.problems.map((problem) => (
          <Notice key={problem.code + JSON.stringify(problem.data)}>
            <strong>{t(`problem.${problem.code}.what`)}</strong>
            <span>{t(`problem.${problem.code}.todo`)}</span>
            {problem.data ? <code className="sd-quiet">{JSON.stringify(problem.data)}</code> : null}
          </Notice>
        ))}
      </div>
    </Panel>
  )
}

function Stored({ status }: { status: Status }) {
  const { t } = useTranslation()
  const client = useClient()
  const { store } = status
  return (
    <Panel title={t('system.store')}>
      <Facts
        facts={[
          { label: t('system.version'), value: `${status.version} · ${t(`system.host.${client.host}`)}` },
          { label: t('system.dataDir'), value: <Code>{status.dataDir}</Code> },
          { label: t('system.siteFile'), value: formatBytes(store.siteBytes) },
          { label: t('system.historyFile'), value: formatBytes(store.historyBytes) },
          { label: t('system.meters'), value: <Figure value={store.meters} /> },
          { label: t('system.readings'), value: <Figure value={store.readings} /> },
          {
            label: t('system.lastBackup'),
            value: store.lastBackupAt === null ? t('system.neverBackup') : <Time at={store.lastBackupAt} />,
          },
        ]}
      />
    </Panel>
  )
}
