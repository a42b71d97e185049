import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/contract/define.ts'
import { useMay } from '../../app/site.tsx'

/** Why this operator may not; null: may. The core decides, this only says it beforehand. */
export function useWhyNot(...roles: readonly Exclude<Role, 'admin'>[]): string | null {
  const { t } = useTranslation()
  const may = useMay(...roles)
  const names = roles.map((role) => t(`common.role.${role}`)).join(' / ')
  return may ? null : t('common.disabled.role', { roles: names })
}
