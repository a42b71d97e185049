import type { CoreContext } from '../../context.ts'
import { cashoutHandlers } from './cashouts.ts'
import { coinHandlers } from './coins.ts'
import { orderHandlers } from './orders.ts'
import type { ConsoleParts } from './parts.ts'
import { blacklistHandlers, professionHandlers, userHandlers } from './people.ts'

/** The charging business as staff see it and decide in it. */
export function createConsole(ctx: CoreContext, given: Omit<ConsoleParts, 'ctx'>) {
  const parts: ConsoleParts = { ctx, ...given }
  return {
    ...orderHandlers(parts),
    ...userHandlers(parts),
    ...coinHandlers(parts),
    ...blacklistHandlers(parts),
    ...professionHandlers(parts),
    ...cashoutHandlers(parts),
  }
}
