import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../../api/queries.ts'
import { useFormat } from '../../../app/site.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { Sheet } from '../Sheet.tsx'
import { ShiftSpan } from '../Span.tsx'
import { parseWhen, typedTime } from '../span.ts'
import { TextField } from '../TextField.tsx'
import type { WholeRecord } from './RecordBody.tsx'

/** What the keeper's phone may ask for here; a worker asks by his own phone. */
export function RecordActs({ record }: { record: WholeRecord }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const project = useRead('attendance.project', { projectId: record.projectId })
  const counted = record.state === 'confirmed' || record.state === 'closed'
  if (!counted || project.data === undefined) return null
  const why = whyNot(record, project.data.roles.includes('keeper'))
  return (
    <div className="sd-actions">
      <WithReason reason={why === null ? null : t(`attendance.reason.${why}`)}>
        <Button disabled={why !== null} onClick={() => setAsking(true)}>
          {t('attendance.records.propose')}
        </Button>
      </WithReason>
      {asking ? <Propose record={record} onClose={() => setAsking(false)} /> : null}
    </div>
  )
}

function whyNot(record: WholeRecord, keeps: boolean): 'notKeeper' | 'correctionPending' | 'locked' | null {
  if (!keeps) return 'notKeeper'
  if (record.pendingCorrectionId !== null) return 'correctionPending'
  return record.locked && record.overriddenUntil === null ? 'locked' : null
}

/** Other times for a shift: the worker has to agree. */
function Propose({ record, onClose }: { record: WholeRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const { zone, now } = useFormat()
  const shown = (at: number | null) => (at === null ? '' : typedTime(at, zone))
  const [from, setFrom] = useState(shown(record.checkInAt))
  const [to, setTo] = useState(shown(record.checkOutAt))
  const [note, setNote] = useState('')
  const propose = useWrite('attendance.newCorrection', { onSuccess: onClose })
  const changes = {
    ...changed('checkInAt', from, shown(record.checkInAt), parseWhen(from, now(), zone)),
    ...changed('checkOutAt', to, shown(record.checkOutAt), parseWhen(to, now(), zone)),
  }
  const bad = (text: string) => (parseWhen(text, now(), zone) === null ? t('attendance.gang.whenBad') : null)
  const badTo = record.checkOutAt === null ? null : bad(to)
  const hint = t('attendance.records.proposeHint')
  return (
    <Sheet
      title={t('attendance.records.propose')}
      facts={[{ label: t('attendance.records.shift'), value: <ShiftSpan of={record} /> }]}
      text={t('attendance.records.proposeText')}
      action={t('attendance.records.propose')}
      blocked={Object.keys(changes).length === 0 || bad(from) !== null || badTo !== null}
      busy={propose.isPending}
      error={propose.error}
      onSure={() => propose.mutate({ recordId: record.recordId, ...changes, note: note.trim() })}
      onClose={onClose}
    >
      <TextField
        label={t('attendance.records.newIn')}
        hint={hint}
        value={from}
        onChange={setFrom}
        wrong={bad(from)}
        first
      />
      {record.checkOutAt === null ? null : (
        <TextField
          label={t('attendance.records.newOut')}
          hint={hint}
          value={to}
          onChange={setTo}
          wrong={badTo}
        />
      )}
      <TextField label={t('attendance.records.proposeWhy')} value={note} onChange={setNote} max={200} />
    </Sheet>
  )
}

/** Only what was typed anew: the seconds of what stays are not touched. */
const changed = (key: 'checkInAt' | 'checkOutAt', text: string, before: string, at: number | null) =>
  at === null || text.trim() === before ? {} : { [key]: at }
