import { useTranslation } from 'react-i18next'
import type { AttendanceRecord } from '#shared/contract/attendance.ts'
import { State, type Tone } from '../../ui/figures.tsx'

type Stated = Pick<AttendanceRecord, 'state' | 'late' | 'forgotten'>

const TONES: Readonly<Record<AttendanceRecord['state'], Tone>> = {
  pending: 'attention',
  confirmed: 'good',
  closed: 'neutral',
  rejected: 'neutral',
  cancelled: 'neutral',
}

/** Loud only where a person is needed: nobody answered, nobody ended it. */
export const toneOf = ({ state, late, forgotten }: Stated): Tone => (late || forgotten ? 'bad' : TONES[state])

export function RecordState({ of }: { of: Stated }) {
  const { t } = useTranslation()
  const word = of.forgotten
    ? t('attendance.forgotten')
    : of.late
      ? t('attendance.late')
      : t(`attendance.stateName.${of.state}`)
  return <State tone={toneOf(of)}>{word}</State>
}
