import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPages } from '#core/upstream/paging.ts'
import { UpstreamError, type Page, type PageCursor, type PageRequest } from '#core/upstream/types.ts'

const pageOf = (rows: readonly number[], total: number | null): Page<number> => ({
  rows,
  bad: [],
  received: rows.length,
  total,
  fingerprint: JSON.stringify(rows),
  warnings: [],
})

const count = (n: number, start = 0) => Array.from({ length: n }, (_, i) => start + i)

interface Stage {
  readonly stored: number[]
  readonly cursors: PageCursor[]
  readonly asked: PageRequest[]
}

/** Runs the loop over a vendor's answers and keeps what was stored. */
function stage(
  answer: (request: PageRequest, call: number) => Page<number>,
  pageSize = 100,
  from: Partial<PageCursor> = {},
) {
  const seen: Stage = { stored: [], cursors: [], asked: [] }
  const ended = readPages<number>({
    firstPage: from.next ?? 1,
    pageSize,
    rowsBefore: from.rows ?? 0,
    totalBefore: from.total ?? null,
    async fetch(request) {
      seen.asked.push(request)
      return answer(request, seen.asked.length)
    },
    async store(page, cursor) {
      seen.stored.push(...page.rows)
      seen.cursors.push(cursor)
    },
  })
  return { seen, ended }
}

/** A vendor that pages over `rows` as asked, at most `cap` a page. */
const vendor =
  (rows: readonly number[], total: number | null, cap = Infinity) =>
  ({ page, pageSize }: PageRequest) => {
    const size = Math.min(pageSize, cap)
    return pageOf(rows.slice((page - 1) * size, page * size), total)
  }

