import { useTranslation } from 'react-i18next'
import { CHARGING_RULES } from '#shared/charging-rules.ts'
import { SitedeskError } from '#shared/errors.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { ErrorState } from '../../ui/states.tsx'

/** What went wrong with a decision: in the words of the rule that refused it, where one did. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const text = useRuleText()(error)
  if (!error) return null
  if (text === null) return <ErrorState error={error} brief />
  return (
    <div className="sd-message" data-tone="bad" role="alert">
      <strong>{t('charging.rule', { text })}</strong>
      <span>{t('errors.NOT_ALLOWED_NOW.todo')}</span>
    </div>
  )
}

const RULES: ReadonlySet<unknown> = new Set(CHARGING_RULES)

function useRuleText(): (error: unknown) => string | null {
  const say = useCodeText()
  return (error) => {
    const data = error instanceof SitedeskError ? (error.data as Record<string, unknown> | undefined) : null
    if (RULES.has(data?.['reason'])) return say('chargingRule', String(data?.['reason']), data ?? {})
    return typeof data?.['text'] === 'string' ? data['text'] : null
  }
}
