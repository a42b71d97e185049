import { useTranslation } from 'react-i18next'
import type { AttendanceRecord } from '#shared/contract/attendance.ts'
import { useFormat } from '../../app/site.tsx'
import { clockOf, daysOver } from './span.ts'

interface Times {
  readonly checkInAt: number
  readonly checkOutAt: number | null
  /** of a record: only a confirmed one runs on */
  readonly state?: AttendanceRecord['state']
}

/** `03-01 22:00 – 次日 06:00`: the day it began, the end said as what it is. */
export function useSpanText() {
  const { t } = useTranslation()
  const format = useFormat()
  const end = ({ checkInAt, checkOutAt, state = 'confirmed' }: Times): string => {
    if (checkOutAt === null) return state === 'confirmed' ? t('attendance.until') : ''
    const time = clockOf(checkOutAt, format.zone)
    const over = daysOver(checkInAt, checkOutAt, format.zone)
    if (over === 0) return time
    return over === 1 ? t('attendance.nextDay', { time }) : t('attendance.laterDay', { n: over + 1, time })
  }
  return {
    end,
    /** from the clock alone where the day stands elsewhere */
    clock: (of: Times) => joined(clockOf(of.checkInAt, format.zone), end(of)),
    whole: (of: Times) => joined(format.time(of.checkInAt), end(of)),
  }
}

const joined = (from: string, to: string) => (to === '' ? from : `${from} – ${to}`)

export function ShiftSpan({ of }: { of: Times }) {
  const { whole } = useSpanText()
  return <span className="sd-figure">{whole(of)}</span>
}
