import type { AlarmRow } from '#shared/contract/alarms.ts'

const devicePath = (subject: string) =>
  `/chargers/registry/${encodeURIComponent(subject.split(':')[0] ?? '')}`
const meterPath = (subject: string) => `/meters/${encodeURIComponent(subject)}`

/** Where one sees to it. */
export function subjectPath({ rule, subject, members, id }: AlarmRow): string {
  if (members > 0) return `/alarms?digest=${encodeURIComponent(id)}`
  if (rule === 'lowBalance') return `/rooms/${encodeURIComponent(subject)}`
  if (rule === 'meterSilent' || rule === 'lowBattery') return meterPath(subject)
  if (rule === 'cameraFailed') return `/images?meterId=${encodeURIComponent(subject)}`
  if (rule === 'portBroken' || rule === 'clockLost' || rule === 'noPrice') return devicePath(subject)
  if (rule === 'zombieOrder') return '/charging/abnormal?tab=zombies'
  if (rule === 'rechargeUnsettled') return '/recharge/records?state=UNKNOWN,DISPUTED'
  if (rule === 'syncStale') return '/sync'
  return rule === 'lanDown' ? '/lan' : '/diagnostics'
}
