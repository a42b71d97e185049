import type { AreaHandlers, Call } from '../context.ts'
import { SitedeskError } from '#shared/errors.ts'
import { createCommands } from './commands.ts'
import { listExchanges } from './exchange-list.ts'
import type { ChargerParts, Chargers } from './index.ts'
import { KNOWN_LAYOUTS } from './radio.ts'
import { createScreen } from './screen.ts'

export type Doing = Omit<Chargers, 'handlers' | 'close'>

export function createHandlers(parts: ChargerParts, chargers: Doing): AreaHandlers<'chargers'> {
  const { links, leases } = parts
  return {
    ...createScreen(parts, chargers),
    ...createCommands(parts, chargers),
    'chargers.exchanges': (_call, input) => listExchanges(parts.ctx.store.site, input),
    async 'chargers.release'(call, { name }) {
      call.note({ target: name })
      // taken and given back at once: a charger in use is refused, and nobody connects in between
      const lease = leases.take(name, { task: 'release', operator: operatorOf(call), runId: null })
      try {
        await links.drop(name)
      } finally {
        lease()
      }
      return { ok: true }
    },
    'chargers.variants': () => ({ layouts: KNOWN_LAYOUTS.map((layout) => ({ ...layout })) }),
  }
}

export const operatorOf = (call: Call): string | null => call.operator?.name ?? null

export const wrongInput = (path: string, message: string) =>
  new SitedeskError('INVALID_INPUT', `${path}: ${message}`, { issues: [{ path, message }] })
