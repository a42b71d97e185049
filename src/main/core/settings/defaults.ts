import { DEFAULT_ZONE } from '#shared/time.ts'
import { USUAL_PORT } from '#shared/bridge.ts'
import { ALARM_DEFAULTS } from './alarm-defaults.ts'
import type { EffectiveSettings } from './types.ts'

/** What people and vendors gave is kept; how work went, and what was sent, is not needed after years. */
const RETENTION_DEFAULTS: EffectiveSettings['retention'] = {
  readings: { keepDays: 0 },
  conflicts: { keepDays: 0 },
  quarantine: { keepDays: 0 },
  jobs: { keepDays: 730 },
  deliveries: { keepDays: 730 },
  alarms: { keepDays: 0 },
  exchanges: { keepDays: 0 },
  waterReadings: { keepDays: 0 },
  bands: { keepDays: 0 },
  phases: { keepDays: 0 },
  consumption: { keepDays: 0 },
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
    sources: [],
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
  alarms: ALARM_DEFAULTS,
  automation: { enabled: false, port: USUAL_PORT },
  backups: { second: {} },
  retention: RETENTION_DEFAULTS,
})
