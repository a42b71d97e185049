import type { CoreContext } from '../context.ts'
import { INGEST_SLICE, type Meters } from '../meters/index.ts'
import type { CallOptions, Page, PagingEnd, PagingRequest } from '../upstream/types.ts'
import type { Upstreams } from '../upstream/index.ts'
import { refuseUnfinished, tooManyBad, WindowFailed } from './faults.ts'
import { PAGE_SIZE, type PageSource } from './page-source.ts'
import { quarantineRows } from './quarantine.ts'
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
    const unstable = await scan.run()
    return { ...scan.found, unstable }
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
  #count = { pages: 0, received: 0, bad: 0 }

  constructor(parts: FetchParts, key: WindowKey, source: PageSource<R>, options: FetchOptions) {
    this.#parts = parts
    this.#key = key
    this.#source = source
    this.#options = options
    const before = parts.windows.find(key)
    this.#cursor = before && before.state !== 'complete' ? before : fresh(source.pageSize)
  }

  get found(): { rows: number; quarantined: number } {
    return { rows: this.#cursor.rows, quarantined: this.#count.bad }
  }

  /** Reads all pages and marks the window complete; true when the vendor's count never came to rest (F-18). */
  async run(): Promise<boolean> {
    const { next_page, page_size, rows, total_hint } = this.#cursor
    const begun = next_page > 1
    const end = await this.#parts.upstreams.readPages<R>(
      {
        firstPage: next_page,
        pageSize: page_size,
        rowsBefore: begun ? rows : 0,
        totalBefore: begun ? total_hint : null,
        mayCap: this.#source.mayCap ?? false,
        fetch: (request) => this.#source.fetch(this.#key, request, this.#options),
        store: (page, cursor) => this.#store(page, cursor),
      },
      this.#options,
    )
    refuseUnfinished(end)
    await this.#complete(end.flags)
    return end.flags.includes('unstable')
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

  #complete(flags: PagingEnd['flags']): Promise<void> {
    const { windows, ctx } = this.#parts
    return ctx.store.history.write(() => {
      this.#save({ state: 'complete', next_page: 1, flags: flags.join(',') })
      windows.dropShorter(this.#key)
      this.#options.onComplete?.()
    })
  }

  async #store(page: Page<R>, at: StoredCursor): Promise<void> {
    const first = at.next === 2
    const { bad, received, pages } = first ? { ...this.#count, bad: 0, received: 0 } : this.#count
    const count = { pages, bad: bad + page.bad.length, received: received + page.received }
    this.#count = count
    const trusted = count.bad <= count.received * BAD_SHARE
    // The count of the first page stands for the scan: one that moved before a crash is still seen after it.
    const total_hint = first ? at.total : (this.#cursor.total_hint ?? at.total)
    const next = { next_page: at.next, page_size: at.pageSize, rows: at.rows, total_hint }
    const after: Partial<Cursor> = { ...next, state: 'open', flags: '' }
    await storePage(this.#parts, this.#key, this.#source, page, () => {
      if (trusted) this.#save(after)
    })
    this.#parts.meters.changed()
    if (!trusted) throw tooManyBad(count.bad, count.received)
    this.#cursor = { ...this.#cursor, ...after }
    count.pages++
    this.#options.onPage?.({ page: at.next - 1, rows: at.rows, total: at.total })
  }

  /** only inside `history.write`; does not change what this scan believes to be on the disk */
  #save(change: Partial<Cursor>): void {
    const { windows, ctx } = this.#parts
    windows.save(this.#key, { ...this.#cursor, ...change }, ctx.ports.clock.now())
  }
}

type StoredCursor = Parameters<PagingRequest<unknown>['store']>[1]

const fresh = (pageSize = PAGE_SIZE): Cursor => ({
  page_size: pageSize,
  next_page: 1,
  state: 'open',
  rows: 0,
  total_hint: null,
  flags: '',
})

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
  // The answer was decoded in this turn: what waited for the thread comes before the first slice.
  await ctx.ports.clock.yield()
  await history.logIsMoved()
  for (let from = 0; ; from += INGEST_SLICE) {
    const slice = page.rows.slice(from, from + INGEST_SLICE)
    const isLast = from + INGEST_SLICE >= page.rows.length
    await history.writeAlone(() => {
      if (slice.length > 0) source.store(key, slice, at)
      if (!isLast) return
      quarantineRows(history, key, page.bad, at)
      last()
    })
    if (isLast) return
  }
}
