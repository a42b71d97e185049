import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY, formatDateTime } from '#shared/time.ts'
import { USAGE_CASES, type UsageCase } from '../../fixtures/usage-cases.ts'
import { anyCall, meter, openMeters, ZONE, type TestMeters } from '../../fixtures/meters.ts'
import { daysOf, eventsOf, FIRST_DAY, play } from '../../fixtures/usage-play.ts'

let site: TestMeters
beforeAll(async () => {
  site = await openMeters()
  await site.catalogue(...USAGE_CASES.map((_, i) => meter(`M${i}`, { typeCode: '3' })))
})
afterAll(() => site.close())

describe('the days of a series', () => {
  it('are at least forty kinds', () => expect(USAGE_CASES.length).toBeGreaterThanOrEqual(40))

  it.each(USAGE_CASES.map((one, i) => [one.name, one, `M${i}`] as const))('%s', async (_, one, id) => {
    await play(site, one, id)
    expect(await daysOf(site, id, one.days.length)).toEqual(one.days)
    expect(await eventsOf(site, id)).toEqual(one.events ?? [])
    await explains(id, one)
  })

  it('are the same byte by byte when everything is made again', async () => {
    const { history } = site.test.store
    const derived = () =>
      ['daily', 'reading_fix', 'usage_event'].map((table) =>
        history.statement(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).arrays(),
      )
    await site.meters.settled()
    const before = derived()
    await history.write(() => history.sql.exec('DELETE FROM usage_event; DELETE FROM daily'))
    site.setZone('+00:00')
    await site.meters.settled()
    site.setZone('+08:00')
    await site.meters.settled()
    expect(derived()).toEqual(before)
  })
})

/** Each day says of its figure what it is made of, and that adds up. */
async function explains(id: string, one: UsageCase) {
  for (const [i, expected] of one.days.entries()) {
    const found = await site.handlers['meters.explain'](anyCall, {
      meterId: `imr:${id}`,
      at: FIRST_DAY + i * DAY,
      bucket: 'day',
    })
    const said = found.state === 'estimated' ? `~${found.usage}` : (found.usage ?? found.state)
    expect(said).toBe(expected)
    if (found.state === 'reset') expect(found.events.some((e) => e.state === 'parked')).toBe(true)
    if (found.usage !== null) {
      const steps = found.events.reduce((sum, e) => sum + Number(e.step), 0)
      expect(Number(found.difference) + steps).toBeCloseTo(Number(found.usage), 4)
    }
    if (found.state === 'estimated') expect(found.decisions.some((d) => d.estimated)).toBe(true)
    expect(formatDateTime(found.from, ZONE)).toBe(formatDateTime(FIRST_DAY + i * DAY, ZONE))
  }
}
