import { useTranslation } from 'react-i18next'

const REASONS = ['noPrinter', 'cancelled', 'failed', 'notReported', 'noReceipt'] as const

/** Why a print did not come out; a reason another program wrote is shown as it is. */
export function useFailureText() {
  const { t } = useTranslation()
  return (reason: string | null): string => {
    if (reason === null) return ''
    const known = REASONS.find((one) => one === reason)
    return known ? t(`recharge.print.reason.${known}`) : reason
  }
}
