import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { MINUTE } from '#shared/time.ts'
import { useWrite } from '../../../api/queries.ts'
import { useFormat } from '../../../app/site.tsx'
import { Hours } from '../Hours.tsx'
import { Sheet } from '../Sheet.tsx'
import { clockOf, parseWhen } from '../span.ts'
import { TextField } from '../../../ui/TextField.tsx'
import { endsAt, type GangRow } from './choose.ts'
import { Names } from './Names.tsx'
import { Results } from './Results.tsx'

interface Props {
  readonly rows: readonly GangRow[]
  readonly others: number
  readonly onDone: () => void
  readonly onClose: () => void
}

/** A phone's or a desk's clock may be ahead so long. */
const AHEAD = MINUTE

/** One end for all of them, now unless said otherwise. */
export function EndSheet({ rows, others, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const { now, zone } = useFormat()
  const [text, setText] = useState('')
  const { end, answer } = useEnding(onDone)
  const typed = text.trim() === '' ? null : parseWhen(text, now(), zone)
  const wrong = whyWrong(text, typed, now())
  const found = endsAt(rows, typed ?? now())
  const send = (recordIds: readonly string[], confirmLong: boolean) =>
    end.mutate({
      recordIds: [...recordIds],
      ...(typed === null ? {} : { checkOutAt: typed }),
      ...(confirmLong ? { confirmLong } : {}),
    })
  const title = t('attendance.gang.endN', { n: rows.length })
  if (answer !== null)
    return (
      <Results
        title={title}
        answer={answer}
        rows={rows}
        tells={false}
        busy={end.isPending}
        onLong={(recordIds) => send(recordIds, true)}
        onClose={onClose}
      />
    )
  const minutes = found.rows.reduce((sum, row) => sum + row.minutes, 0)
  return (
    <Sheet
      title={title}
      facts={[
        { label: t('attendance.person'), value: <Names rows={rows} /> },
        { label: t('attendance.gang.total'), value: <Hours minutes={wrong === null ? minutes : null} /> },
      ]}
      text={`${t('attendance.gang.endText')} ${others > 0 ? t('attendance.gang.others', { n: others }) : ''}`}
      action={t('attendance.gang.endN', { n: found.rows.length })}
      busy={end.isPending}
      blocked={wrong !== null || found.rows.length === 0}
      error={end.error}
      onSure={() =>
        send(
          found.rows.flatMap(({ recordId }) => recordId ?? []),
          false,
        )
      }
      onClose={onClose}
    >
      <TextField
        label={`${t('attendance.gang.when')} · ${t('attendance.gang.whenHint')}`}
        hint={t('attendance.gang.whenNow', { time: clockOf(now(), zone) })}
        value={text}
        onChange={setText}
        wrong={wrong === null ? null : t(`attendance.gang.${wrong}`)}
        first
      />
      {wrong === null ? <TooEarly rows={found.tooEarly} /> : null}
    </Sheet>
  )
}

/** The first answer stays while the second yes is under way. */
function useEnding(onDone: () => void) {
  const [answer, setAnswer] = useState<Output<'attendance.checkOuts'> | null>(null)
  const end = useWrite('attendance.checkOuts', {
    onSuccess: (results) => {
      setAnswer(results)
      onDone()
    },
  })
  return { end, answer }
}

function TooEarly({ rows }: { rows: readonly GangRow[] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <span className="sd-complaint" role="status">
      {t('attendance.gang.whenOrder', { n: rows.length, names: rows.map((row) => row.userName).join('、') })}
    </span>
  )
}

function whyWrong(text: string, typed: number | null, now: number): 'whenBad' | 'whenFuture' | null {
  if (text.trim() === '') return null
  if (typed === null) return 'whenBad'
  return typed > now + AHEAD ? 'whenFuture' : null
}
