import type { SettingField } from '../settings/fields.ts'

const NAME_ORDERS = ['any', 'sorted', 'timestampLast'] as const
const ENCODINGS = ['any', 'hex', 'raw'] as const

/** Who is let in, and how much of it. */
export const ACCEPTING: readonly SettingField[] = [
  {
    kind: 'select',
    path: 'lan.signature.order',
    label: 'lan.rules.order',
    options: NAME_ORDERS.map((value) => ({ value, label: `lan.rules.orderOf.${value}` as const })),
  },
  {
    kind: 'select',
    path: 'lan.signature.encoding',
    label: 'lan.rules.encoding',
    options: ENCODINGS.map((value) => ({ value, label: `lan.rules.encodingOf.${value}` as const })),
  },
  {
    kind: 'number',
    path: 'lan.timestampToleranceS',
    label: 'lan.rules.tolerance',
    hint: 'lan.rules.toleranceHint',
    min: 0,
    max: 86_400,
    unit: 'lan.rules.seconds',
  },
  {
    kind: 'number',
    path: 'lan.perAddressPerSecond',
    label: 'lan.rules.perAddress',
    hint: 'lan.rules.perAddressHint',
    min: 0,
    max: 10_000,
  },
  {
    kind: 'list',
    path: 'lan.sources',
    label: 'lan.rules.sources',
    hint: 'lan.rules.sourcesHint',
  },
  {
    kind: 'switch',
    path: 'lan.requireSession',
    label: 'lan.rules.requireSession',
    hint: 'lan.rules.requireSessionHint',
  },
  {
    kind: 'number',
    path: 'lan.sessionHours',
    label: 'lan.rules.sessionHours',
    hint: 'lan.rules.sessionHoursHint',
    min: 1,
    max: 8760,
    unit: 'lan.rules.hours',
  },
  {
    kind: 'number',
    path: 'lan.failedSessionsPerMinute',
    label: 'lan.rules.failedSessions',
    hint: 'lan.rules.failedSessionsHint',
    min: 0,
    max: 10_000,
  },
]

/** Where the document can be read in two ways (U-10, U-11, U-18). */
export const ANSWERING: readonly SettingField[] = [
  {
    kind: 'switch',
    path: 'lan.strictPaging',
    label: 'lan.rules.strictPaging',
    hint: 'lan.rules.strictPagingHint',
  },
  {
    kind: 'select',
    path: 'lan.systemTimeFormat',
    label: 'lan.rules.systemTime',
    hint: 'lan.rules.systemTimeHint',
    options: (['ymd', 'ydm'] as const).map((value) => ({
      value,
      label: `lan.rules.systemTimeOf.${value}` as const,
    })),
  },
  {
    kind: 'select',
    path: 'lan.missingTime',
    label: 'lan.rules.missingTime',
    hint: 'lan.rules.missingTimeHint',
    options: (['empty', 'null'] as const).map((value) => ({
      value,
      label: `lan.rules.missingTimeOf.${value}` as const,
    })),
  },
]

/** What orders, coins and ports go by. */
export const TRADING: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'lan.coinFen',
    label: 'lan.rules.coinFen',
    min: 1,
    max: 100_000,
    unit: 'settings.unit.fen',
  },
  {
    kind: 'number',
    path: 'lan.mostCoins',
    label: 'lan.rules.mostCoins',
    min: 1,
    max: 1_000_000,
    unit: 'lan.rules.coins',
  },
  {
    kind: 'number',
    path: 'lan.cancelWithinS',
    label: 'lan.rules.cancelWithin',
    hint: 'lan.rules.cancelWithinHint',
    min: 0,
    max: 86_400,
    unit: 'lan.rules.seconds',
  },
  {
    kind: 'number',
    path: 'lan.paymentMinutes',
    label: 'lan.rules.paymentMinutes',
    hint: 'lan.rules.paymentMinutesHint',
    min: 1,
    max: 1440,
    unit: 'settings.unit.minutes',
  },
  {
    kind: 'number',
    path: 'lan.portReportS',
    label: 'lan.rules.portReport',
    hint: 'lan.rules.portReportHint',
    min: 0,
    max: 3600,
    unit: 'lan.rules.seconds',
  },
  {
    kind: 'number',
    path: 'lan.cashOutServiceBp',
    label: 'lan.rules.cashOutService',
    hint: 'lan.rules.cashOutServiceHint',
    min: 0,
    max: 10_000,
    unit: 'lan.rules.basisPoints',
  },
]
