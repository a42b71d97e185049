import { DownloadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobRow } from '#shared/contract/jobs.ts'
import { useWrite } from '../../api/queries.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { useMay } from '../../app/site.tsx'
import { MayButton, useWhyNot } from '../../app/why-not.tsx'
import { downloadBase64 } from '../../ui/download.ts'
import { WithReason } from '../../ui/states.tsx'
import { StartDialog } from './StartDialog.tsx'
import type { Batch } from './tones.ts'

interface ActionsProps {
  readonly batch: Batch
  readonly job: JobRow | null
}

/** Start or go on, pause, and the error file. */
export function BatchActions(props: ActionsProps) {
  const { t } = useTranslation()
  const { batch, job } = props
  const goesBack = batch.errors > 0 || batch.state === 'partial'
  const [asking, setAsking] = useState(false)
  const mayNot = useWhyNot('recharge.batchStart')
  const state = useRefusal(batch)
  const reason = mayNot ?? state
  return (
    <>
      {goesBack ? <ErrorFile id={batch.id} /> : null}
      {job ? (
        <Pause jobId={job.id} />
      ) : (
        <WithReason reason={reason}>
          <Button type="primary" disabled={reason !== null} onClick={() => setAsking(true)}>
            {t(batch.state === 'checked' ? 'batch.start' : 'batch.resume')}
          </Button>
        </WithReason>
      )}
      <StartDialog batch={asking ? batch : null} onClose={() => setAsking(false)} />
    </>
  )
}

function useRefusal(batch: Batch): string | null {
  const { t } = useTranslation()
  if (batch.postRows > 0) return null
  if (batch.rows === batch.errors) return t('batch.why.noRows')
  if (batch.sameRows > 0) return t('batch.why.same')
  return t(batch.appliedRows === batch.rows - batch.errors ? 'batch.why.done' : 'batch.why.open')
}

function Pause({ jobId }: { jobId: string }) {
  const { t } = useTranslation()
  const cancel = useWrite('jobs.cancel')
  const may = useMay('supervisor')
  if (!may) return null
  const pausing = cancel.isPending || cancel.isSuccess
  return (
    <Button disabled={pausing} onClick={() => cancel.mutate({ id: jobId })}>
      {t(pausing ? 'batch.pausing' : 'batch.pause')}
    </Button>
  )
}

function ErrorFile({ id }: { id: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const file = useWrite('recharge.batchErrors', { onSuccess: downloadBase64 })
  return (
    <MayButton
      operation="recharge.batchErrors"
      icon={<DownloadOutlined />}
      title={t('batch.errorFileHint')}
      loading={file.isPending}
      onClick={() => file.mutate({ id }, { onError: (error) => void message.error(errorText(error).what) })}
    >
      {t('batch.errorFile')}
    </MayButton>
  )
}
