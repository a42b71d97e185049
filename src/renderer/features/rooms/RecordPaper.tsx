import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../api/client.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { MayButton } from '../../app/why-not.tsx'

type Recording = { readonly done: number } | { readonly failed: string; readonly done: number } | null

/** Once the notices are out: one record a room that it was told on paper. Stops at the first refusal. */
export function RecordPaper({ rooms }: { rooms: readonly string[] }) {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const [recording, setRecording] = useState<Recording>(null)
  if (rooms.length === 0) return null
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
  if (recording === null)
    return (
      <MayButton operation="rooms.tell" onClick={() => void run()}>
        {t('rooms.notice.record')}
      </MayButton>
    )
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