describe('the paging loop (§7.3)', () => {
  const table: [string, (r: PageRequest, call: number) => Page<number>, object, number][] = [
    ['c: whole pages and a short one', vendor(count(250), 250), { outcome: 'complete', flags: [] }, 3],
    ['nothing at all', vendor([], 0), { outcome: 'complete', flags: [] }, 1],
    ['nothing, total unknown', vendor([], null), { outcome: 'complete', flags: [] }, 1],
    [
      'a: a full last page needs an empty one',
      vendor(count(200), 200),
      { outcome: 'complete', flags: [] },
      3,
    ],
    ['a: fewer rows than promised', vendor(count(200), 300), { outcome: 'short', flags: [] }, 3],
    [
      'd: total unknown goes on to an empty page',
      vendor(count(150), null),
      { outcome: 'complete', flags: [] },
      3,
    ],
    [
      'd: total 1 never ends it early (I-13)',
      vendor(count(250), 1),
      { outcome: 'complete', flags: ['countMismatch'] },
      3,
    ],
    ['d: a silent cap of 50 (F-21)', vendor(count(120), 120, 50), { outcome: 'complete', flags: [] }, 3],
    [
      'b: pageNo ignored, full page (F-19)',
      () => pageOf(count(100), 500),
      { outcome: 'notHonoured', flags: [] },
      2,
    ],
    [
      'b: one object for every page',
      () => pageOf([1], 52),
      { outcome: 'complete', flags: ['countMismatch'] },
      2,
    ],
    [
      'b: the same without a total',
      () => pageOf([1], null),
      { outcome: 'complete', flags: ['countMismatch'] },
      2,
    ],
  ]
  it.each(table)('%s', async (_, answer, end, pages) => {
    const { seen, ended } = stage(answer)
    expect(await ended).toMatchObject({ ...end, pages })
    expect(new Set(seen.stored).size).toBe(seen.stored.length)
  })

  it('totalCount 1 with pages of 1000 and 500: all 1500 (I-13)', async () => {
    const { seen, ended } = stage(vendor(count(1500), 1), 1000)
    expect(await ended).toEqual({ outcome: 'complete', pages: 2, rows: 1500, flags: ['countMismatch'] })
    expect(seen.stored).toEqual(count(1500))
  })

  it('goes on where it stopped, with the cursor that was stored last', async () => {
    const all = count(450)
    const first = stage((request, call) => {
      if (call === 3) throw new UpstreamError('timeout', 'x', { endpoint: 'e' })
      return vendor(all, 450)(request)
    })
    await expect(first.ended).rejects.toMatchObject({ fault: 'timeout' })
    const cursor = first.seen.cursors.at(-1)
    expect(cursor).toEqual({ next: 3, pageSize: 100, rows: 200, total: 450 })
    const second = stage(vendor(all, 450), 100, cursor)
    expect(await second.ended).toMatchObject({ outcome: 'complete', rows: 450, pages: 3 })
    expect([...first.seen.stored, ...second.seen.stored]).toEqual(all)
  })

  it('never ends for ever: error after 10 000 pages (e)', async () => {
    const { ended } = stage((request) => pageOf([request.page], null), 1)
    await expect(ended).rejects.toMatchObject({ fault: 'malformed' })
  })

  it('halves the page while answers are too large, down to 50 (F-31)', async () => {
    const all = count(1300)
    const limit = 260
    const { seen, ended } = stage((request) => {
      if (request.pageSize > limit) throw new UpstreamError('tooLarge', 'x', { endpoint: 'e' })
      return vendor(all, 1300)(request)
    }, 1000)
    expect(await ended).toMatchObject({ outcome: 'complete', rows: 1300 })
    expect([...new Set(seen.stored)]).toEqual(all)
    expect(seen.cursors[0]).toMatchObject({ next: 2, pageSize: 250 })
    const hopeless = stage(() => {
      throw new UpstreamError('tooLarge', 'x', { endpoint: 'e' })
    }, 1000)
    await expect(hopeless.ended).rejects.toMatchObject({ fault: 'tooLarge' })
    expect(hopeless.seen.asked.map((r) => r.pageSize)).toEqual([1000, 500, 250, 125, 62, 50])
  })

  it('a large page in the middle: no row lost', async () => {
    const all = count(1000)
    const { seen, ended } = stage((request) => {
      if (request.pageSize === 150 && request.page === 4)
        throw new UpstreamError('tooLarge', 'x', { endpoint: 'e' })
      return vendor(all, 1000)(request)
    }, 150)
    expect(await ended).toMatchObject({ outcome: 'complete', rows: 1000 })
    expect([...new Set(seen.stored)]).toEqual(all)
  })

  it('rows that come in front while paging: read again until it stands still (F-18)', async () => {
    let rows = count(250, 1000)
    const { seen, ended } = stage((request, call) => {
      if (call === 2) rows = [7, ...rows]
      return vendor(rows, rows.length)(request)
    })
    expect(await ended).toEqual({ outcome: 'complete', pages: 6, rows: 251, flags: [] })
    expect(new Set(seen.stored)).toEqual(new Set([7, ...count(250, 1000)]))
  })

  it('rows that never stand still: three scans more, then `unstable` (F-18)', async () => {
    let extra = 0
    const { ended } = stage((request) => {
      const rows = count(250 + ++extra)
      return vendor(rows, rows.length)(request)
    })
    expect(await ended).toMatchObject({ outcome: 'complete', pages: 12, flags: ['unstable'] })
  })

  it('a total that changed while the run was interrupted is read again too', async () => {
    const { seen, ended } = stage(vendor(count(260), 260), 100, { next: 3, rows: 200, total: 250 })
    expect(await ended).toMatchObject({ outcome: 'complete', rows: 260, pages: 4 })
    expect(new Set(seen.stored)).toEqual(new Set(count(260)))
  })

  it('stops when cancelled, between pages', async () => {
    const wish = new AbortController()
    const ended = readPages<number>(
      {
        firstPage: 1,
        pageSize: 10,
        rowsBefore: 0,
        fetch: async (request) => vendor(count(1000), 1000)(request),
        store: async (_, cursor) => {
          if (cursor.next === 4) wish.abort()
        },
      },
      { signal: wish.signal },
    )
    await expect(ended).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('whatever the vendor caps, counts and loses: every row once, in order, or not complete', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 60 }),
        fc.option(fc.integer({ min: 1, max: 60 }), { nil: Infinity }),
        fc.oneof(fc.constant('right'), fc.constant('none'), fc.integer({ min: 0, max: 500 })),
        async (length, pageSize, cap, totalKind) => {
          const rows = count(length)
          const total = totalKind === 'right' ? length : totalKind === 'none' ? null : totalKind
          const { seen, ended } = stage(vendor(rows, total, cap), pageSize)
          const end = await ended
          expect(seen.stored).toEqual(rows.slice(0, seen.stored.length))
          // a wrong total may only cost completeness where a page was short as well
          const trusted = typeof totalKind !== 'number' || totalKind >= length || cap >= pageSize
          if (end.outcome === 'complete' && trusted) expect(seen.stored).toEqual(rows)
          expect(end.outcome).not.toBe('notHonoured')
        },
      ),
      { numRuns: 200 },
    )
  })
})
