import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/site.tsx'

/** Who may decide about readings, and why somebody may not. */
export function useMayDecide(): { may: boolean; reason: string | null } {
  const { t } = useTranslation()
  const may = useMay('meters', 'supervisor')
  const roles = `${t('common.role.meters')}, ${t('common.role.supervisor')}`
  return { may, reason: may ? null : t('common.disabled.role', { roles }) }
}
