import type { CoreEvent } from '#shared/contract/events.ts'
import type { Events } from './context.ts'
import type { Log } from './ports.ts'

/** A listener that throws is logged and never stops the others. */
export function createEvents(log: Log): Events {
  const listeners = new Set<(event: CoreEvent) => void>()
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          log.error('a listener failed', { event: event.type, error: String(error) })
        }
      }
    },
    on(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
