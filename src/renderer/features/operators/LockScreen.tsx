import { useTranslation } from 'react-i18next'
import { useSite } from '../../app/site.tsx'
import { SignInForm } from './SignInForm.tsx'

/** Over the page that stays as it is; the same operator goes on, another one starts afresh. */
export function LockScreen() {
  const { t } = useTranslation()
  const { hello } = useSite()
  const name = hello.operator?.name ?? ''
  return (
    <div className="sd-door" role="dialog" aria-modal="true" aria-label={t('operators.signIn.locked')}>
      <section className="sd-door-card">
        <h1>{t('operators.signIn.locked')}</h1>
        <p className="sd-quiet">{t('operators.signIn.lockedHint', { name })}</p>
        <SignInForm names={hello.names} name={name} verb={t('operators.signIn.unlock')} />
      </section>
    </div>
  )
}
