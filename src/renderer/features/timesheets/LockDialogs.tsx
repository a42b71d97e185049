import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { DAY, formatDay, parseDateTime, startOfMonth } from '#shared/time.ts'
import { useWrite } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { DayField } from '../../ui/DayField.tsx'
import { Sheet } from '../attendance/Sheet.tsx'

const GRACE_DAYS = 3
const MOST_GRACE = 90
const OVERRIDE_HOURS = 24
const MOST_HOURS = 240

interface Props {
  readonly project: AttendanceProject
  readonly open: boolean
  readonly onClose: () => void
}

/** Closes what began up to and with a day, after days in which it can still be put right. */
export function LockDialog({ project, open, onClose }: Props) {
  const { t } = useTranslation()
  const { zone, now } = useSite()
  // as a rule: the month before this one
  const [day, setDay] = useState(() => formatDay(startOfMonth(now(), zone) - 1, zone))
  const [graceDays, setGrace] = useState(GRACE_DAYS)
  const [note, setNote] = useState('')
  const lock = useWrite('attendance.lockPeriod', { onSuccess: onClose })
  const last = parseDateTime(day, zone)
  return (
    <Sheet
      title={open ? t('timesheets.lock.title') : null}
      facts={[{ label: t('attendance.project'), value: project.projectName }]}
      text={t('timesheets.lock.follows')}
      action={t('timesheets.lock.lock')}
      busy={lock.isPending}
      blocked={last === null}
      error={lock.error}
      onSure={() => {
        if (last !== null)
          lock.mutate({
            projectId: project.projectId,
            before: last + DAY,
            graceDays,
            ...(note === '' ? {} : { note }),
          })
      }}
      onClose={() => {
        lock.reset()
        onClose()
      }}
    >
      <label className="ts-field">
        <span>{t('timesheets.lock.through')}</span>
        <DayField value={day} onChange={setDay} label={t('timesheets.lock.through')} />
      </label>
      <label className="ts-field">
        <span>{t('timesheets.lock.grace')}</span>
        <InputNumber
          min={0}
          max={MOST_GRACE}
          precision={0}
          value={graceDays}
          onChange={(next) => setGrace(next ?? 0)}
        />
      </label>
      <label className="ts-field">
        <span>{t('attendance.note')}</span>
        <Input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Sheet>
  )
}

/** Opens the whole period again; the reason stays in the project's history. */
export function LiftDialog({ project, open, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const lift = useWrite('attendance.liftLock', { onSuccess: onClose })
  return (
    <Sheet
      title={open ? t('timesheets.lock.liftTitle') : null}
      facts={[{ label: t('attendance.project'), value: project.projectName }]}
      text={t('timesheets.lock.liftFollows')}
      action={t('timesheets.lock.lift')}
      danger
      busy={lift.isPending}
      blocked={reason.trim() === ''}
      error={lift.error}
      onSure={() => lift.mutate({ projectId: project.projectId, reason })}
      onClose={() => {
        lift.reset()
        onClose()
      }}
    >
      <Reason value={reason} onChange={setReason} />
    </Sheet>
  )
}

interface OverrideProps {
  readonly recordId: string
  /** whose shift, and when */
  readonly what: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Opens one record of a locked period for some hours; both sides are needed as ever. */
export function OverrideDialog({ recordId, what, open, onClose }: OverrideProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [hours, setHours] = useState(OVERRIDE_HOURS)
  const override = useWrite('attendance.overrideLock', { onSuccess: onClose })
  return (
    <Sheet
      title={open ? t('timesheets.lock.overrideTitle') : null}
      facts={[{ label: t('timesheets.lock.record'), value: what }]}
      text={t('timesheets.lock.overrideFollows')}
      action={t('timesheets.lock.override')}
      busy={override.isPending}
      blocked={reason.trim() === ''}
      error={override.error}
      onSure={() => override.mutate({ recordId, reason, hours })}
      onClose={() => {
        override.reset()
        onClose()
      }}
    >
      <label className="ts-field">
        <span>{t('timesheets.lock.hours')}</span>
        <InputNumber
          min={1}
          max={MOST_HOURS}
          precision={0}
          value={hours}
          onChange={(next) => setHours(next ?? OVERRIDE_HOURS)}
        />
      </label>
      <Reason value={reason} onChange={setReason} />
    </Sheet>
  )
}

function Reason({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation()
  return (
    <label className="ts-field">
      <span>{t('attendance.reasonLabel')}</span>
      <Input autoFocus maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  )
}
