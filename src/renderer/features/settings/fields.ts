import type { Output } from '#shared/contract/index.ts'
import type { TextKey } from '../../app/i18n/key.ts'

export type SettingsData = Output<'settings.get'>

interface Base {
  /** `upstreams.imr.baseUrl` */
  readonly path: string
  readonly label: TextKey
  readonly hint?: TextKey
}
export type SettingField =
  | (Base & { readonly kind: 'text'; readonly maxLength?: number })
  | (Base & { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unit?: TextKey })
  | (Base & { readonly kind: 'switch' })
  | (Base & {
      readonly kind: 'select'
      readonly options: readonly { value: string; label: TextKey | null }[]
    })
  | (Base & { readonly kind: 'secret' })
  /** words between commas */
  | (Base & { readonly kind: 'list' })

export const SITE: readonly SettingField[] = [
  { kind: 'text', path: 'siteName', label: 'settings.site.name', maxLength: 80 },
  { kind: 'text', path: 'zone', label: 'settings.site.zone', hint: 'settings.site.zoneHint', maxLength: 6 },
]

export const IMR: readonly SettingField[] = [
  {
    kind: 'text',
    path: 'upstreams.imr.baseUrl',
    label: 'settings.imr.baseUrl',
    hint: 'settings.imr.baseUrlHint',
  },
  { kind: 'text', path: 'upstreams.imr.account', label: 'settings.imr.account' },
  { kind: 'secret', path: 'upstreams.imr.password', label: 'settings.imr.password' },
]

export const IMR_ADVANCED: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'upstreams.imr.minIntervalMs',
    label: 'settings.imr.minIntervalMs',
    hint: 'settings.imr.minIntervalHint',
    min: 0,
    max: 60_000,
    unit: 'settings.unit.ms',
  },
  {
    kind: 'select',
    path: 'upstreams.imr.bodyEncoding',
    label: 'settings.imr.bodyEncoding',
    options: [
      { value: 'json', label: null },
      { value: 'form', label: null },
    ],
  },
  {
    kind: 'select',
    path: 'upstreams.imr.limiterScope',
    label: 'settings.imr.limiterScope',
    options: [
      { value: 'endpoint', label: 'settings.imr.scope.endpoint' },
      { value: 'account', label: 'settings.imr.scope.account' },
    ],
  },
  { kind: 'text', path: 'upstreams.imr.dailyTypeCode', label: 'settings.imr.dailyTypeCode', maxLength: 10 },
]

export const CAMPUS: readonly SettingField[] = [
  {
    kind: 'text',
    path: 'upstreams.campus.baseUrl',
    label: 'settings.imr.baseUrl',
    hint: 'settings.campus.baseUrlHint',
  },
  { kind: 'text', path: 'upstreams.campus.account', label: 'settings.imr.account' },
  { kind: 'secret', path: 'upstreams.campus.password', label: 'settings.imr.password' },
]

export const CAMPUS_ADVANCED: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'upstreams.campus.rechargeType',
    label: 'settings.campus.rechargeType',
    hint: 'settings.campus.rechargeTypeHint',
    min: 1,
    max: 99,
    unit: 'settings.unit.code',
  },
  {
    kind: 'text',
    path: 'upstreams.campus.orderPrefix',
    label: 'settings.campus.orderPrefix',
    hint: 'settings.campus.orderPrefixHint',
    maxLength: 3,
  },
  {
    kind: 'number',
    path: 'upstreams.campus.minIntervalMs',
    label: 'settings.imr.minIntervalMs',
    hint: 'settings.campus.minIntervalHint',
    min: 0,
    max: 60_000,
    unit: 'settings.unit.ms',
  },
]

const AUTH = 'upstreams.water.auth'
const AUTH_KINDS = ['none', 'bearer', 'basic', 'header', 'query'] as const

/** What each way of W-02 needs beside its kind. */
const AUTH_FIELDS: Readonly<Record<string, readonly SettingField[]>> = {
  bearer: [{ kind: 'secret', path: `${AUTH}.token`, label: 'settings.water.secret' }],
  basic: [
    { kind: 'text', path: `${AUTH}.user`, label: 'settings.water.user' },
    { kind: 'secret', path: `${AUTH}.password`, label: 'settings.imr.password' },
  ],
  header: named('settings.water.nameHint'),
  query: named('settings.water.nameHint'),
}

function named(hint: TextKey): readonly SettingField[] {
  return [
    { kind: 'text', path: `${AUTH}.name`, label: 'settings.water.name', hint },
    { kind: 'secret', path: `${AUTH}.value`, label: 'settings.water.secret' },
  ]
}

