import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { FileFields } from './FileFields.tsx'
import { LONG_MS } from './rows.ts'

/** First run on another computer: goes on with a site file or a backup; only while no operator exists. */
export function RestorePanel() {
  const { t } = useTranslation()
  const adopt = useWrite('backups.adopt', { timeoutMs: LONG_MS })
  if (adopt.data)
    return (
      <Notice tone="good">{t(adopt.data.restarting ? 'backups.adopting' : 'backups.atNextStart')}</Notice>
    )
  return (
    <div className="sd-stack">
      <p className="sd-quiet">{t('backups.adoptPurpose')}</p>
      <FileFields
        busy={adopt.isPending}
        verb={t('backups.action.adopt')}
        onUse={({ path, passphrase }) => adopt.mutate({ path, passphrase })}
      />
      {adopt.error ? <ErrorState error={adopt.error} /> : null}
    </div>
  )
}
