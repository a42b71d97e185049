import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../api/client.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { useMay } from '../../app/site.tsx'

type Recording = { readonly done: number } | { readonly failed: string; readonly done: number } | null

/** Once the notices are out: one record a room that it was told on paper. Stops at the first refusal. */
export function RecordPaper({ rooms }: { rooms: readonly string[] }) {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const may = useMay('cashier', 'supervisor')
  const [recording, setRecording] = useState<Recording>(null)
  if (!may || rooms.length === 0) return null
  const run = async () => {
    let done = 0
    try {
      for (const roomId of rooms) {
        setRecording({ done })
        await client.call('rooms.tell', { roomId, how: 'paper' })
        done++
      }
      setRecording({ done })
    } catch (error) {
      setRecording({ done, failed: errorText(error).what })
    }
  }
  if (recording === null) return <Button onClick={() => void run()}>{t('rooms.notice.record')}</Button>
  if ('failed' in recording)
    return (
      <span className="sd-complaint" role="alert">
        {t('rooms.notice.recorded', { n: recording.done })} · {recording.failed}
      </span>
    )
  const all = recording.done === rooms.length
  return (
    <span role="status">
      {all
        ? t('rooms.notice.recorded', { n: recording.done })
        : t('rooms.notice.recording', { done: recording.done, n: rooms.length })}
    </span>
  )
}
