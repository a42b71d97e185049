import { formatYuan } from './money.ts'

/** What is watched; one small rule each (features §3.11). */
export const ALARM_RULES = [
  'lowBalance',
  'meterSilent',
  'lowBattery',
  'cameraFailed',
  'portBroken',
  'clockLost',
  'zombieOrder',
  'noPrice',
  'syncStale',
  'rechargeUnsettled',
  'lanDown',
  'diskFull',
  'backupFailed',
  'storeDamaged',
  'clockSkew',
] as const
export type AlarmRule = (typeof ALARM_RULES)[number]

/** From what can wait to what cannot. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const ALARM_STATES = ['raised', 'acknowledged', 'cleared'] as const
export type AlarmState = (typeof ALARM_STATES)[number]

export const ALARM_CHANNELS = ['webhook', 'wecom'] as const
export type AlarmChannel = (typeof ALARM_CHANNELS)[number]

export const atLeast = (severity: Severity, from: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(from)

/** What the second level of a rule is. */
export const worseThan = (severity: Severity): Severity => (severity === 'info' ? 'warning' : 'critical')

/** What a rule's figure counts; null: it holds or it does not, there is nothing to set. */
export type AlarmUnit = 'fen' | 'hours' | 'minutes' | 'seconds' | 'percent' | 'mebibytes' | 'times'

export interface Measure {
  readonly unit: AlarmUnit | null
  /** the alarm is raised on this side of the level */
  readonly side: 'above' | 'below'
  /** has a second level, further out, which is more severe */
  readonly two: boolean
  /** what the levels may be */
  readonly least: number
  readonly most: number
}

const holds: Measure = { unit: null, side: 'above', two: false, least: 1, most: 1 }
const above = (unit: AlarmUnit, least: number, most: number, two = false): Measure => ({
  unit,
  side: 'above',
  two,
  least,
  most,
})

export const MEASURES: Readonly<Record<AlarmRule, Measure>> = {
  lowBalance: { unit: 'fen', side: 'below', two: true, least: -10_000_000, most: 10_000_000 },
  meterSilent: above('hours', 1, 8760),
  lowBattery: { unit: 'percent', side: 'below', two: false, least: 1, most: 100 },
  cameraFailed: above('times', 1, 100),
  portBroken: holds,
  clockLost: above('seconds', 60, 31_536_000),
  zombieOrder: above('minutes', 1, 100_000),
  noPrice: holds,
  syncStale: above('hours', 1, 8760, true),
  rechargeUnsettled: above('minutes', 1, 100_000),
  lanDown: holds,
  diskFull: { unit: 'mebibytes', side: 'below', two: true, least: 1, most: 10_000_000 },
  backupFailed: holds,
  storeDamaged: holds,
  clockSkew: above('seconds', 1, 86_400),
}

/** A figure as text in the unit of its rule, for other programs: fen as yuan; null where there is nothing to say. */
export function figureText(rule: AlarmRule, value: number | null): string | null {
  const { unit } = MEASURES[rule]
  if (value === null || unit === null) return null
  return unit === 'fen' ? formatYuan(value) : String(value)
}

/** What a figure is said in: nobody counts a week in seconds. */
export type ShownUnit = AlarmUnit | 'days' | 'gibibytes'

interface Step {
  readonly unit: ShownUnit
  /** from so many of the smaller unit on the larger one is said, and how many make one of it */
  readonly from: number
  readonly each: number
}

const LARGER: Readonly<Partial<Record<ShownUnit, Step>>> = {
  seconds: { unit: 'minutes', from: 120, each: 60 },
  minutes: { unit: 'hours', from: 120, each: 60 },
  hours: { unit: 'days', from: 96, each: 24 },
  mebibytes: { unit: 'gibibytes', from: 1024, each: 1024 },
}

/** The same for people, in the unit that fits it, to one decimal. */
export function shownFigure(
  rule: AlarmRule,
  value: number | null,
): { readonly text: string; readonly unit: ShownUnit } | null {
  const { unit } = MEASURES[rule]
  if (value === null || unit === null) return null
  if (unit === 'fen') return { text: formatYuan(value), unit }
  let shown: { unit: ShownUnit; value: number } = { unit, value }
  for (let step = LARGER[unit]; step && Math.abs(shown.value) >= step.from; step = LARGER[step.unit])
    shown = { unit: step.unit, value: shown.value / step.each }
  return { text: String(Math.round(shown.value * 10) / 10), unit: shown.unit }
}
