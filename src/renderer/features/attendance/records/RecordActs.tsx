import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../../api/queries.ts'
import { useFormat, useMay } from '../../../app/site.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { OverrideDialog } from '../../timesheets/LockDialogs.tsx'
import { isShut, mayOverride } from '../locks.ts'
import { Sheet } from '../Sheet.tsx'
import { ShiftSpan, useSpanText } from '../Span.tsx'
import { parseWhen, typedTime } from '../span.ts'
import { TextField } from '../../../ui/TextField.tsx'
import type { WholeRecord } from './RecordBody.tsx'

/** What the keeper's phone may ask for here, and who opens what is locked; a worker asks by his own phone. */
export function RecordActs({ record }: { record: WholeRecord }) {
  const project = useRead('attendance.project', { projectId: record.projectId })
  const supervisor = useMay('supervisor')
  const counted = record.state === 'confirmed' || record.state === 'closed'
  if (project.data === undefined) return null
  const opens = mayOverride(record, project.data, supervisor)
  if (!counted && !opens) return null
  return (
    <div className="sd-actions">
      {opens ? <Override record={record} /> : null}
      {counted ? <AskForOther record={record} keeps={project.data.roles.includes('keeper')} /> : null}
    </div>
  )
}

/** Opens this one record of a locked period; the reason stays in its thread. */
function Override({ record }: { record: WholeRecord }) {
  const { t } = useTranslation()
  const { whole } = useSpanText()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('timesheets.lock.override')}</Button>
      {asking ? (
        <OverrideDialog
          recordId={record.recordId}
          what={`${record.userName} · ${whole(record)}`}
          open
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}

function AskForOther({ record, keeps }: { record: WholeRecord; keeps: boolean }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const why = whyNot(record, keeps)
  return (
    <>
      <WithReason reason={why === null ? null : t(`attendance.reason.${why}`)}>
        <Button disabled={why !== null} onClick={() => setAsking(true)}>
          {t('attendance.records.propose')}
        </Button>
      </WithReason>
      {asking ? <Propose record={record} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

function whyNot(record: WholeRecord, keeps: boolean): 'notKeeper' | 'correctionPending' | 'locked' | null {
  if (!keeps) return 'notKeeper'
  if (record.pendingCorrectionId !== null) return 'correctionPending'
  return isShut(record) ? 'locked' : null
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
