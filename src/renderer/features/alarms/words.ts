import type { TFunction } from 'i18next'
import { ALARM_RULES, SEVERITIES, shownFigure, type AlarmRule, type Severity } from '#shared/alarms.ts'
import { VENDOR_NAMES, VENDORS, vendorOf } from '#shared/alarm-words.ts'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import type { Tone } from '../../ui/figures.tsx'

export const SEVERITY_TONE: Readonly<Record<Severity, Tone>> = {
  info: 'neutral',
  warning: 'attention',
  critical: 'bad',
}
export const STATE_TONE: Readonly<Record<AlarmRow['state'], Tone>> = {
  raised: 'attention',
  acknowledged: 'neutral',
  cleared: 'good',
}

/** `12.50 元`; empty where the rule has no figure. */
export function figureOf(t: TFunction, rule: AlarmRule, value: number | null): string {
  const figure = shownFigure(rule, value)
  return figure === null ? '' : `${figure.text} ${t(`alarms.unit.${figure.unit}`)}`
}

/** What it is about: a place or a thing, or how many of them. */
export const aboutOf = (t: TFunction, row: Pick<AlarmRow, 'members' | 'rule' | 'name'>) =>
  row.members > 0 ? t('alarms.digest', { n: row.members }) : nameOf(t, row)

export function nameOf(t: TFunction, row: Pick<AlarmRow, 'rule' | 'name'>): string {
  const vendor = vendorOf(row)
  return vendor === null ? row.name : t(`common.source.${vendor}`)
}

/** For a file: what `nameOf` makes of the names of vendors. */
export const vendorWords = (t: TFunction) =>
  Object.fromEntries(VENDORS.map((source) => [VENDOR_NAMES[source], t(`common.source.${source}`)]))

export const ruleOptions = (t: TFunction) =>
  ALARM_RULES.map((rule) => ({ value: rule, label: t(`alarms.rule.${rule}`) }))

export const severityOptions = (t: TFunction) =>
  SEVERITIES.toReversed().map((value) => ({ value, label: t(`alarms.severity.${value}`) }))

export const wordsOf = <K extends string>(keys: readonly K[], word: (key: K) => string) =>
  Object.fromEntries(keys.map((key) => [key, word(key)]))
