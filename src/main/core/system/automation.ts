import type { AutomationState, CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'

const NONE: AutomationState = { enabled: false, url: null, token: null, reason: 'unavailable' }

/**
 * Steers the host's automation API by the settings, now and at every change of them. Gives what
 * `system.automation` answers.
 */
export function createAutomation(
  { options: { automation }, events }: CoreContext,
  settings: Settings,
): () => Promise<AutomationState> | AutomationState {
  if (!automation) return () => NONE
  const apply = async () => {
    await automation.apply(settings.values().automation)
    events.emit({ type: 'changed', area: 'system' })
  }
  void apply()
  settings.onChange((paths) => {
    if (paths.some((path) => path.startsWith('automation.'))) void apply()
  })
  return () => automation.state()
}
