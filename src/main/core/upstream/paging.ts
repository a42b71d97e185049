import { cancelled } from './pacing.ts'
import { UpstreamError, type CallOptions, type Page, type PagingEnd, type PagingRequest } from './types.ts'

/** §7.3 e */
const MOST_PAGES = 10_000
/** F-31 */
const SMALLEST_PAGE = 50
/** F-18: how often a window whose rows moved is read again */
const MOST_RESCANS = 3

type Outcome = PagingEnd['outcome']

/** Where one scan over the window stands: page k, R rows received, T the vendor's total (§7.3). */
interface Scan {
  page: number
  pageSize: number
  rows: number
  total: number | null
  previous: string | null
  /** the vendor named two different totals: rows came or went between pages (F-18) */
  moved: boolean
  /** the page size is what the server made of it (W-14) */
  capped: boolean
}

/** The one paging loop, for every list of every vendor system (§7.3, F-18 … F-22, F-31). */
export async function readPages<R>(request: PagingRequest<R>, options: CallOptions = {}): Promise<PagingEnd> {
  let scan: Scan = {
    page: request.firstPage,
    pageSize: request.pageSize,
    rows: request.rowsBefore,
    total: request.totalBefore ?? null,
    previous: null,
    moved: false,
    capped: false,
  }
  let pages = 0
  for (let rescans = 0; ; rescans++) {
    const ended = await scanWindow(request, scan, options)
    pages += ended.pages
    const again = scan.moved && ended.outcome !== 'notHonoured'
    const mismatch = ended.repeated || (scan.total !== null && scan.rows !== scan.total)
    if (!again || rescans === MOST_RESCANS) {
      const flags = [
        ...(mismatch && ended.outcome === 'complete' ? ['countMismatch' as const] : []),
        ...(again ? ['unstable' as const] : []),
      ]
      return { outcome: ended.outcome, pages, rows: scan.rows, flags }
    }
    scan = { ...scan, page: 1, rows: 0, total: null, previous: null, moved: false }
  }
}

/** One scan to its end; the rules of §7.3 by their letters. */
async function scanWindow<R>(
  request: PagingRequest<R>,
  scan: Scan,
  options: CallOptions,
): Promise<{ outcome: Outcome; pages: number; repeated: boolean }> {
  for (let pages = 1; ; pages++) {
    if (scan.page > MOST_PAGES) throw tooManyPages()
    const page = await fetchPage(request, scan, options)
    const repeated = page.received > 0 && page.fingerprint === scan.previous
    if (!repeated) {
      noteTotal(scan, page.total)
      scan.rows += page.received
    }
    const outcome = outcomeOf(scan, page, { repeated, mayCap: request.mayCap ?? false })
    scan.page++
    if (request.mayCap && !outcome) follow(scan, page.received)
    const { pageSize, rows, total } = scan
    scan.previous = page.fingerprint
    if (!repeated && page.received > 0) await request.store(page, { next: scan.page, pageSize, rows, total })
    if (outcome) return { outcome, pages, repeated }
  }
}

function outcomeOf<R>(
  scan: Scan,
  page: Page<R>,
  { repeated, mayCap }: { repeated: boolean; mayCap: boolean },
): Outcome | null {
  const n = page.received
  const reached = scan.total !== null && scan.rows >= scan.total
  // a
  if (n === 0) return scan.total === null || reached ? 'complete' : 'short'
  // b: of a list without pages, shorter than asked for, everything has come
  const isFull = scan.capped ? scan.total !== null && !reached : n >= scan.pageSize
  if (repeated) return isFull ? 'notHonoured' : 'complete'
  // c, d: more rows than were counted prove that the count is wrong, and then a cut page may look like the last
  const isLast = n < scan.pageSize && reached
  return isLast && !(mayCap && scan.rows !== scan.total) ? 'complete' : null
}

/**
 * W-14: a first page shorter than asked for shows how long pages are. Asked for as long as they come, the next one
 * begins where this one ended, whichever size the server counts by.
 */
function follow(scan: Scan, received: number): void {
  if (scan.page !== 2 || received >= scan.pageSize) return
  scan.pageSize = received
  scan.capped = true
}

function noteTotal(scan: Scan, total: number | null): void {
  if (total === null) return
  if (scan.total !== null && scan.total !== total) scan.moved = true
  scan.total = total
}

/** F-31: an answer that is too large is asked for again in halves. */
async function fetchPage<R>(request: PagingRequest<R>, scan: Scan, options: CallOptions): Promise<Page<R>> {
  for (;;) {
    if (options.signal?.aborted) throw cancelled()
    try {
      return await request.fetch({ page: scan.page, pageSize: scan.pageSize })
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.fault !== 'tooLarge') throw error
      if (scan.pageSize <= SMALLEST_PAGE) throw error
      halve(scan)
    }
  }
}

/** Goes on at or before the row that was due; rows read twice are upserts. */
function halve(scan: Scan): void {
  const before = (scan.page - 1) * scan.pageSize
  scan.pageSize = Math.max(SMALLEST_PAGE, Math.floor(scan.pageSize / 2))
  scan.page = Math.floor(before / scan.pageSize) + 1
  scan.rows = Math.min(scan.rows, (scan.page - 1) * scan.pageSize)
  scan.previous = null
}

const tooManyPages = () =>
  new UpstreamError('malformed', `The list does not end after ${MOST_PAGES} pages.`, { endpoint: 'paging' })
