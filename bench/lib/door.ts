import { createDispatch, type Dispatch } from '#core/dispatch.ts'
import type { CoreContext, Handlers } from '#core/context.ts'
import { createEvents } from '#core/events.ts'
import type { Ports } from '#core/ports.ts'
import type { Store } from '#core/store/store.ts'

export type AnyHandlers = Handlers

type DispatchParts = Parameters<typeof createDispatch>[1]

/** The real dispatch (who, may they, input and output checked) with one signed-in operator. */
export function createDoor(
  ports: Ports,
  store: Store,
  handlers: Handlers,
): (operation: string, input: unknown) => Promise<unknown> {
  const ctx: CoreContext = {
    ports,
    store,
    events: createEvents(ports.log),
    options: { version: '0.0.0-bench', directory: store.directory, demo: false },
  }
  const operator = { operatorId: 'o1', name: 'bench', roles: ['admin'] as const }
  const parts = {
    handlers,
    sessions: { of: () => ({ state: 'active', operator }), touch: () => undefined },
    audit: { append: () => undefined },
  } as unknown as DispatchParts
  const dispatch: Dispatch = createDispatch(ctx, parts)
  return (operation, input) => dispatch({ door: 'inproc' }, operation, input)
}
