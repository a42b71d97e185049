import type { DemoFault } from '#shared/contract/demo.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, CoreContext, DemoControl } from '../context.ts'
import type { Devices } from '../devices/index.ts'
import type { Settings } from '../settings/index.ts'
import { tellAttendance } from './attendance.ts'
import { writeBooks } from './books.ts'
import { enrolKnown } from './known-chargers.ts'
import { linkWater } from './water-links.ts'

interface Parts {
  readonly devices: Pick<Devices, 'byCode' | 'enrol' | 'handlers'>
  readonly settings: Pick<Settings, 'values' | 'zone'>
}

export interface Demo {
  /** Enters the demo's chargers and their business into an empty registry; nothing on any other desk. */
  seed(): Promise<void>
  readonly handlers: AreaHandlers<'demo'>
}

/** Makes the simulated site misbehave; refused by every desk that is not the demo. */
export function createDemo(ctx: CoreContext, { devices, settings }: Parts): Demo {
  const { options, events } = ctx
  return {
    async seed() {
      if (!(await enrolKnown(ctx, devices))) return
      await writeBooks(ctx, settings.zone())
      await tellAttendance(ctx, settings)
      await linkWater(ctx)
    },
    handlers: {
      'demo.faults': () => ({ active: active(controlOf(options.demoSite)) }),
      'demo.chargers': (_call, { name }) => {
        const rows = controlOf(options.demoSite).chargers()
        return { chargers: rows.filter((row) => name === undefined || row.name === name) }
      },
      'demo.fault': async (call, { kind, on, times, ...place }) => {
        const site = controlOf(options.demoSite)
        refuseWrongPlace(site, kind, place)
        call.note({ target: kind, after: { on, times, ...place } })
        await site.setFault(kind, on && (times ?? true), place)
        events.emit({ type: 'changed', area: 'system' })
        return { active: active(site) }
      },
    },
  }
}

const active = (site: DemoControl): DemoFault[] => [...site.faults()]

type Place = NonNullable<Parameters<DemoControl['setFault']>[2]>

function refuseWrongPlace(site: DemoControl, kind: DemoFault, { endpoint, charger, command }: Place): void {
  if (endpoint !== undefined && !kind.startsWith('campus.'))
    throw new SitedeskError('INVALID_INPUT', 'An endpoint: for campus faults only.', { kind, endpoint })
  if ((charger ?? command) !== undefined && !kind.startsWith('charger.'))
    throw new SitedeskError('INVALID_INPUT', 'A charger or its command: for charger faults only.', { kind })
  if (charger !== undefined && !site.chargers().some(({ name }) => name === charger))
    throw notFound('charger', charger)
}

function controlOf(site: DemoControl | undefined): DemoControl {
  if (site) return site
  throw new SitedeskError('NOT_SUPPORTED', 'Faults can be made at the demo site only; start with --demo.')
}
