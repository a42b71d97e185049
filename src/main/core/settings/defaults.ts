import { DEFAULT_ZONE } from '#shared/time.ts'
import { USUAL_PORT } from '#shared/bridge.ts'
import type { Severity } from '#shared/alarms.ts'
import type { EffectiveSettings } from './types.ts'

type Rules = EffectiveSettings['alarms']['rules']

const rule = (severity: Severity, level = 1, more: Partial<Rules['lowBalance']> = {}) => ({
  enabled: true,
  severity,
  level,
  level2: level,
  hysteresis: 0,
  delayMinutes: 0,
  ...more,
})

/** Levels in the rule's unit (`MEASURES`). */
const RULES: Rules = {
  // C-43: ¥20, as the list of low balances has it
  lowBalance: rule('info', 2000, { level2: 500, hysteresis: 200 }),
  meterSilent: rule('warning', 72, { hysteresis: 24 }),
  // W-20: the unit of a battery is not known, so it is judged by the middle one
  lowBattery: rule('info', 85, { hysteresis: 3 }),
  cameraFailed: rule('info', 2),
  portBroken: rule('warning'),
  clockLost: rule('warning', 3600, { hysteresis: 3000 }),
  zombieOrder: rule('warning', 30),
  noPrice: rule('warning'),
  syncStale: rule('warning', 24, { level2: 72, hysteresis: 1 }),
  rechargeUnsettled: rule('critical', 5),
  lanDown: rule('critical'),
  diskFull: rule('warning', 2048, { level2: 512, hysteresis: 256 }),
  backupFailed: rule('critical'),
  storeDamaged: rule('critical'),
  // F-25
  clockSkew: rule('warning', 60, { hysteresis: 10, delayMinutes: 5 }),
}

/** What holds where nobody said otherwise (interfaces §2). No host and no credential has a default. */
export const defaults = (demo: boolean): EffectiveSettings => ({
  siteName: '',
  zone: DEFAULT_ZONE,
  autoLockMinutes: 10,
  sync: { everyMinutes: 60, historyDays: 365, rereadDays: 3 },
  shifts: { reasonAboveFen: 0 },
  upstreams: {
    campus: { minIntervalMs: 500, rechargeType: 2, orderPrefix: 'sdk' },
    // I-32: 2 s by contract, 200 ms for the two clocks
    imr: { minIntervalMs: 2200, bodyEncoding: 'json', limiterScope: 'endpoint' },
    water: {},
  },
  lan: {
    enabled: false,
    host: '0.0.0.0',
    port: 8085,
    perAddressPerSecond: 20,
    timestampToleranceS: 300,
    requireSession: false,
    coinFen: 100,
    cashOutServiceBp: 0,
    strictPaging: false,
    systemTimeFormat: 'ymd',
    missingTime: 'empty',
    sessionHours: 24,
    failedSessionsPerMinute: 20,
    cancelWithinS: 180,
    paymentMinutes: 15,
    portReportS: 120,
    mostCoins: 10_000,
  },
  // B-11, B-20, R-18
  bluetooth: {
    adapter: demo ? 'demo' : 'system',
    connectMs: 10_000,
    discoveryMs: 8000,
    replyMs: 3000,
    clockToleranceS: 30,
    installerMinutes: 5,
  },
  //
  attendance: { pendingHours: 24, forgottenHours: 16, longShiftHours: 24 },
  camera: {
    imageHosts: [],
    cacheMb: 2048,
    imageDays: 90,
    reviewDays: 31,
    maxPerDay: 100,
    unchangedDays: 14,
  },
  alarms: {
    language: 'zh-CN',
    desktop: { enabled: true, from: 'warning' },
    webhook: { enabled: false, from: 'warning' },
    wecom: { enabled: false, from: 'warning' },
    allowPlainHttp: false,
    rules: RULES,
  },
  automation: { enabled: false, port: USUAL_PORT },
})
