import { FileExcelOutlined } from '@ant-design/icons'
import { App, Button, Progress } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import type { ReportFilter, ReportTable } from '#shared/contract/reports.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useCodeText, useErrorText } from '../../app/i18n/dynamic.ts'
import { downloadBase64 } from '../../ui/download.ts'
import type { Fact } from '../../ui/figures.tsx'
import { isActive } from '../sync/job-text.ts'
import { useReportWords } from './use-report.ts'
import { BUCKETS, TENDERS, WHATS } from './wanted.ts'

interface Props {
  readonly filter: ReportFilter
  readonly name: string
  readonly facts: readonly Fact[]
  readonly table: ReportTable | undefined
}

const STATES = ['gap', 'measured', 'reset', 'estimated', 'absent']
const WORDS = [...STATES, ...WHATS, ...TENDERS, ...BUCKETS]

/** The report to XLSX: written in the background; the file comes by itself when it is done. */
export function BookButton({ filter, name, facts, table }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const code = useCodeText()
  const words = useReportWords()
  const start = useWrite('reports.export')
  const jobId = start.data?.jobId
  const run = () => {
    const columns = (table?.columns ?? []).filter(({ at }) => at === undefined)
    const texts: Input<'reports.export'>['texts'] = {
      name,
      of: facts.map(({ label, value }) => `${label}  ${typeof value === 'string' ? value : ''}`).join('\n'),
      columns: Object.fromEntries(columns.map((column) => [column.key, words.title(column, filter)])),
      words: Object.fromEntries(WORDS.map((word) => [word, code('reports.word', word)])),
      total: t('reports.total'),
    }
    start.mutate(
      { filter, texts },
      {
        onError(error) {
          const { what, todo } = errorText(error)
          void message.error(`${what} · ${todo}`)
        },
      },
    )
  }
  return (
    <>
      {jobId === undefined ? null : <Writing key={jobId} jobId={jobId} />}
      <Button
        icon={<FileExcelOutlined />}
        loading={start.isPending}
        disabled={!table || table.rows.length === 0}
        onClick={run}
      >
        {t('reports.book')}
      </Button>
    </>
  )
}

/** While the file is written: how far; then hands it out once. */
function Writing({ jobId }: { jobId: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const job = useRead('jobs.get', { id: jobId }, { keepPrevious: false })
  const { mutate } = useWrite('reports.exported', { onSuccess: downloadBase64 })
  const fetched = useRef(false)
  const state = job.data?.state
  useEffect(() => {
    if (fetched.current || state === undefined || state === 'running' || state === 'queued') return
    fetched.current = true
    if (state === 'cancelled') return
    if (state !== 'done') {
      void message.error(t('reports.bookFailed'))
      return
    }
    const onError = (error: unknown) => void message.error(errorText(error).what)
    mutate({ jobId }, { onError })
  }, [state, mutate, jobId, message, errorText, t])
  if (!job.data || !isActive(job.data)) return null
  const percent = job.data.total ? Math.floor((job.data.done / job.data.total) * 100) : 0
  return (
    <span className="rp-writing" role="status">
      <Progress percent={percent} size="small" status="normal" aria-label={t('reports.bookWriting')} />
    </span>
  )
}
