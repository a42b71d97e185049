import type { Input } from '#shared/contract/index.ts'
import { MOST_DAYS, RETENTION_KINDS, type RetentionKind } from '#shared/retention.ts'
import type { SettingField } from '../settings/fields.ts'

export type TriedRules = NonNullable<Input<'retention.preview'>['rules']>

/** Counting many years of readings takes its time. */
export const LONG_MS = 900_000

const fieldOf = (kind: RetentionKind): SettingField => ({
  kind: 'number',
  path: pathOf(kind),
  label: `retention.kind.${kind}`,
  hint: `retention.hint.${kind}`,
  min: 0,
  max: MOST_DAYS,
  unit: 'settings.unit.days',
})

const pathOf = (kind: RetentionKind) => `retention.${kind}.keepDays`

export const FIELDS = RETENTION_KINDS.map(fieldOf)

/** The rules as they stand on the screen, saved or not; an emptied field is the default again. */
export function triedRules(get: (path: string) => unknown): TriedRules {
  const rules = RETENTION_KINDS.map((kind) => [kind, get(pathOf(kind))] as const)
  return Object.fromEntries(
    rules.filter(([, days]) => typeof days === 'number').map(([kind, keepDays]) => [kind, { keepDays }]),
  )
}
