import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { AcceptanceReport } from '#shared/contract/provisioning.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { downloadBlob } from '../../ui/download.ts'
import { Facts } from '../../ui/figures.tsx'
import { PaperHead, PaperPage, Signatures } from '../../ui/PaperPage.tsx'
import { Reading } from '../../ui/states.tsx'
import { runPath } from './paths.ts'
import { ReportDevice } from './ReportDevice.tsx'
import { ReportSummary } from './ReportSummary.tsx'
import { COUNTS } from './tones.ts'
import './report.css'

/** A run of hundreds with all its exchanges */
const REPORT_REFRESH_MS = 30_000

/** The acceptance report: a page for the run, a page a charger; the hash of the JSON beside it. */
export function PrintReport() {
  const { t } = useTranslation()
  const { runId = '' } = useParams()
  const report = useRead(
    'provisioning.report',
    { id: runId },
    { keepPrevious: false, everyMs: REPORT_REFRESH_MS },
  )
  const title = t('provisioning.paper.title')
  return (
    <PaperPage
      title={`${title} ${runId.slice(0, 8)}`}
      back={{ to: runPath(runId), label: t('provisioning.run') }}
      ready={report.data !== undefined}
      pdf={`acceptance-${runId.slice(0, 8)}.pdf`}
      tools={report.data ? <SaveJson runId={runId} report={report.data} /> : null}
    >
      <Reading read={report}>{(data) => <Sheet report={data} />}</Reading>
    </PaperPage>
  )
}

/** The very text that was hashed, byte for byte. */
function SaveJson({ runId, report }: { runId: string; report: AcceptanceReport }) {
  const { t } = useTranslation()
  const save = () =>
    downloadBlob(
      `acceptance-${runId.slice(0, 8)}.json`,
      new Blob([report.json], { type: 'application/json' }),
    )
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t('provisioning.paper.json')}
    </Button>
  )
}

function Sheet({ report }: { report: AcceptanceReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { content, sha256 } = report
  const { run, devices } = content
  return (
    <>
      <PaperHead
        title={t('provisioning.paper.title')}
        of={t('provisioning.paper.of', { id: run.id.slice(0, 8) })}
      />
      <Facts
        facts={[
          { label: t('provisioning.site'), value: run.site },
          { label: t('provisioning.installer'), value: run.installer },
          { label: t('provisioning.createdAt'), value: format.full(run.createdAt) },
          { label: t('provisioning.endedAt'), value: run.endedAt === null ? '' : format.full(run.endedAt) },
          { label: t('provisioning.adapter'), value: run.adapter },
          { label: t('provisioning.paper.desk'), value: content.desk },
          {
            label: t('provisioning.paper.result'),
            value: COUNTS.filter((key) => content.counts[key] > 0)
              .map((key) => `${t(`provisioning.count.${key}`)} ${content.counts[key]}`)
              .join(' · '),
          },
          { label: t('provisioning.paper.madeAt'), value: format.full(content.madeAt) },
        ]}
      />
      <ReportSummary devices={devices} />
      <section className="paper-block report-hash">
        <h2>{t('provisioning.paper.hash')}</h2>
        <code>{sha256}</code>
        <p>{t('provisioning.paper.hashHint')}</p>
      </section>
      <Signatures
        names={[
          t('provisioning.paper.signInstaller'),
          t('provisioning.paper.signSupervisor'),
          t('provisioning.paper.signDate'),
        ]}
      />
      {devices.map((device, i) => (
        <ReportDevice key={device.name} device={device} number={i + 1} total={devices.length} />
      ))}
    </>
  )
}
