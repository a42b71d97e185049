import type { RuleValues } from '#shared/contract/alarms.ts'
import type { AlarmUnit } from '#shared/alarms.ts'
import type { RuleRow } from './RulesPage.tsx'

export type Draft = Required<RuleValues>

export const draftOf = ({ enabled, severity, level, level2, hysteresis, delayMinutes }: RuleRow): Draft => ({
  enabled,
  severity,
  level,
  level2,
  hysteresis,
  delayMinutes,
})

/** Only what is other than what holds. */
export function changesOf(row: RuleRow, draft: Draft): RuleValues {
  const before = draftOf(row)
  return Object.fromEntries(
    Object.entries(draft).filter(([key, value]) => before[key as keyof Draft] !== value),
  )
}

/** People type yuan; everything else as it is counted. */
export const shownAs = (unit: AlarmUnit | null, value: number) => (unit === 'fen' ? value / 100 : value)
export const typedAs = (unit: AlarmUnit | null, value: number) =>
  Math.round(unit === 'fen' ? value * 100 : value)

/** The second level lies beyond the first. */
export const isOrdered = ({ two, side }: RuleRow, { level, level2 }: Draft) =>
  !two || (side === 'above' ? level2 > level : level2 < level)
