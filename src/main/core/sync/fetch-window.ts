import type { CoreContext } from '../context.ts'
import { INGEST_SLICE, type Meters } from '../meters/index.ts'
import type { CallOptions, Page, PagingEnd } from '../upstream/types.ts'
import type { Upstreams } from '../upstream/index.ts'
import { WindowFailed } from './faults.ts'
import { PAGE_SIZE, type PageSource } from './page-source.ts'
import { quarantineRows } from './quarantine.ts'
import { createTotals, MOVED } from './totals.ts'
import type { Cursor, WindowKey, WindowStore } from './windows.ts'

export interface FetchParts {
  readonly ctx: CoreContext
  readonly upstreams: Pick<Upstreams, 'readPages'>
  readonly meters: Pick<Meters, 'changed'>
  readonly windows: WindowStore
}

export interface WindowEnd {
  readonly rows: number
  readonly quarantined: number
  readonly unstable: boolean
}

export interface FetchOptions extends CallOptions {
  /** after each page is stored: page of the current scan, rows so far, the vendor's total */
  readonly onPage?: (progress: { page: number; rows: number; total: number | null }) => void
  /** runs in the transaction that marks the window complete */
  readonly onComplete?: () => void
}

/** F-18: scans of one window beyond the first, before it is accepted as unstable. */
const RESCANS = 3
/** F-23: more bad rows than this and the window is not trusted. */
const BAD_SHARE = 0.2

/**
 * Fetches one window page by page, going on where its cursor stands. Throws UpstreamError, WindowFailed, the
 * stop, or a store error; what was stored until then stays, and the cursor with it (F-17).
 */
export async function fetchWindow<R>(
  parts: FetchParts,
  key: WindowKey,
  source: PageSource<R>,
  options: FetchOptions,
): Promise<WindowEnd> {
  const scan = new Scan(parts, key, source, options)
  try {
    for (let scans = 0; ; scans++) {
      const moved = await scan.run()
      if (moved && scans < RESCANS) continue
      await scan.complete(moved)
      return { ...scan.found, unstable: moved }
    }
  } catch (error) {
    await scan.leave(error)
    throw error
  }
}

class Scan<R> {
  readonly #parts: FetchParts
  readonly #key: WindowKey
  readonly #source: PageSource<R>
  readonly #options: FetchOptions
  /** as it is on the disk: changed only after the commit, so that it can never run ahead of the rows */
  #cursor: Cursor
  #flags: readonly string[] = []
  #count = { pages: 0, received: 0, bad: 0 }

  constructor(parts: FetchParts, key: WindowKey, source: PageSource<R>, options: FetchOptions) {
    this.#parts = parts
    this.#key = key
    this.#source = source
    this.#options = options
    const before = parts.windows.find(key)
    this.#cursor = before && before.state !== 'complete' ? before : fresh()
  }

