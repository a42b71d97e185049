import { useTranslation } from 'react-i18next'
import { SitedeskError } from '#shared/errors.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { ErrorState } from '../../ui/states.tsx'

/** The rule that refused, by its stable name; null: something else went wrong. */
export function reasonOf(error: unknown): string | null {
  const data = error instanceof SitedeskError ? (error.data as { reason?: unknown } | undefined) : undefined
  return typeof data?.reason === 'string' ? data.reason : null
}

/** What went wrong with a decision, in the words of the rule that refused it (R-50 … R-65). */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const code = useCodeText()
  if (!error) return null
  const reason = reasonOf(error)
  if (reason === null) return <ErrorState error={error} brief />
  return (
    <div className="sd-message" data-tone="bad" role="alert">
      <strong>{t('attendance.refused', { text: code('attendance.reason', reason) })}</strong>
    </div>
  )
}
