import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check'
import { expect, it } from 'vitest'
import { dayNumber, HOUR, MINUTE } from '#shared/time.ts'
import { anyCall, at, meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'

const FROM = at('2026-03-01')
const DAYS = 70
const STEP = 30 * MINUTE
const SLOTS = (DAYS * 24 * HOUR) / STEP
const TO = at('2026-05-11')
const BEFORE = dayNumber(at('2026-05-01'), ZONE)

type Bucket = 'hour' | 'day' | 'month'

async function usage(site: TestMeters, bucket: Bucket) {
  const input = { meterIds: ['imr:A'], from: FROM, to: TO, bucket }
  return (await site.handlers['meters.usage'](anyCall, input)).rows
}

const daily = (site: TestMeters) =>
  site.test.store.history
    .statement('SELECT day, first_value, last_value, last_at, fell FROM daily ORDER BY day')
    .arrays()
const held = (site: TestMeters) =>
  new Set(
    site.test.store.history
      .statement<{ at: number }>('SELECT at FROM reading')
      .all()
      .map((row) => row.at),
  )
const counted = (site: TestMeters) =>
  site.test.store.history.statement('SELECT day, readings FROM daily ORDER BY day').arrays()

async function thin(site: TestMeters): Promise<number> {
  const start = { meter: 0, day: 0 }
  const { thinning } = site.meters
  const looked = thinning.look(start, BEFORE, Infinity)
  const done = await site.test.store.history.writeAlone(() => thinning.step(start, BEFORE, Infinity))
  expect(done).toEqual({ ...looked, next: null })
  return done.readings
}

/** Everything that was ever summed up or found is made anew from the readings that are left. */
async function rebuild(site: TestMeters): Promise<void> {
  for (const zone of ['+00:00', '+08:00']) {
    site.setZone(zone)
    await site.meters.settled()
  }
}

const steps = array(integer({ min: 0, max: 300 }), { minLength: 40, maxLength: 40 })
/** What happens to a register, where: it falls, is misread, goes silent, jumps, is corrected, or conflicts. */
const incidents = array(
  record({
    slot: integer({ min: 2, max: SLOTS - 60 }),
    what: constantFrom('reset', 'spike', 'silent', 'jump', 'correct', 'conflict', 'busy'),
  }),
  { maxLength: 5 },
)

/** What is noted of a reading keeps it: the hour around it says what it said. */
const aStepNowAndThen = Array.from({ length: 40 }, (_, i) => (i === 20 ? 2 : 0))

it('usage of days and months is the same after readings were thinned, and after all was summed up again', async () => {
  await assert(
    asyncProperty(steps, incidents, async (increments, happened) => {
      const site = await openMeters()
      try {
        await site.catalogue(meter('A'))
        const at = (slot: number) => happened.filter((one) => one.slot === slot).map(({ what }) => what)
        let total = 500_000
        const rows: [number, number][] = []
        let silentUntil = 0
        for (let i = 0; i <= SLOTS; i++) {
          const what = at(i)
          if (what.includes('reset')) total = 0
          total += increments[i % increments.length] ?? 0
          if (what.includes('jump')) total += 10_000_000
          if (what.includes('busy')) total += 20_000
          if (what.includes('silent')) silentUntil = i + 120
          if (i >= silentUntil) rows.push([i, total + (what.includes('spike') ? 90_000_000 : 0)])
        }
        const text = (value: number) => (value / 100).toFixed(2)
        await site.ingest(rows.map(([i, value]) => reading('A', FROM + i * STEP, text(value))))
        for (const { slot, what } of happened) {
          const value = rows.find(([i]) => i === slot)?.[1]
          if (value === undefined) continue
          if (what === 'conflict') await site.ingest([reading('A', FROM + slot * STEP, text(value + 1))])
          if (what === 'correct')
            await site.test.store.site.write(() =>
              site.meters.decisions.correct({
                meterId: 'imr:A',
                at: FROM + slot * STEP,
                value: text(value),
                origin: 'repair',
                by: null,
                reason: 'x',
              }),
            )
        }
        await site.meters.settled()
        const before = { day: await usage(site, 'day'), month: await usage(site, 'month') }
        const hours = await usage(site, 'hour')
        const sums = daily(site)
        const readings = held(site).size

        const gone = await thin(site)
        expect(held(site).size).toBe(readings - gone)
        expect(site.meters.counts().readings).toBe(readings - gone)
        const check = async () => {
          expect(await usage(site, 'day')).toEqual(before.day)
          expect(await usage(site, 'month')).toEqual(before.month)
          expect(daily(site)).toEqual(sums)
          // an hour says what it said, or that it is a gap
          const now = await usage(site, 'hour')
          const otherwise = now.filter((row, i) => row.usage !== hours[i]?.usage && row.state !== 'gap')
          expect(otherwise).toEqual([])
        }
        await check()
        const left = counted(site)
        await rebuild(site)
        await check()
        expect(counted(site)).toEqual(left)
        // what was decided and noted stands beside its readings still
        for (const { slot, what } of happened)
          if (what === 'correct' || what === 'conflict')
            expect(held(site).has((FROM + slot * STEP) / 1000)).toBe(rows.some(([i]) => i === slot))
        expect(await thin(site)).toBe(0)
      } finally {
        await site.close()
      }
    }),
    { numRuns: 12, examples: [[aStepNowAndThen, [{ slot: 579, what: 'conflict' }]]] },
  )
})

it('leaves two or three readings of a quiet old day, and all of those that are not old', async () => {
  const site = await openMeters()
  try {
    await site.catalogue(meter('A'))
    await site.ingest(
      Array.from({ length: SLOTS }, (_, i) => reading('A', FROM + (i + 1) * STEP, (i / 10).toFixed(2))),
    )
    await site.meters.settled()
    expect(await thin(site)).toBeGreaterThan(0)
    const perDay = counted(site).map(([day, readings]) => [Number(day) < BEFORE, readings])
    expect(perDay.filter(([old]) => old).every(([, readings]) => readings === 3)).toBe(true)
    expect(perDay.filter(([old]) => !old).every(([, readings]) => readings === 48)).toBe(true)
    const [before] = [await usage(site, 'hour')]
    expect(before.filter(({ state }) => state === 'gap').length).toBeGreaterThan(61 * 20)
  } finally {
    await site.close()
  }
})
