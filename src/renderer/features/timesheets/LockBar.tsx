import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { formatDay } from '#shared/time.ts'
import { useFormat, useMay } from '../../app/site.tsx'
import { Notice } from '../../ui/states.tsx'
import { LiftDialog, LockDialog } from './LockDialogs.tsx'
import { lockStateOf } from './lock.ts'

/** The lock of a project in words, and what its owner or a supervisor does with it. */
export function LockBar({ project }: { project: AttendanceProject }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState<'lock' | 'lift' | null>(null)
  const may = useMay('supervisor') || project.roles.includes('owner')
  const { lock } = project
  const buttons = may ? (
    <div className="sd-actions">
      {lock ? <Button onClick={() => setOpen('lift')}>{t('timesheets.lock.lift')}</Button> : null}
      <Button onClick={() => setOpen('lock')}>{t(`timesheets.lock.${lock ? 'further' : 'lock'}`)}</Button>
    </div>
  ) : null
  if (lock === null && !may) return null
  return (
    <>
      <Notice tone="neutral">
        <strong>
          {lock
            ? t('timesheets.lock.before', { day: formatDay(lock.before, format.zone) })
            : t('timesheets.lock.none')}
        </strong>
        {lock ? (
          <span>
            {t(
              `timesheets.lock.says.${lockStateOf(lock, lock.before - 1, format.now()) === 'grace' ? 'grace' : 'locked'}`,
              {
                until: format.full(lock.graceUntil).slice(0, 16),
              },
            )}
            {lock.note === '' ? null : ` · ${lock.note}`}
          </span>
        ) : null}
        {buttons}
      </Notice>
      <LockDialog project={project} open={open === 'lock'} onClose={() => setOpen(null)} />
      <LiftDialog project={project} open={open === 'lift'} onClose={() => setOpen(null)} />
    </>
  )
}
