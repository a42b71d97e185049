import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { Reading } from '../../ui/states.tsx'
import { Rules } from './Rules.tsx'
import { Shrink } from './Shrink.tsx'
import { Space } from './Space.tsx'
import './retention.css'

/** What the data takes on the disk, how long each kind is kept, and what a rule would take away. */
export function RetentionPage() {
  const { t } = useTranslation()
  const settings = useRead('settings.get', {})
  return (
    <DeskPage title={t('retention.title')} purpose={t('retention.purpose')}>
      <Reading read={settings} lines={8}>
        {(data) => <Rules data={data} />}
      </Reading>
      <Space />
      <Shrink />
    </DeskPage>
  )
}
