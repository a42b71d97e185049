import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { useWrite } from '../../../api/queries.ts'
import { Figure } from '../../../ui/figures.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { projectsPath } from '../paths.ts'
import { PersonSheet } from '../PersonSheet.tsx'
import { Sheet } from '../Sheet.tsx'

/** What only the owner does: the keeper, and the end of the project. */
export function OwnerActs({ project }: { project: AttendanceProject }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'keeper' | 'remove' | null>(null)
  const why = whyNot(project)
  const reason = why === null ? null : t(`attendance.reason.${why}`)
  const close = () => setAsking(null)
  return (
    <>
      <WithReason reason={reason}>
        <Button disabled={why !== null} onClick={() => setAsking('remove')}>
          {t('attendance.projects.remove')}
        </Button>
      </WithReason>
      <WithReason reason={reason}>
        <Button disabled={why !== null} onClick={() => setAsking('keeper')}>
          {t('attendance.projects.setKeeper')}
        </Button>
      </WithReason>
      {asking === 'keeper' ? <SetKeeper project={project} onClose={close} /> : null}
      {asking === 'remove' ? <Remove project={project} onClose={close} /> : null}
    </>
  )
}

function whyNot({ deletedAt, roles }: AttendanceProject): 'projectDeleted' | 'notOwner' | null {
  if (deletedAt !== null) return 'projectDeleted'
  return roles.includes('owner') ? null : 'notOwner'
}

interface Asked {
  readonly project: AttendanceProject
  readonly onClose: () => void
}

function SetKeeper({ project: { projectId }, onClose }: Asked) {
  const { t } = useTranslation()
  const set = useWrite('attendance.setKeeper', { onSuccess: onClose })
  return (
    <PersonSheet
      title={t('attendance.projects.setKeeper')}
      text={t('attendance.projects.setKeeperText')}
      busy={set.isPending}
      error={set.error}
      onSure={({ phone: keeper, name: keeperName }) => set.mutate({ projectId, keeper, keeperName })}
      onClose={onClose}
    />
  )
}

function Remove({ project, onClose }: Asked) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const remove = useWrite('attendance.deleteProject', { onSuccess: () => void navigate(projectsPath()) })
  return (
    <Sheet
      title={t('attendance.projects.remove')}
      facts={[
        { label: t('attendance.project'), value: project.projectName },
        { label: t('attendance.projects.open'), value: <Figure value={project.open} /> },
        { label: t('attendance.projects.pending'), value: <Figure value={project.pending} /> },
        { label: t('attendance.projects.corrections'), value: <Figure value={project.corrections} /> },
      ]}
      text={t('attendance.projects.removeText')}
      action={t('attendance.projects.remove')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onSure={() => remove.mutate({ projectId: project.projectId })}
      onClose={onClose}
    />
  )
}
