import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal } from '#shared/decimal.ts'
import { DAY, dayNumber, HOUR } from '#shared/time.ts'
import { anyCall, at, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'

const FIRST = at('2026-02-26')
const DAYS = 6

/** Instants of some days, many of them exactly on an hour or at midnight, with a rising or falling register. */
const series = fc
  .uniqueArray(
    fc.tuple(
      fc.oneof(
        fc.integer({ min: 0, max: DAYS * 24 }).map((h) => h * HOUR),
        fc.integer({ min: 0, max: DAYS * 86_400 }).map((s) => s * 1000),
      ),
      fc.integer({ min: 0, max: 90_000 }),
    ),
    { selector: ([offset]) => offset, minLength: 1, maxLength: 40 },
  )
  .chain((points) => fc.record({ points: fc.constant(points), rising: fc.boolean() }))
  .map(({ points, rising }) => {
    const inTime = points.toSorted((a, b) => a[0] - b[0])
    let register = 0
    return inTime.map(([offset, step]) => {
      register = rising ? register + step : step
      return { at: FIRST + offset, value: register }
    })
  })
type Series = ReturnType<typeof series.generate>['value']

const arrivals = series.chain((points) =>
  fc.record({
    points: fc.constant(points),
    order: fc.shuffledSubarray(points, { minLength: points.length }),
    again: fc.subarray(points),
    slice: fc.integer({ min: 1, max: 12 }),
  }),
)

const dayOf = (instant: number) => dayNumber(instant - 1000, ZONE)

/** The daily summary computed from nothing but the definition. */
function summaryOf(points: Series) {
  return [...Map.groupBy(points, (p) => dayOf(p.at))].map(([day, own]) => ({
    day,
    first_value: own[0]?.value,
    last_value: own.at(-1)?.value,
    last_at: (own.at(-1)?.at ?? 0) / 1000,
    readings: own.length,
    fell: own.some((p, i) => i > 0 && p.value < (own[i - 1]?.value ?? 0)) ? 1 : 0,
  }))
}

async function fill(
  site: TestMeters,
  { order, again, slice }: { order: Series; again: Series; slice: number },
) {
  const rows = [...order, ...again].map((p) => reading('A', p.at, formatDecimal(p.value, 4)))
  for (let i = 0; i < rows.length; i += slice) await site.ingest(rows.slice(i, i + slice))
}

const daily = (site: TestMeters) =>
  site.test.store.history

    .statement<{ readings: number }>(
      'SELECT day, first_value, last_value, last_at, readings, fell FROM daily ORDER BY day',
    )
    .all()

async function withSite(work: (site: TestMeters) => Promise<void>) {
  const site = await openMeters()
  try {
    await work(site)
  } finally {
    await site.close()
  }
}

/** Pages with one reading each of many meters, at instants of their own; several days, all orders. */
const pages = fc.record({
  meters: fc.integer({ min: 20, max: 60 }),
  offsets: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
  values: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 7 }),
})
type Pages = ReturnType<typeof pages.generate>['value']

/** Reading `page` of a meter: every third meter gets its pages the other way round. */
function pointOf({ offsets, values }: Pages, page: number, index: number) {
  const hour = offsets[index % 3 === 0 ? offsets.length - 1 - page : page] ?? 0
  return { at: FIRST + hour * HOUR + index * 1000, value: values[(page * 3 + index) % values.length] ?? 0 }
}

describe('readings in any order and any slices', () => {
  it('leave each meter its own summary and latest value when a page holds one reading of many', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (given) => {
        await withSite(async (site) => {
          const indexes = Array.from({ length: given.meters }, (_, i) => i)
          for (let page = 0; page < given.offsets.length; page++)
            await site.ingest(
              indexes.map((index) => {
                const { at: instant, value } = pointOf(given, page, index)
                return reading(`M${index}`, instant, formatDecimal(value, 4))
              }),
            )
          const own = indexes.map((index) =>
            given.offsets.map((_, page) => pointOf(given, page, index)).toSorted((a, b) => a.at - b.at),
          )
          const { history } = site.test.store
          const found = history
            .statement<{ meter: number }>(
              'SELECT meter, day, first_value, last_value, last_at, readings, fell FROM daily ORDER BY meter, day',
            )
            .all()
          expect(found).toEqual(
            own.flatMap((points, i) => summaryOf(points).map((row) => ({ meter: i + 1, ...row }))),
          )
          expect(history.statement('SELECT at, value FROM latest ORDER BY meter').all()).toEqual(
            own.map((points) => ({ at: (points.at(-1)?.at ?? 0) / 1000, value: points.at(-1)?.value })),
          )
        })
      }),
      { numRuns: 40 },
    )
  })

  it('leave the summary, the latest value and the count that their whole has', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (given) => {
        await withSite(async (site) => {
          await fill(site, given)
          expect(daily(site)).toEqual(summaryOf(given.points))
          const newest = given.points.at(-1)
          expect(site.test.store.history.statement('SELECT at, value FROM latest').all()).toEqual([
            { at: (newest?.at ?? 0) / 1000, value: newest?.value },
          ])
          expect(site.meters.counts()).toEqual({ meters: 1, readings: given.points.length })
        })
      }),
      { numRuns: 40 },
    )
  })

  it('sum up to the difference of the register over days without gap and reset', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (given) => {
        await withSite(async (site) => {
          await fill(site, given)
          const range = { from: FIRST - DAY, to: FIRST + (DAYS + 2) * DAY, bucket: 'day' as const }
          const { rows } = await site.handlers['meters.usage'](anyCall, { ...range, meterIds: ['imr:A'] })
          const lastOn = new Map(given.points.map((p) => [dayOf(p.at), p.value]))
          let sum = 0
          let start: number | null = null
          for (const row of [...rows, { state: 'gap', bucket: range.to, usage: null } as const]) {
            const day = dayNumber(row.bucket, ZONE)
            if (row.state === 'measured') {
              start ??= lastOn.get(day - 1) ?? Number.NaN
              expect(row.usage).toMatch(/^\d/)
              sum += Math.round(Number(row.usage) * 10_000)
              continue
            }
            expect(row.usage).toBeNull()
            if (start !== null) expect(sum).toBe((lastOn.get(day - 1) ?? Number.NaN) - start)
            start = null
            sum = 0
          }
        })
      }),
      { numRuns: 40 },
    )
  })

  it('give the same days when the zone changes and changes back', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (given) => {
        await withSite(async (site) => {
          await fill(site, given)
          const before = daily(site)
          site.setZone('-05:00')
          await site.meters.settled()
          const elsewhere = daily(site)
          site.setZone('+08:00')
          await site.meters.settled()
          expect(daily(site)).toEqual(before)
          expect(elsewhere.reduce((n, row) => n + row.readings, 0)).toBe(given.points.length)
        })
      }),
      { numRuns: 15 },
    )
  })
})
