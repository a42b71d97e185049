import { array, assert, asyncProperty, integer } from 'fast-check'
import { expect, it } from 'vitest'
import { createMeters } from '#core/meters/index.ts'
import { SORT_SLICE, sortedInSlices } from '#core/sorting.ts'
import { meter, ZONE } from '../fixtures/meters.ts'
import { openTestStore, testContext } from '../fixtures/store.ts'

const never = () => undefined

it('sorts as the language does, equal ones in their order', async () => {
  await assert(
    asyncProperty(array(integer({ min: 0, max: 50 }), { maxLength: 5 * SORT_SLICE }), async (numbers) => {
      const items = numbers.map((n, i) => ({ n, i }))
      const compare = (a: { n: number }, b: { n: number }) => a.n - b.n
      expect(await sortedInSlices(items, compare, never)).toEqual(items.toSorted(compare))
    }),
    { numRuns: 20 },
  )
})

it('looks up after every slice, and after as much of each merge', async () => {
  let looks = 0
  const items = Array.from({ length: 8 * SORT_SLICE }, (_, i) => (i * 7919) % 8009)
  const breathe = () => {
    looks += 1
    return undefined
  }
  await sortedInSlices(items, (a, b) => a - b, breathe)
  // eight slices, then three rounds of merging all of them
  expect(looks).toBe(8 + 3 * 8)
})

it('the meters of a report are read and sorted in slices', async () => {
  const METERS = 9000
  const test = await openTestStore()
  let yields = 0
  let ms = 0
  const clock = Object.assign(Object.create(test.clock) as typeof test.clock, {
    now: () => test.clock.now(),
    // each look is later than a block may last
    monotonic: () => (ms += 20),
    sleep: test.clock.sleep.bind(test.clock),
    every: test.clock.every.bind(test.clock),
    yield: () => {
      yields += 1
      return test.clock.yield()
    },
  })
  const settings = { zone: () => ZONE, onChange: () => () => undefined }
  const meters = createMeters(testContext(test, { ports: { clock } }), { settings })
  const houses = Array.from({ length: METERS }, (_, i) => (i * 7919) % METERS)
  await test.store.history.write(() =>
    meters.catalogue.upsert(
      houses.map((house, i) => meter(`M${i}`, { place: `${(i % 12) + 1}栋`, house: String(house) })),
      test.clock.now(),
    ),
  )
  yields = 0
  const found = await meters.figures.meters({})
  // pages of 2000, slices of 1000, and four rounds of merging
  expect(yields).toBeGreaterThanOrEqual(4 + 9 + 3 * 9)
  expect(found).toHaveLength(METERS)
  const places = [...new Set(found.map(({ place }) => place))]
  expect(places.slice(0, 2).concat(places.slice(-1))).toEqual(['1栋', '2栋', '12栋'])
  const first = found.filter(({ place }) => place === '1栋').map(({ house }) => Number(house))
  expect(first).toEqual(first.toSorted((a, b) => a - b))
  meters.close()
  await test.close()
})
