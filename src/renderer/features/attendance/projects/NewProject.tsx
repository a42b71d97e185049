import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../../api/queries.ts'
import { Sheet } from '../Sheet.tsx'
import { TextField } from '../../../ui/TextField.tsx'

export function NewProject(props: {
  open: boolean
  onDone: (projectId: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const create = useWrite('attendance.newProject', { onSuccess: ({ projectId }) => props.onDone(projectId) })
  return (
    <Sheet
      title={props.open ? t('attendance.projects.create') : null}
      text={t('attendance.projects.createText')}
      action={t('common.action.create')}
      blocked={name.trim() === ''}
      busy={create.isPending}
      error={create.error}
      onSure={() => create.mutate({ projectName: name.trim() })}
      onClose={() => {
        create.reset()
        props.onClose()
      }}
    >
      <TextField label={t('attendance.project')} value={name} onChange={setName} first />
    </Sheet>
  )
}
