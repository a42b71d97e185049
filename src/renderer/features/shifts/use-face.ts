import { useTranslation } from 'react-i18next'

/** `100 元`, `5 角`: how a kind of cash is called. */
export function useFace() {
  const { t } = useTranslation()
  return (kindFen: number) =>
    kindFen >= 100
      ? t('shifts.count.note', { n: kindFen / 100 })
      : t('shifts.count.jiao', { n: kindFen / 10 })
}
