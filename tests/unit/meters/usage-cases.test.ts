import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY, formatDateTime, toCalendar } from '#shared/time.ts'
import { USAGE_CASES, type UsageCase } from '../../fixtures/usage-cases.ts'
import { anyCall, at, meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'

let site: TestMeters
beforeAll(async () => {
  site = await openMeters()
  await site.catalogue(...USAGE_CASES.map((_, i) => meter(`M${i}`, { typeCode: '3' })))
})
afterAll(() => site.close())

const FROM = at('2026-03-01')
const moment = (day = '', time = '') => at(`2026-03-${day.padStart(2, '0')} ${time}`)

function readingOf(id: string, text: string) {
  const [day, time, value = ''] = text.split(' ')
  return reading(id, moment(day, time), value)
}

/** Enters a decision the way the handlers do. */
function decide(id: string, text: string): Promise<unknown> {
  const [kind = '', day, time, one = '', two = ''] = text.split(' ')
  const what = { meterId: `imr:${id}`, at: moment(day, time), by: 'ann', reason: 'seen on site' }
  const { decisions } = site.meters
  return site.test.store.site.write(() => {
    if (kind === 'ignore') return decisions.ignore(what)
    if (kind === 'accept') return decisions.step({ ...what, kind })
    if (kind === 'rollover') return decisions.step({ ...what, kind, registerDigits: Number(one) })
    if (kind === 'exchange') return decisions.step({ ...what, kind, oldLast: one, newFirst: two })
    return decisions.correct({ ...what, value: one, origin: 'manual', estimated: kind === 'estimate' })
  })
}

async function days(id: string, count: number) {
  const range = { from: FROM, to: FROM + count * DAY }
  const { rows } = await site.handlers['meters.usage'](anyCall, {
    meterIds: [`imr:${id}`],
    ...range,
    bucket: 'day',
  })
  return rows.map(({ usage, state }) => (state === 'estimated' ? `~${usage}` : (usage ?? state)))
}

async function events(id: string) {
  const { rows } = await site.handlers['meters.events'](anyCall, { meterId: `imr:${id}` })
  return rows.toReversed().map((e) => `${e.kind} ${toCalendar(e.at, ZONE).day} ${e.state}`)
}

async function play(one: UsageCase, id: string) {
  await site.ingest(one.readings.map((text) => readingOf(id, text)))
  for (const text of one.decisions ?? []) {
    await site.meters.decisions.settled()
    await decide(id, text)
  }
  await site.meters.decisions.settled()
  await site.ingest((one.late ?? []).map((text) => readingOf(id, text)))
}

describe('the days of a series', () => {
  it('are at least forty kinds', () => expect(USAGE_CASES.length).toBeGreaterThanOrEqual(40))

  it.each(USAGE_CASES.map((one, i) => [one.name, one, `M${i}`] as const))('%s', async (_, one, id) => {
    await play(one, id)
    expect(await days(id, one.days.length)).toEqual(one.days)
    expect(await events(id)).toEqual(one.events ?? [])
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
      at: FROM + i * DAY,
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
    expect(formatDateTime(found.from, ZONE)).toBe(formatDateTime(FROM + i * DAY, ZONE))
  }
}
