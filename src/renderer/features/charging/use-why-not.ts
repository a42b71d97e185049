import { useTranslation } from 'react-i18next'
import type { OperationName } from '#shared/contract/index.ts'
import type { Role } from '#shared/contract/define.ts'
import { useMay, useWithheld } from '../../app/site.tsx'

/** Why this operator may not; null: may. The core decides, this only says it beforehand. */
export function useWhyNot(
  operation: OperationName,
  ...roles: readonly Exclude<Role, 'admin'>[]
): string | null {
  const { t } = useTranslation()
  const may = useMay(...roles)
  const withheld = useWithheld(operation)
  const names = roles.map((role) => t(`common.role.${role}`)).join(' / ')
  return may ? withheld : t('common.disabled.role', { roles: names })
}
