import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../../app/title.ts'
import { useSite } from '../../app/site.tsx'
import { SignInForm } from './SignInForm.tsx'
import { DoorCorner } from './DoorCorner.tsx'

export function SignInScreen() {
  const { t } = useTranslation()
  const { hello } = useSite()
  usePageTitle(t('operators.signIn.title'))
  return (
    <main className="sd-door">
      <DoorCorner />
      <section className="sd-door-card">
        <h1>{hello.siteName || t('common.app')}</h1>
        <SignInForm names={hello.names} name={readLast(hello.names)} verb={t('operators.signIn.submit')} />
        <p className="sd-quiet sd-door-foot">
          {t('common.app')} {hello.version}
        </p>
      </section>
    </main>
  )
}

const readLast = (names: readonly string[]) => (names.length === 1 ? (names[0] ?? '') : '')
