import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, type Language } from '../../app/i18n/index.ts'
import { RestorePanel } from '../backups/RestorePanel.tsx'
import { CreateAdministrator } from '../operators/CreateAdministrator.tsx'
import { PracticeButton } from './Practice.tsx'

const WAYS = ['fresh', 'move'] as const
type Way = (typeof WAYS)[number]

/** A site of its own, the site of another computer, or only a look. */
export function Begin() {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('fresh')
  return (
    <>
      <div className="sd-stack">
        <LanguageChoice />
        <Segmented<Way>
          block
          name="way"
          aria-label={t('setup.begin.title')}
          value={way}
          onChange={setWay}
          options={WAYS.map((value) => ({ value, label: t(`setup.begin.${value}`) }))}
        />
        {way === 'fresh' ? <CreateAdministrator /> : <Move />}
      </div>
      <p className="sd-quiet setup-other">{t('setup.look')}</p>
      <PracticeButton />
    </>
  )
}

/** Changes the page at once. */
function LanguageChoice() {
  const { t, i18n } = useTranslation()
  return (
    <Segmented<Language>
      className="setup-language"
      name="language"
      aria-label={t('shell.language')}
      value={i18n.language === 'en' ? 'en' : 'zh-CN'}
      onChange={(language) => void chooseLanguage(language)}
      options={LANGUAGES.map((value) => ({ value, label: t(`shell.languageName.${value}`) }))}
    />
  )
}

/** What is done at the other computer first, and the file of it. */
function Move() {
  const { t } = useTranslation()
  return (
    <>
      <ol className="setup-moves">
        {(['export', 'carry', 'open', 'stop'] as const).map((step) => (
          <li key={step}>{t(`setup.move.${step}`)}</li>
        ))}
      </ol>
      <RestorePanel />
    </>
  )
}
