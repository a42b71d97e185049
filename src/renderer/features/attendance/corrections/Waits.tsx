import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AttendanceCorrection } from '#shared/contract/attendance.ts'
import { ageOf } from '../../../app/format.ts'

/** How long something has waited, in its largest whole unit; under a minute is a minute. */
export function waited(t: TFunction, ms: number): string {
  const { unit, n } = ageOf(0, ms)
  if (unit === 'hours' || unit === 'days') return t(`attendance.corrections.age.${unit}`, { n })
  return t('attendance.corrections.age.minutes', { n: unit === 'minutes' ? n : 1 })
}

/** Who has to answer, and for how long they have been waited for. */
export function Waits({ correction }: { correction: AttendanceCorrection }) {
  const { t } = useTranslation()
  const { waitsFor, waitingMs } = correction
  if (waitsFor === null || waitingMs === null) return null
  return (
    <strong>
      {t('attendance.corrections.waitingFor', {
        side: t(`attendance.sideName.${waitsFor.side}`),
        name: waitsFor.name,
        age: waited(t, waitingMs),
      })}
    </strong>
  )
}
