import type { ImageReason, ImageRow, ImageState } from '#shared/contract/camera.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { notFound } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { CoreContext } from '../context.ts'
import type { Located } from '../meters/index.ts'
import { imageRowOf } from './rows.ts'
import type { CameraMeter, Queue } from './queue.ts'
import type { Reviews } from './reviews.ts'

type Asked = Checked<'meters.images'>

interface Place {
  readonly key: number
  /** epoch seconds */
  readonly at: number
}

interface Parts {
  readonly queue: Queue
  readonly reviews: Reviews
  locate(meterId: string): Located | null
}

/** Camera readings by state, newest first unless somebody asks otherwise. */
export function createImageList(ctx: CoreContext, parts: Parts) {
  const find = createPlaces(ctx, parts)
  return async (asked: Asked): Promise<{ total: number; rows: ImageRow[] }> => {
    const only = asked.meterId === undefined ? null : keyOf(parts, asked.meterId)
    const from = Math.ceil((asked.from ?? 0) / SECOND)
    const to = asked.to === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil(asked.to / SECOND)
    const places = (await find(asked.state, asked.reason, only)).filter(
      ({ key, at }) => at >= from && at < to && (only === null || key === only),
    )
    const meters = metersOf(parts.queue, places)
    const sorted = places.toSorted(orderOf(asked, meters))
    const { offset = 0, limit = DEFAULT_LIMIT } = asked
    const page = sorted.slice(offset, offset + limit)
    return { total: places.length, rows: await rowsOf(ctx, parts.queue, page, meters) }
  }
}

function keyOf({ locate }: Parts, meterId: string): number {
  const found = locate(meterId)
  if (!found) throw notFound('meter', meterId)
  return found.key
}

/** Where the readings of a state stand. */
function createPlaces({ store: { history } }: CoreContext, { queue, reviews }: Parts) {
  const every = history.statement<Place>('SELECT meter AS key, at FROM camera')
  const ofMeter = history.statement<Place>('SELECT meter AS key, at FROM camera WHERE meter = ?')
  const keyOfNumber = history.statement<Place>(
    `SELECT c.meter AS key, c.at FROM meter m JOIN camera c ON c.meter = m.id
     WHERE m.source = ? AND m.table_no = ? AND c.at = ?`,
  )
  const all = (only: number | null) => (only === null ? every.all() : ofMeter.all(only))
  const waiting = async (reason: ImageReason | undefined) =>
    (await queue.waiting())
      .filter(({ reasons }) => reason === undefined || reasons.includes(reason))
      .map(({ meter, at }) => ({ key: meter.id, at }))
  const decided = (state?: ImageState) =>
    reviews.all(state).flatMap((row) => keyOfNumber.get(row.source, row.table_no, row.at) ?? [])
  const nameOf = ({ key, at }: Place) => `${key} ${at}`
  return async (
    state: ImageState | undefined,
    reason: ImageReason | undefined,
    only: number | null,
  ): Promise<readonly Place[]> => {
    if (state === 'waiting' || (state === undefined && reason !== undefined)) return waiting(reason)
    if (state === undefined) return all(only)
    if (state !== 'fine') return decided(state)
    const others = new Set([...(await waiting(undefined)), ...decided()].map(nameOf))
    return all(only).filter((place) => !others.has(nameOf(place)))
  }
}

function metersOf(queue: Queue, places: readonly Place[]): ReadonlyMap<number, CameraMeter> {
  const found = new Map<number, CameraMeter>()
  for (const key of new Set(places.map((place) => place.key))) {
    const meter = queue.meter(key)
    if (meter) found.set(key, meter)
  }
  return found
}

function orderOf({ sort, order }: Asked, meters: ReadonlyMap<number, CameraMeter>) {
  const sign = (order ?? (sort === 'meter' ? 'ascending' : 'descending')) === 'ascending' ? 1 : -1
  const nameOf = (key: number) => {
    const meter = meters.get(key)
    return meter ? `${meter.place}\n${meter.house}\n${meter.table_no}` : ''
  }
  const byMeter = (a: Place, b: Place) => (nameOf(a.key) < nameOf(b.key) ? -1 : 1)
  return (a: Place, b: Place): number => {
    if (sort === 'meter' && a.key !== b.key) return sign * byMeter(a, b)
    return sign * (a.at - b.at || a.key - b.key)
  }
}

/** Judges each meter of the page once; a year of one takes about a millisecond. */
async function rowsOf(
  { ports }: CoreContext,
  queue: Queue,
  page: readonly Place[],
  meters: ReadonlyMap<number, CameraMeter>,
): Promise<ImageRow[]> {
  const found = new Map<string, ImageRow>()
  for (const [key, places] of Map.groupBy(page, (place) => place.key)) {
    const meter = meters.get(key)
    const wanted = new Set(places.map(({ at }) => at))
    if (meter)
      queue.judged(meter, (judged, review) => {
        const { at } = judged.row
        if (wanted.has(at)) found.set(`${key} ${at}`, imageRowOf(meter, judged, review))
      })
    await ports.clock.yield()
  }
  return page.flatMap(({ key, at }) => found.get(`${key} ${at}`) ?? [])
}
