import type { ImageReason } from '#shared/contract/camera.ts'
import type { CoreContext } from '../context.ts'
import type { Decisions, Located } from '../meters/index.ts'
import type { Camera } from './index.ts'
import { base64Of } from '../pictures/index.ts'
import { createImageList } from './list.ts'
import { createFindImage } from './names.ts'
import type { Pictures } from './pictures.ts'
import type { Queue } from './queue.ts'
import type { Reviews, StoredReview } from './reviews.ts'

interface Parts {
  readonly queue: Queue
  readonly reviews: Reviews
  readonly pictures: Pictures
  readonly decisions: Decisions
  locate(meterId: string): Located | null
  changed(): void
}

export function createHandlers(ctx: CoreContext, parts: Parts): Camera['handlers'] {
  const { queue, reviews, pictures, decisions } = parts
  const find = createFindImage(ctx.store.history)
  const list = createImageList(ctx, parts)
  const asOf = createStamp(ctx)
  const count = createCount(ctx)
  /** what the queue knows of the meter is looked up again when history.db follows the decision */
  const decided = (meter: number) => {
    queue.stale([meter])
    parts.changed()
  }
  return {
    'meters.images': async (_, input) => {
      // what is shown are readings: falls of registers need not be looked for
      await decisions.settled([])
      return { ...(await list(input)), asOf: asOf().at }
    },
    'camera.image': async (_, { imageId }) => {
      const { type, bytes } = await pictures.read(find(imageId))
      return { imageId, type, base64: base64Of(bytes) }
    },
    'camera.summary': async () => {
      await decisions.settled()
      const waiting = await queue.waiting()
      const { at, unsupported } = asOf()
      const pictureCounts = count()
      return {
        waiting: waiting.length,
        skipped: reviews.all('skipped').length,
        reasons: tally(waiting),
        supported: !unsupported || pictureCounts.rows > 0,
        pictures: pictureCounts,
        asOf: at,
      }
    },
    'camera.review': async (call, { imageId, ...review }) => {
      const image = find(imageId)
      const entered = await call.commit(() => {
        const before = reviews.of(image)
        const row = reviews.enter(image, { ...review, by: call.operator?.name ?? null })
        call.note({ target: imageId, before: before && shortOf(before), after: shortOf(row) })
        return row
      })
      decided(image.meter)
      return { reviewId: entered.id, state: entered.state }
    },
    'camera.undo': async (call, { imageId }) => {
      const image = find(imageId)
      await call.commit(() => {
        const before = reviews.withdraw(image, call.operator?.name ?? null)
        call.note({ target: imageId, before: shortOf(before), after: null })
      })
      decided(image.meter)
      return { ok: true as const }
    },
  }
}

const shortOf = ({ state, value, original, reason }: StoredReview) => ({ state, value, original, reason })

function tally(waiting: readonly { reasons: readonly ImageReason[] }[]): Record<ImageReason, number> {
  const counts = { status: 0, negative: 0, aboveLimit: 0, unchanged: 0, imageMissing: 0 }
  for (const { reasons } of waiting) for (const reason of reasons) counts[reason]++
  return counts
}

/** When camera readings were last fetched completely, and whether this deployment has any (I-44). */
function createStamp({ store: { history } }: CoreContext) {
  const find = history.statement<{ at: number | null; unsupported: number }>(
    "SELECT last_complete_at AS at, unsupported FROM sync_state WHERE source = 'imr' AND dataset = 'camera'",
  )
  return () => {
    const { at = null, unsupported = 0 } = find.get() ?? {}
    return { at, unsupported: unsupported === 1 }
  }
}

function createCount({ store: { history } }: CoreContext) {
  const each = history.statement<{ file: string; n: number; bytes: number }>(
    'SELECT file, count(*) AS n, sum(bytes) AS bytes FROM camera GROUP BY file',
  )
  return () => {
    const files = each.all()
    const of = (...names: string[]) => files.filter(({ file }) => names.includes(file))
    const sum = (rows: readonly { n: number }[]) => rows.reduce((all, { n }) => all + n, 0)
    return {
      rows: sum(files),
      held: sum(of('held')),
      wanted: sum(of('wanted')),
      missing: sum(of('none', 'failed', 'refused')),
      bytes: of('held')[0]?.bytes ?? 0,
    }
  }
}
