import type { CoreContext } from '../../context.ts'
import type { Backups } from '../../backups/index.ts'
import type { Phones } from '../../phones.ts'
import type { Settings } from '../../settings/index.ts'
import type { System } from '../../system/index.ts'
import type { Sync } from '../../sync/index.ts'
import type { Water } from '../../water/index.ts'
import type { AlarmSource } from '../types.ts'
import { backupFailed, diskFull } from './backups.ts'
import { lowBattery } from './batteries.ts'
import { cameraFailed } from './cameras.ts'
import { noPrice, portBroken, zombieOrder } from './chargers.ts'
import { clockLost } from './clocks.ts'
import { meterSilent } from './meters.ts'
import { problemSources } from './problems.ts'
import { rechargeUnsettled } from './recharges.ts'
import { lowBalance } from './rooms.ts'
import { clockSkew, syncStale } from './vendors.ts'

interface Parts {
  readonly settings: Settings
  readonly sync: Pick<Sync, 'status'>
  readonly system: Pick<System, 'watched'>
  readonly backups: Pick<Backups, 'facts'>
  readonly water: Pick<Water, 'batteries'>
  readonly phones: { readonly charging: Pick<Phones['charging'], 'zombies'> }
}

/** What every area knows that somebody may have to be told of. */
export function alarmSources(ctx: CoreContext, parts: Parts): readonly AlarmSource[] {
  const { site, history } = ctx.store
  const { clock } = ctx.ports
  const { settings, sync, system, backups, water, phones } = parts
  const kept = () => backups.facts()
  const vendors = () => system.watched().sources
  return [
    ...problemSources(() => system.watched().problems),
    backupFailed(clock, kept),
    diskFull(ctx.options.directory, kept),
    rechargeUnsettled(site, clock),
    syncStale(history, clock, vendors, () => settings.values().sync.everyMinutes > 0),
    clockSkew(vendors),
    noPrice(site),
    portBroken(site),
    zombieOrder(clock, settings.zone, () => phones.charging.zombies(clock.now())),
    clockLost(site, settings.zone),
    lowBalance(history),
    meterSilent(history, clock, (source) => sync.status(source).lastCompleteAt),
    lowBattery(water.batteries),
    cameraFailed(history),
  ]
}
