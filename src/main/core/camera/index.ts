import type { AreaHandlers, CoreContext } from '../context.ts'
import { throttle } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import { SECOND } from '#shared/time.ts'
import { createHandlers } from './handlers.ts'
import { createPictures } from './pictures.ts'
import { createQueue } from './queue.ts'
import { createReviews } from './reviews.ts'

/** Camera readings: their pictures, and what people decide on them (features §3.7). */
export interface Camera {
  readonly handlers: Pick<AreaHandlers<'meters'>, 'meters.images'> & AreaHandlers<'camera'>
  /** pictures are fetched from now on */
  start(): void
  /** resolves when no picture is being fetched */
  settled(): Promise<void>
  close(): Promise<void>
}

interface Areas {
  readonly settings: Settings
  readonly meters: Pick<Meters, 'camera' | 'decisions' | 'locate'>
}

/** Screens ask again at most this often while pictures arrive. */
const CHANGED_MS = 2 * SECOND

export function createCamera(ctx: CoreContext, { settings, meters }: Areas): Camera {
  const reviews = createReviews(ctx, meters.decisions)
  const queue = createQueue(ctx, { settings, reviews })
  const changed = throttle(ctx.ports.clock, CHANGED_MS, () =>
    ctx.events.emit({ type: 'changed', area: 'camera' }),
  )
  const pictures = createPictures(ctx, {
    settings,
    onChange(keys) {
      queue.stale(keys)
      changed.poke()
    },
  })
  let started = false
  meters.camera.onChange((keys) => {
    queue.stale(keys)
    changed.poke()
    if (started) pictures.wake()
  })
  const unsubscribe = settings.onChange((paths) => {
    if (!paths.some((path) => path.startsWith('camera.') || path === 'upstreams.imr.baseUrl')) return
    queue.stale()
    changed.poke()
    if (started) void pictures.recheck().catch((error: unknown) => ctx.ports.log.error(String(error)))
  })
  return {
    handlers: createHandlers(ctx, { ...meters, queue, reviews, pictures, changed: changed.poke }),
    start() {
      started = true
      pictures.start()
    },
    settled: pictures.settled,
    async close() {
      unsubscribe()
      changed.stop()
      await pictures.close()
    },
  }
}