  get found(): { rows: number; quarantined: number } {
    return { rows: this.#cursor.rows, quarantined: this.#count.bad }
  }

  /** One pass over the pages; true when the vendor's count moved meanwhile, and the next pass starts at 1. */
  async run(): Promise<boolean> {
    const totals = createTotals(this.#cursor.next_page > 1 ? this.#cursor : null)
    this.#count = { ...this.#count, received: 0, bad: 0 }
    const end = await readAll(
      this.#parts,
      this.#key,
      this.#source,
      this.#options,
      this.#cursor,
      (page, next) => {
        totals.see(page)
        return this.#store(page, { ...next, state: 'open', flags: totals.moved() ? MOVED : '' })
      },
    )
    this.#flags = end.flags
    const moved = totals.moved() || end.flags.includes('unstable')
    refuseUnfinished(end, moved)
    if (moved) this.#cursor = { ...this.#cursor, next_page: 1 }
    return moved
  }

  complete(unstable: boolean): Promise<void> {
    const { windows, ctx } = this.#parts
    const flags = [...new Set<string>([...this.#flags, ...(unstable ? ['unstable'] : [])])].join(',')
    return ctx.store.history.write(() => {
      this.#save({ state: 'complete', next_page: 1, flags })
      windows.dropShorter(this.#key)
      this.#options.onComplete?.()
    })
  }

  /** Marks what was begun as partial; a window that was complete and got no page stays so. */
  async leave(error: unknown): Promise<void> {
    const failed = error instanceof WindowFailed
    if (this.#count.pages === 0 && !failed) return
    const again = failed && error.reason !== 'tooManyBadRows' ? { next_page: 1 } : {}
    const change = failed ? { flags: error.reason, ...again } : {}
    const { store, ports } = this.#parts.ctx
    try {
      await store.history.write(() => this.#save({ ...change, state: 'partial' }))
    } catch (cause) {
      ports.log.warn('a cursor was not stored', { error: String(cause) })
    }
  }

  async #store(page: Page<R>, next: PageCursor & Pick<Cursor, 'state' | 'flags'>): Promise<void> {
    const count = this.#count
    count.received += page.received
    count.bad += page.bad.length
    const trusted = count.bad <= count.received * BAD_SHARE
    await storePage(this.#parts, this.#key, this.#source, page, () => {
      if (trusted) this.#save(next)
    })
    this.#parts.meters.changed()
    if (!trusted) throw tooManyBad(count.bad, count.received)
    this.#cursor = { ...this.#cursor, ...next }
    count.pages++
    this.#options.onPage?.({ page: next.next_page - 1, rows: next.rows, total: next.total_hint })
  }

  /** only inside `history.write`; does not change what this scan believes to be on the disk */
  #save(change: Partial<Cursor>): void {
    const { windows, ctx } = this.#parts
    windows.save(this.#key, { ...this.#cursor, ...change }, ctx.ports.clock.now())
  }
}

type PageCursor = Pick<Cursor, 'next_page' | 'rows' | 'total_hint' | 'page_size'>

const fresh = (): Cursor => ({
  page_size: PAGE_SIZE,
  next_page: 1,
  state: 'open',
  rows: 0,
  total_hint: null,
  flags: '',
})

/** The paging loop over one window; the page size of the cursor is the one the stored page came with. */
function readAll<R>(
  parts: FetchParts,
  key: WindowKey,
  source: PageSource<R>,
  options: FetchOptions,
  start: Cursor,
  store: (page: Page<R>, next: PageCursor) => Promise<void>,
): Promise<PagingEnd> {
  let pageSize = start.page_size
  return parts.upstreams.readPages<R>(
    {
      firstPage: start.next_page,
      pageSize,
      rowsBefore: start.next_page > 1 ? start.rows : 0,
      fetch(request) {
        pageSize = request.pageSize
        return source.fetch(key, request, options)
      },
      store: (page, { next, rows, total }) =>
        store(page, { next_page: next, rows, total_hint: total, page_size: pageSize }),
    },
    options,
  )
}

/**
 * Stores a page in slices, each a transaction of its own so that no block of the main thread grows long; the
 * cursor commits with the last one, never ahead of its rows (design §3).
 */
async function storePage<R>(
  { ctx }: FetchParts,
  key: WindowKey,
  source: PageSource<R>,
  page: Page<R>,
  last: () => void,
): Promise<void> {
  const at = ctx.ports.clock.now()
  const { history } = ctx.store
  for (let from = 0; ; from += INGEST_SLICE) {
    const slice = page.rows.slice(from, from + INGEST_SLICE)
    const isLast = from + INGEST_SLICE >= page.rows.length
    await history.write(() => {
      if (slice.length > 0) source.store(key, slice, at)
      if (!isLast) return
      quarantineRows(history, key, page.bad, at)
      last()
    })
    if (isLast) return
  }
}

/** Fewer rows than counted say nothing while the count moves. */
function refuseUnfinished({ outcome, pages, rows }: PagingEnd, moved: boolean): void {
  if (outcome === 'notHonoured')
    throw new WindowFailed('pagingNotHonoured', 'The vendor sent the same page twice.', { pages, rows })
  if (outcome === 'short' && !moved)
    throw new WindowFailed('short', 'The vendor sent fewer rows than it counted.', { pages, rows })
}

const tooManyBad = (bad: number, received: number) =>
  new WindowFailed('tooManyBadRows', `${bad} of ${received} rows could not be understood.`, { bad, received })
