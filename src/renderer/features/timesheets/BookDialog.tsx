import { DownloadOutlined } from '@ant-design/icons'
import { Button, Modal, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { downloadBase64 } from '../../ui/download.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { isActive } from '../sync/job-text.ts'
import { useJobText } from '../sync/use-job-text.ts'
import { MonthField } from './MonthField.tsx'

interface Props {
  readonly project: AttendanceProject
  readonly month: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Months of a project to XLSX: written in the background; the file comes by itself when it is done. */
export function BookDialog({ project, month, open, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      open={open}
      title={t('timesheets.book.title')}
      footer={null}
      width={520}
      onCancel={onClose}
      destroyOnHidden
    >
      <Body project={project} month={month} />
    </Modal>
  )
}

function Body({ project, month }: Pick<Props, 'project' | 'month'>) {
  const { t, i18n } = useTranslation()
  const [from, setFrom] = useState(month)
  const [to, setTo] = useState(month)
  const start = useWrite('attendance.export')
  const jobId = start.data?.jobId ?? null
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  return (
    <div className="sd-stack">
      <p>{t('timesheets.book.what', { project: project.projectName })}</p>
      <div className="sd-actions">
        <MonthField plain value={from} onChange={setFrom} label={t('timesheets.from')} />
        <span>–</span>
        <MonthField plain value={to} onChange={setTo} label={t('timesheets.to')} />
        <Button
          type="primary"
          icon={<DownloadOutlined />}
          loading={start.isPending}
          disabled={from > to}
          onClick={() => start.mutate({ projectId: project.projectId, from, to, language })}
        >
          {t('timesheets.book.start')}
        </Button>
      </div>
      {start.error ? <ErrorState error={start.error} /> : null}
      {jobId === null ? null : <Written key={jobId} jobId={jobId} />}
    </div>
  )
}

function Written({ jobId }: { jobId: string }) {
  const { t } = useTranslation()
  const job = useRead('jobs.get', { id: jobId }, { keepPrevious: false })
  const fetchFile = useWrite('attendance.exported', { onSuccess: downloadBase64 })
  const { mutate } = fetchFile
  const done = job.data?.state === 'done'
  const fetched = useRef(false)
  useEffect(() => {
    if (!done || fetched.current) return
    fetched.current = true
    mutate({ jobId })
  }, [done, mutate, jobId])
  if (job.error) return <ErrorState error={job.error} retry={() => void job.refetch()} />
  if (!job.data) return null
  if (isActive(job.data)) return <Running job={job.data} />
  return (
    <>
      <Notice tone={done ? 'good' : 'attention'}>
        <strong>
          {t(
            `timesheets.book.state.${done ? 'done' : job.data.state === 'cancelled' ? 'cancelled' : 'failed'}`,
          )}
        </strong>
        <Report job={job.data} />
        {done ? (
          <div className="sd-actions">
            <Button size="small" loading={fetchFile.isPending} onClick={() => mutate({ jobId })}>
              {t('timesheets.book.again')}
            </Button>
          </div>
        ) : null}
      </Notice>
      {fetchFile.error ? <ErrorState error={fetchFile.error} /> : null}
    </>
  )
}

function Report({ job }: { job: JobRow }) {
  const text = useJobText()
  return job.report.map((line) => <span key={line.code}>{text.line(line)}</span>)
}

function Running({ job }: { job: JobRow }) {
  const { t } = useTranslation()
  const text = useJobText()
  const cancel = useWrite('jobs.cancel')
  const percent = job.total ? Math.floor((job.done / job.total) * 100) : 0
  const stopping = cancel.isPending || cancel.isSuccess
  return (
    <div className="ts-progress" role="status">
      <Progress percent={percent} status="normal" aria-label={t('timesheets.book.title')} />
      <div className="sd-actions">
        <span className="sd-quiet">{text.step(job)}</span>
        <span className="sd-spring" />
        <Button size="small" disabled={stopping} onClick={() => cancel.mutate({ id: job.id })}>
          {t('timesheets.book.stop')}
        </Button>
      </div>
    </div>
  )
}
