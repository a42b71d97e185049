import { useTranslation } from 'react-i18next'
import { useSite } from './site.tsx'

/** Why a value cannot be changed here: the configuration file says it, or the demo site, which has no file. */
export function useFixedText(): string {
  const { t } = useTranslation()
  return useSite().hello.demo ? t('common.disabled.fixedByDemo') : t('common.disabled.fixed')
}
