import type { ImageReason } from '#shared/contract/camera.ts'
import { DAY, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'
import { judge, type CameraRow, type Judged } from './judge.ts'
import type { Reviews, StoredReview } from './reviews.ts'

export interface CameraMeter {
  readonly id: number
  readonly source: string
  readonly device_id: string
  readonly table_no: string
  readonly name: string
  readonly place: string
  readonly house: string
}

/** An image that needs eyes. */
export interface Waiting {
  readonly meter: CameraMeter
  /** epoch seconds */
  readonly at: number
  readonly reasons: readonly ImageReason[]
}

export interface Queue {
  meter(key: number): CameraMeter | null
  /** all camera readings of a meter with what is wrong about them */
  judged(meter: CameraMeter, visit: (judged: Judged, review: StoredReview | null) => void): void
  /** what needs eyes and nobody decided on */
  waiting(): Promise<readonly Waiting[]>
  /** these meters have other rows, pictures or decisions by now; all of them if none is named */
  stale(meters?: Iterable<number>): void
}

interface Parts {
  readonly settings: Pick<Settings, 'values'>
  readonly reviews: Reviews
}

const ROWS = `SELECT c.at, c.status, c.ok, c.value, c.file, c.problem,
    f.meter IS NOT NULL AS fixed, f.value AS fix, f.flags AS fixDigits
  FROM camera c LEFT JOIN reading_fix f ON f.meter = c.meter AND f.at = c.at WHERE c.meter = ? ORDER BY c.at`

/** What needs eyes, looked up again only for meters about which something changed. */
export function createQueue(ctx: CoreContext, { settings, reviews }: Parts): Queue {
  const { history } = ctx.store
  const { clock } = ctx.ports
  const rows = history.statement<CameraRow>(ROWS)
  const find = history.statement<CameraMeter>(
    'SELECT id, source, device_id, table_no, name, place, house FROM meter WHERE id = ?',
  )
  const kept = createKept(ctx)
  const judged: Queue['judged'] = (meter, visit) => {
    const decided = reviews.ofMeter(meter.source, meter.table_no)
    const { maxPerDay, unchangedDays, imageDays } = settings.values().camera
    const picturesFrom = Math.floor((clock.now() - imageDays * DAY) / SECOND)
    const isVouched = (at: number) => ['accepted', 'corrected'].includes(decided.get(at)?.state ?? '')
    judge(rows.all(meter.id), isVouched, { maxPerDay, unchangedDays, picturesFrom }, (one) =>
      visit(one, decided.get(one.row.at) ?? null),
    )
  }
  const lookAt = (key: number): Waiting[] => {
    const meter = find.get(key)
    const found: Waiting[] = []
    if (meter)
      judged(meter, ({ row: { at }, reasons }, review) => {
        if (reasons.length > 0 && !review) found.push({ meter, at, reasons })
      })
    return found
  }
  return {
    meter: (key) => find.get(key) ?? null,
    judged,
    stale: kept.stale,
    async waiting() {
      const { reviewDays } = settings.values().camera
      const from = Math.floor((clock.now() - reviewDays * DAY) / SECOND)
      const all = await kept.all(lookAt)
      return all.filter(({ at }) => at >= from)
    },
  }
}

/** The meters' parts of the queue, each made when it is asked for and kept until it is stale. */
function createKept(ctx: CoreContext) {
  const { history } = ctx.store
  const meters = history.statement<{ meter: number }>('SELECT DISTINCT meter FROM camera')
  const parts = new Map<number, readonly Waiting[]>()
  const left = new Set<number>()
  let known = false
  const decidedSince = createDecided(ctx)
  const stale = (keys?: Iterable<number>) => {
    if (keys === undefined) known = false
    else for (const key of keys) left.add(key)
  }
  return {
    stale,
    async all(make: (key: number) => readonly Waiting[]): Promise<readonly Waiting[]> {
      stale(decidedSince())
      if (!known) stale(meters.all().map(({ meter }) => meter))
      known = true
      for (const key of left) {
        left.delete(key)
        parts.set(key, make(key))
        // a year of one meter takes about a millisecond
        await ctx.ports.clock.yield()
      }
      return [...parts.values()].flat()
    },
  }
}

/** Meters about whose readings somebody decided since it was last asked. */
function createDecided({ store: { site, history } }: CoreContext) {
  const newer = site.statement<{ source: string; device_id: string; changed: number }>(
    'SELECT source, device_id, changed FROM meter_decision WHERE changed > ? ORDER BY changed',
  )
  const keyOf = history.statement<{ id: number }>('SELECT id FROM meter WHERE source = ? AND device_id = ?')
  const newest = site.statement<{ n: number | null }>('SELECT max(changed) AS n FROM meter_decision')
  let seen = newest.get()?.n ?? 0
  return (): number[] => {
    const rows = newer.all(seen)
    seen = rows.at(-1)?.changed ?? seen
    return rows.flatMap(({ source, device_id: device }) => keyOf.get(source, device)?.id ?? [])
  }
}
