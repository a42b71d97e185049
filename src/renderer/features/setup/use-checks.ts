import { useRead } from '../../api/queries.ts'
import { checksOf, type Check } from './checklist.ts'

/** null: not all known yet, or not the business of this operator. */
export function useChecks(enabled: boolean): Readonly<Record<Check, boolean>> | null {
  const settings = useRead('settings.get', {}, { enabled })
  const status = useRead('system.status', {}, { enabled })
  const operators = useRead('operators.list', { limit: 1 }, { enabled })
  if (!enabled || !settings.data || !status.data || !operators.data) return null
  return checksOf({ settings: settings.data, status: status.data, operators: operators.data.total })
}
