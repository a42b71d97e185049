import type { CoreContext } from '../context.ts'

/** Screens are told at most this often that meters changed, ms. */
const EVERY_MS = 500

/** Tells open screens that meters changed: at once, then not again until the pause is over. */
export function createAnnounce(ctx: CoreContext): { changed(): void; stop(): void } {
  const stopping = new AbortController()
  let last = Number.NEGATIVE_INFINITY
  let planned = false
  const emit = () => {
    planned = false
    last = ctx.ports.clock.monotonic()
    ctx.events.emit({ type: 'changed', area: 'meters' })
  }
  return {
    changed() {
      if (planned || stopping.signal.aborted) return
      const wait = last + EVERY_MS - ctx.ports.clock.monotonic()
      if (wait <= 0) return emit()
      planned = true
      ctx.ports.clock.sleep(wait, stopping.signal).then(emit, () => undefined)
    },
    stop: () => stopping.abort(),
  }
}