/** The water system's settings; `auth`: the way chosen on the screen. */
export const waterFields = (auth: unknown): readonly SettingField[] => [
  {
    kind: 'text',
    path: 'upstreams.water.baseUrl',
    label: 'settings.imr.baseUrl',
    hint: 'settings.water.baseUrlHint',
  },
  {
    kind: 'select',
    path: `${AUTH}.kind`,
    label: 'settings.water.auth',
    hint: 'settings.water.authHint',
    options: AUTH_KINDS.map((kind) => ({ value: kind, label: `settings.water.authKind.${kind}` as const })),
  },
  ...(AUTH_FIELDS[String(auth)] ?? []),
]

export const WATER_ADVANCED: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'upstreams.water.pageSize',
    label: 'settings.water.pageSize',
    hint: 'settings.water.pageSizeHint',
    min: 1,
    max: 1000,
  },
  {
    kind: 'number',
    path: 'upstreams.water.minIntervalMs',
    label: 'settings.imr.minIntervalMs',
    hint: 'settings.water.minIntervalHint',
    min: 0,
    max: 60_000,
    unit: 'settings.unit.ms',
  },
  {
    kind: 'list',
    path: 'upstreams.water.imageHosts',
    label: 'settings.water.imageHosts',
    hint: 'settings.water.imageHostsHint',
  },
  {
    kind: 'list',
    path: 'upstreams.water.collectors',
    label: 'settings.water.collectors',
    hint: 'settings.water.collectorsHint',
  },
]

export const SYNC: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'sync.everyMinutes',
    label: 'settings.sync.everyMinutes',
    hint: 'settings.sync.everyHint',
    min: 0,
    max: 10_080,
    unit: 'settings.unit.minutes',
  },
  {
    kind: 'number',
    path: 'sync.historyDays',
    label: 'settings.sync.historyDays',
    min: 1,
    max: 3660,
    unit: 'settings.unit.days',
  },
  {
    kind: 'number',
    path: 'sync.rereadDays',
    label: 'settings.sync.rereadDays',
    hint: 'settings.sync.rereadHint',
    min: 0,
    max: 60,
    unit: 'settings.unit.days',
  },
]

const longest = (path: string, label: TextKey, min: number, max: number): SettingField => ({
  kind: 'number',
  path,
  label,
  min,
  max,
  unit: 'settings.unit.ms',
})

export const BLUETOOTH: readonly SettingField[] = [
  {
    kind: 'text',
    path: 'bluetooth.adapter',
    label: 'chargers.settings.adapter',
    hint: 'chargers.settings.adapterHint',
    maxLength: 200,
  },
  {
    kind: 'number',
    path: 'bluetooth.clockToleranceS',
    label: 'chargers.settings.clockToleranceS',
    min: 1,
    max: 3600,
    unit: 'chargers.settings.seconds',
  },
  {
    kind: 'number',
    path: 'bluetooth.installerMinutes',
    label: 'chargers.settings.installerMinutes',
    hint: 'chargers.settings.installerHint',
    min: 1,
    max: 60,
    unit: 'chargers.settings.minutes',
  },
]

export const BLUETOOTH_ADVANCED: readonly SettingField[] = [
  longest('bluetooth.connectMs', 'chargers.settings.connectMs', 1000, 60_000),
  longest('bluetooth.discoveryMs', 'chargers.settings.discoveryMs', 1000, 60_000),
  longest('bluetooth.replyMs', 'chargers.settings.replyMs', 200, 30_000),
  { kind: 'text', path: 'bluetooth.layout.service', label: 'chargers.settings.service', maxLength: 36 },
  { kind: 'text', path: 'bluetooth.layout.write', label: 'chargers.settings.write', maxLength: 36 },
  {
    kind: 'text',
    path: 'bluetooth.layout.notify',
    label: 'chargers.settings.notify',
    hint: 'chargers.settings.layoutHint',
    maxLength: 36,
  },
]

export const RECHARGE: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'recharge.maxRechargeFen',
    label: 'settings.recharge.maxRecharge',
    hint: 'settings.recharge.maxRechargeHint',
    min: 1,
    max: 100_000_000,
    unit: 'settings.unit.fen',
  },
]

export const SHIFTS: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'shifts.reasonAboveFen',
    label: 'settings.shifts.reasonAbove',
    hint: 'settings.shifts.reasonAboveHint',
    min: 0,
    max: 100_000,
    unit: 'settings.unit.fen',
  },
]

