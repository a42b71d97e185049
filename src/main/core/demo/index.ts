import type { DemoFault } from '#shared/contract/demo.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, CoreContext, DemoControl } from '../context.ts'

/** Makes the simulated vendor misbehave; refused by every desk that is not the demo. */
export function createDemo({ options, events }: CoreContext): { handlers: AreaHandlers<'demo'> } {
  return {
    handlers: {
      'demo.faults': () => ({ active: active(controlOf(options.demoSite)) }),
      'demo.fault': async (call, { kind, on, times, endpoint }) => {
        const site = controlOf(options.demoSite)
        if (endpoint !== undefined && !kind.startsWith('campus.'))
          throw new SitedeskError('INVALID_INPUT', 'An endpoint: for campus faults only.', { kind, endpoint })
        call.note({ target: kind, after: { on, times, endpoint } })
        await site.setFault(kind, on && (times ?? true), endpoint)
        events.emit({ type: 'changed', area: 'system' })
        return { active: active(site) }
      },
    },
  }
}

const active = (site: DemoControl): DemoFault[] => [...site.faults()]

function controlOf(site: DemoControl | undefined): DemoControl {
  if (site) return site
  throw new SitedeskError('NOT_SUPPORTED', 'Faults can be made at the demo site only; start with --demo.')
}
