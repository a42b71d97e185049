import { useTranslation } from 'react-i18next'
import { NONE } from '../../app/format.ts'
import { clockHours, decimalHours } from '#shared/hours.ts'

/** `7:30`, and `7.50 h` quietly beside it; `short` keeps the decimals for the hover. */
export function Hours({ minutes, short = false }: { minutes: number | null; short?: boolean }) {
  const { t } = useTranslation()
  if (minutes === null) return <span className="sd-figure">{NONE}</span>
  const decimal = t('attendance.hoursUnit', { hours: decimalHours(minutes) })
  if (short)
    return (
      <span className="sd-figure" title={decimal}>
        {clockHours(minutes)}
      </span>
    )
  return (
    <span className="sd-figure">
      {clockHours(minutes)} <span className="sd-quiet">{decimal}</span>
    </span>
  )
}
