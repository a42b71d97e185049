import { btNameOf, deriveJamCode } from '#shared/chargers.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { SiteDatabase } from '../store/store.ts'
import { mergeReport } from './ports.ts'
import { byCode, byName } from './store.ts'

export interface Enrolment {
  readonly deviceCode: string
  readonly btName: string
  readonly alias?: string | undefined
  readonly version?: number | undefined
  /** absent: derived from the name (B-02), in the parity of the profile */
  readonly jamCode?: string | undefined
  readonly profile?: BleProfile | null | undefined
  /** the ports as `reportDevicePort` packs them (U-17) */
  readonly packed?: string | undefined
}

/** Refuses a name that is none; 12 characters get their `BUC_` (B-01). */
export function nameOf(text: string): string {
  const name = btNameOf(text)
  if (name !== null) return name
  const message = 'A Bluetooth name is BUC_ and 12 letters or digits; the 12 alone will do.'
  throw new SitedeskError('INVALID_INPUT', message, {
    reason: 'btName',
    issues: [{ path: 'btName', message }],
  })
}

/**
 * Enters a charger, or the same again with what is new of it. A code or a name that belongs to another charger is
 * refused with CODE_TAKEN. Only inside `site.write`; `now` is text in the zone of the site.
 */
export function enrol(db: SiteDatabase, device: Enrolment, now: string): 'new' | 'changed' | 'same' {
  const before = byCode(db, device.deviceCode)
  const named = byName(db, device.btName)
  if (before && before.btName !== device.btName) throw taken('deviceCode', device, before)
  if (named && named.deviceCode !== device.deviceCode) throw taken('btName', device, named)
  const profile = device.profile ? JSON.stringify(device.profile) : (before?.bleProfile ?? null)
  const { portState = null, portStateTime = null, portTimes = null } = before ?? {}
  const portsBefore = { portState, portStateTime, portTimes }
  const next = {
    deviceName: device.alias ?? before?.deviceName ?? '',
    version: device.version ?? before?.version ?? 1,
    // a stored jam code beats the derived one (B-02); only a given one changes it
    jamCode:
      device.jamCode ?? before?.jamCode ?? deriveJamCode(device.btName, device.profile?.jamParity ?? 'one'),
    bleProfile: profile,
    ...(device.packed === undefined ? portsBefore : mergeReport(portsBefore, device.packed, now)),
  }
  if (!before) {
    const { deviceCode, btName } = device
    db.run(
      db.query
        .insertInto('device_info')
        .values({ ...next, deviceCode, btName, setupTime: now, updateTime: now }),
    )
    return 'new'
  }
  const keys = Object.keys(next) as (keyof typeof next)[]
  if (keys.every((key) => before[key] === next[key])) return 'same'
  db.run(
    db.query
      .updateTable('device_info')
      .set({ ...next, updateTime: now })
      .where('deviceCode', '=', device.deviceCode),
  )
  return 'changed'
}

const taken = (
  what: 'deviceCode' | 'btName',
  device: Enrolment,
  by: { deviceCode: string; btName: string },
) =>
  new SitedeskError('CODE_TAKEN', `${device[what]} belongs to charger ${by.deviceCode} (${by.btName}).`, {
    what,
    deviceCode: by.deviceCode,
    btName: by.btName,
  })
