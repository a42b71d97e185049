import { useTranslation } from 'react-i18next'
import type { Mode } from '../../../app/theme.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Side } from './Side.tsx'
import './style.css'

const MODES: readonly Mode[] = ['light', 'dark']

/** The house style on one page: the templates and every state, light and dark side by side. */
export function StylePage() {
  const { t } = useTranslation()
  return (
    <div className="sd-page">
      <PageHead title={t('style.title')} purpose={t('style.purpose')} />
      <div className="sd-sides">
        {MODES.map((mode) => (
          <Side key={mode} mode={mode} />
        ))}
      </div>
    </div>
  )
}