export const CAMERA: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'camera.maxPerDay',
    label: 'settings.camera.maxPerDay',
    hint: 'settings.camera.maxPerDayHint',
    min: 0,
    max: 1_000_000,
    unit: 'settings.unit.cubicMetres',
  },
  {
    kind: 'number',
    path: 'camera.unchangedDays',
    label: 'settings.camera.unchangedDays',
    hint: 'settings.camera.unchangedHint',
    min: 1,
    max: 3660,
    unit: 'settings.unit.days',
  },
  {
    kind: 'number',
    path: 'camera.reviewDays',
    label: 'settings.camera.reviewDays',
    hint: 'settings.camera.reviewHint',
    min: 1,
    max: 3660,
    unit: 'settings.unit.days',
  },
  {
    kind: 'number',
    path: 'camera.cacheMb',
    label: 'settings.camera.cacheMb',
    hint: 'settings.camera.cacheHint',
    min: 0,
    max: 1_000_000,
    unit: 'settings.unit.mib',
  },
  {
    kind: 'number',
    path: 'camera.imageDays',
    label: 'settings.camera.imageDays',
    min: 1,
    max: 3660,
    unit: 'settings.unit.days',
  },
  {
    kind: 'list',
    path: 'camera.imageHosts',
    label: 'settings.camera.imageHosts',
    hint: 'settings.camera.imageHostsHint',
  },
]

const hours = (path: string, label: TextKey): SettingField => ({
  kind: 'number',
  path,
  label,
  min: 1,
  max: 720,
  unit: 'settings.unit.hours',
})

export const ATTENDANCE: readonly SettingField[] = [
  hours('attendance.pendingHours', 'settings.attendance.pendingHours'),
  hours('attendance.forgottenHours', 'settings.attendance.forgottenHours'),
  hours('attendance.longShiftHours', 'settings.attendance.longShiftHours'),
]

export const SECURITY: readonly SettingField[] = [
  {
    kind: 'number',
    path: 'autoLockMinutes',
    label: 'settings.security.autoLock',
    hint: 'settings.security.autoLockHint',
    min: 0,
    max: 720,
    unit: 'settings.unit.minutes',
  },
]

export const AUTOMATION: readonly SettingField[] = [
  {
    kind: 'switch',
    path: 'automation.enabled',
    label: 'settings.automation.enabled',
    hint: 'settings.automation.enabledHint',
  },
  {
    kind: 'number',
    path: 'automation.port',
    label: 'settings.automation.port',
    hint: 'settings.automation.portHint',
    min: 0,
    max: 65_535,
  },
]

const severityField = (path: string): SettingField => ({
  kind: 'select',
  path,
  label: 'alarms.settings.from',
  options: [
    { value: 'info', label: 'alarms.severity.info' },
    { value: 'warning', label: 'alarms.severity.warning' },
    { value: 'critical', label: 'alarms.severity.critical' },
  ],
})

export const ALARMS: readonly SettingField[] = [
  {
    kind: 'select',
    path: 'alarms.language',
    label: 'alarms.settings.language',
    options: [
      { value: 'zh-CN', label: 'shell.languageName.zh-CN' },
      { value: 'en', label: 'shell.languageName.en' },
    ],
  },
  {
    kind: 'switch',
    path: 'alarms.desktop.enabled',
    label: 'alarms.settings.desktop',
    hint: 'alarms.settings.desktopHint',
  },
  severityField('alarms.desktop.from'),
  { kind: 'switch', path: 'alarms.wecom.enabled', label: 'alarms.settings.wecom' },
  {
    kind: 'text',
    path: 'alarms.wecom.url',
    label: 'alarms.settings.wecomUrl',
    hint: 'alarms.settings.wecomUrlHint',
  },
  { kind: 'secret', path: 'alarms.wecom.key', label: 'alarms.settings.wecomKey' },
  severityField('alarms.wecom.from'),
  { kind: 'switch', path: 'alarms.webhook.enabled', label: 'alarms.settings.webhook' },
  { kind: 'text', path: 'alarms.webhook.url', label: 'alarms.settings.webhookUrl' },
  { kind: 'secret', path: 'alarms.webhook.token', label: 'alarms.settings.webhookToken' },
  severityField('alarms.webhook.from'),
]

export const ALARMS_ADVANCED: readonly SettingField[] = [
  {
    kind: 'switch',
    path: 'alarms.allowPlainHttp',
    label: 'alarms.settings.allowPlainHttp',
    hint: 'alarms.settings.allowPlainHttpHint',
  },
]

/** The value at `upstreams.imr.baseUrl`; undefined where nothing is set. */
export function valueAt(values: object, path: string): unknown {
  let value: unknown = values
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

/** A path is fixed when the file names it or something above it. */
export const isFixed = (fixed: readonly string[], path: string) =>
  fixed.some((f) => path === f || path.startsWith(`${f}.`))
