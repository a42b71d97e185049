import { notFound } from '#shared/errors.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { HistoryTables } from '../store/schema.ts'
import type { Settings } from '../settings/index.ts'
import { createCache } from './cache.ts'
import { fetchImage, type Fetched } from '../pictures/index.ts'
import type { Found } from './names.ts'

export interface Pictures {
  /** from the disk only; NOT_FOUND where it is not held */
  read(image: Found): Promise<{ type: string; bytes: Uint8Array }>
  /** there may be pictures to fetch */
  wake(): void
  /** hosts or the vendor's address are others now: what was refused is looked at again */
  recheck(): Promise<void>
  /** resolves when nothing is being fetched */
  settled(): Promise<void>
  start(): void
  close(): Promise<void>
}

type Wanted = Pick<HistoryTables['camera'], 'meter' | 'at' | 'url' | 'tries'>

/** A picture that did not come is asked for again after an hour, then less and less often; never for ever. */
const MOST_TRIES = 6
const RETRY_MS = HOUR
/** How often it is looked whether a picture is due again. */
const EVERY_MS = 10 * MINUTE
/** Failures of a host in a row after which the round leaves it alone. */
const HOST_FAILURES = 2

const WANTED = `SELECT meter, at, url, tries FROM camera
  WHERE file = 'wanted' AND at >= ? AND try_after <= ? ORDER BY at DESC LIMIT 50`

const RESET = `UPDATE camera SET file = 'wanted', problem = NULL, tries = 0, try_after = 0
  WHERE file IN ('refused', 'failed')`

/**
 * Fetches pictures of camera readings one after the other, in the background after a sync (I-29), the newest
 * first, into a cache on the disk that keeps to its size and age.
 */
export function createPictures(
  ctx: CoreContext,
  parts: { settings: Pick<Settings, 'values'>; onChange: (meters: Iterable<number>) => void },
): Pictures {
  const { history } = ctx.store
  const { clock } = ctx.ports
  const closing = new AbortController()
  const cache = createCache(ctx, parts)
  const round = createRound(ctx, { ...parts, cache, signal: closing.signal })
  const { wake, settled } = createRuns(ctx, closing.signal, round)
  let stopEvery = () => {}
  return {
    wake,
    settled,
    async read(image) {
      const { file, type } = image.row
      const bytes = file === 'held' ? await cache.read(image) : null
      if (bytes) return { type: type ?? '', bytes }
      // somebody took it from the folder
      if (file === 'held') await cache.forget(image)
      throw notFound('picture', image.id)
    },
    async recheck() {
      await history.write(() => history.statement(RESET).run())
      wake()
    },
    start() {
      stopEvery = clock.every(EVERY_MS, wake)
      wake()
    },
    async close() {
      stopEvery()
      closing.abort()
      await settled()
    },
  }
}

/** One round at a time; a wake during one makes another follow. */
function createRuns({ ports: { log } }: CoreContext, signal: AbortSignal, round: () => Promise<void>) {
  let running: Promise<void> | null = null
  let again = false
  const run = async () => {
    try {
      while (again && !signal.aborted) {
        again = false
        await round()
      }
    } catch (error) {
      if (!signal.aborted) log.error('pictures were not fetched', { error: String(error) })
    } finally {
      running = null
    }
  }
  return {
    wake() {
      again = true
      if (!signal.aborted) running ??= run()
    },
    settled: () => running ?? Promise.resolve(),
  }
}

interface RoundParts {
  readonly settings: Pick<Settings, 'values'>
  readonly cache: ReturnType<typeof createCache>
  readonly signal: AbortSignal
  onChange(meters: Iterable<number>): void
}

/** Fetches what is due until nothing is. */
function createRound(ctx: CoreContext, { settings, cache, signal, onChange }: RoundParts) {
  const { history } = ctx.store
  const { clock, http } = ctx.ports
  const due = history.statement<Wanted>(WANTED)
  const keepResult = createKeepResult(ctx, cache)
  const next = () => {
    const oldest = Math.floor((clock.now() - settings.values().camera.imageDays * DAY) / SECOND)
    return due.all(oldest, clock.now())
  }
  const allowed = () => {
    const { camera, upstreams } = settings.values()
    return { base: upstreams.imr.baseUrl, hosts: camera.imageHosts }
  }
  const fetchOne = async (one: Wanted, hosts: Map<string, number>) => {
    const host = hostOf(one.url)
    const before = hosts.get(host) ?? 0
    const isDown = before >= HOST_FAILURES
    const fetched: Fetched = isDown ? UNREACHABLE : await fetchImage(http, one.url, allowed(), { signal })
    hosts.set(host, !fetched.ok && fetched.problem === 'unreachable' ? before + 1 : 0)
    await keepResult(one, fetched, !isDown)
    onChange([one.meter])
  }
  return async (): Promise<void> => {
    const hosts = new Map<string, number>()
    // what a sync stores in this turn of the loop is committed before it is looked at
    await history.write(() => undefined)
    await cache.tidy()
    for (let wanted = next(); wanted.length > 0; wanted = next())
      for (const one of wanted) {
        if (signal.aborted) return
        await fetchOne(one, hosts)
      }
  }
}

const UNREACHABLE: Fetched = { ok: false, problem: 'unreachable' }
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '')

/** Keeps a picture, or why there is none. */
function createKeepResult(ctx: CoreContext, cache: ReturnType<typeof createCache>) {
  const { history } = ctx.store
  const { clock } = ctx.ports
  const set = history.statement(
    'UPDATE camera SET file = ?, problem = ?, tries = ?, try_after = ? WHERE meter = ? AND at = ? AND url = ?',
  )
  return async (one: Wanted, fetched: Fetched, isTry: boolean): Promise<void> => {
    if (fetched.ok) return cache.keep(one, fetched)
    const { problem } = fetched
    const refused = problem === 'address' || problem === 'host' || problem === 'redirect'
    const tries = one.tries + (isTry ? 1 : 0)
    const file = refused ? 'refused' : tries < MOST_TRIES ? 'wanted' : 'failed'
    const after = clock.now() + RETRY_MS * 2 ** Math.max(tries - 1, 0)
    await history.write(() => set.run(file, problem, tries, after, one.meter, one.at, one.url))
  }
}
