import { useTranslation } from 'react-i18next'
import { SitedeskError } from '#shared/errors.ts'
import { ErrorState } from '../../ui/states.tsx'

/** What went wrong with a decision: in the words of the rule that refused it, where one did. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const text = ruleText(error)
  if (!error) return null
  if (text === null) return <ErrorState error={error} brief />
  return (
    <div className="sd-message" data-tone="bad" role="alert">
      <strong>{t('charging.rule', { text })}</strong>
      <span>{t('errors.NOT_ALLOWED_NOW.todo')}</span>
    </div>
  )
}

function ruleText(error: unknown): string | null {
  const data = error instanceof SitedeskError ? (error.data as { text?: unknown } | undefined) : undefined
  return typeof data?.text === 'string' ? data.text : null
}
