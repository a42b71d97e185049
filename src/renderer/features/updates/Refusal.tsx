import { useTranslation } from 'react-i18next'
import type { UpdateBlocker } from '#shared/contract/updates.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'

/** What is under way, in words. */
export function useBlockerNames(): (blockers: readonly UpdateBlocker[]) => string {
  const { t } = useTranslation()
  return (blockers) => blockers.map((one) => t(`updates.blocker.${one}`)).join('、')
}

/** Why something did not begin; what began between the look and the click is known to the program alone. */
export function Refusal({ error, waits }: { error: unknown; waits: (list: string) => string }) {
  const names = useBlockerNames()
  if (!error) return null
  const { code, data } = error as { code?: unknown; data?: { blockers?: UpdateBlocker[] } }
  if (code !== 'NOT_ALLOWED_NOW' || !data?.blockers) return <ErrorState error={error} />
  return (
    <Notice>
      <strong>{waits(names(data.blockers))}</strong>
    </Notice>
  )
}
