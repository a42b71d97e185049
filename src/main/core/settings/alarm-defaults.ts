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

/** What is watched from the start, and that nobody outside is told. */
export const ALARM_DEFAULTS: EffectiveSettings['alarms'] = {
  language: 'zh-CN',
  desktop: { enabled: true, from: 'warning' },
  webhook: { enabled: false, from: 'warning' },
  wecom: { enabled: false, from: 'warning' },
  allowPlainHttp: false,
  rules: RULES,
}
