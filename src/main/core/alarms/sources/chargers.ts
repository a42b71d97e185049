import { formatDateTime, MINUTE, type ZoneOffset } from '#shared/time.ts'
import type { Zombie } from '../../charging/index.ts'
import { unpackPorts } from '../../devices/index.ts'
import type { Clock } from '../../ports.ts'
import type { SiteDatabase } from '../../store/store.ts'
import type { AlarmSource, Fact } from '../types.ts'

const named = (deviceCode: string, alias: string) => (alias === '' ? deviceCode : `${alias} ${deviceCode}`)

/** Ports that say 999 (B-15), of chargers that are in use. */
export function portBroken(site: SiteDatabase): AlarmSource {
  const all = site.statement<{ deviceCode: string; deviceName: string; portState: string }>(
    "SELECT deviceCode, deviceName, portState FROM device_info WHERE state = 0 AND portState LIKE '%999%'",
  )
  return {
    rule: 'portBroken',
    wakes: ['devices', 'orders', 'chargers'],
    pace: 'quick',
    facts: () =>
      all.all().flatMap(({ deviceCode, deviceName, portState }) =>
        unpackPorts(portState)
          .filter(({ state }) => state === 'broken')
          .map(({ port }) => ({
            subject: `${deviceCode}:${port}`,
            name: () => `${named(deviceCode, deviceName)} #${port}`,
            value: 1,
          })),
      ),
  }
}

/** Charged for, and nobody said how much. */
export function noPrice(site: SiteDatabase): AlarmSource {
  const all = site.statement<{ deviceCode: string; deviceName: string }>(
    'SELECT deviceCode, deviceName FROM device_info WHERE state = 0 AND chargeFlag = 1 AND unitPrice = 0',
  )
  return {
    rule: 'noPrice',
    wakes: ['devices'],
    pace: 'quick',
    facts: () =>
      all.all().map(({ deviceCode, deviceName }) => ({
        subject: deviceCode,
        name: () => named(deviceCode, deviceName),
        value: 1,
      })),
  }
}

/** A port that never ran is the person's own affair for as long as the order lasts. */
const ENDLESS: readonly Zombie['kind'][] = ['noOrder', 'afterEnd', 'neverStarted']

/** Orders and ports that run on without each other: minutes since it is so. */
export const zombieOrder = (
  clock: Clock,
  zone: () => ZoneOffset,
  zombies: () => Iterable<Zombie>,
): AlarmSource => ({
  rule: 'zombieOrder',
  wakes: ['orders', 'devices'],
  pace: { gapMs: MINUTE, againMs: 5 * MINUTE },
  *facts(): Generator<Fact> {
    for (const { kind, deviceCode, alias, port, since } of zombies()) {
      if (!ENDLESS.includes(kind)) continue
      yield {
        subject: `${deviceCode}:${port}`,
        name: () => `${named(deviceCode, alias)} #${port} ${formatDateTime(since, zone())}`,
        value: Math.floor((clock.now() - since) / MINUTE),
      }
    }
  },
})
