import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { linkWater } from '#core/demo/water-links.ts'
import { startDemoSite, type DemoSite } from '#main/demo/index.ts'
import type { WaterFault } from '#shared/contract/demo.ts'
import { DAY } from '#shared/time.ts'
import { openTestStore, testContext } from '../../fixtures/store.ts'

const NOW = Date.UTC(2026, 2, 10, 4)

let demo: DemoSite
beforeAll(async () => {
  demo = await startDemoSite({
    meters: 40,
    hourly: 4,
    days: 60,
    flats: 120,
    now: () => NOW,
    monotonic: () => 0,
  })
})
afterAll(() => demo.close())
beforeEach(async () => {
  for (const kind of demo.faults()) await demo.setFault(kind, false)
})

type Answer = { data: Record<string, unknown>[]; total?: number | string; code?: number }
const ask = (path: string, query: Record<string, string | number> = {}, token = demo.water.token) =>
  fetch(
    `${demo.water.url}/${path}?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`,
    {
      headers: { authorization: `Bearer ${token}` },
    },
  )
const rows = async (path: string, query: Record<string, string | number> = {}) =>
  (await (await ask(path, { page: 1, page_count: 1000, ...query })).json()) as Answer
const fault = (kind: WaterFault, on: boolean | number = true) => demo.setFault(kind, on)

describe('what the demo’s office linked', () => {
  it('is most of the flats, each account and meter with the room they are in', () => {
    const rooms = new Map(demo.campus.rooms.map((room) => [room.id, room.meters.map((m) => m.tableNo)]))
    const { waterLinks } = demo
    expect(waterLinks.length).toBeGreaterThan(120 * 0.75)
    expect(waterLinks.length).toBeLessThan(120)
    for (const { roomId, deviceCode } of waterLinks) expect(rooms.get(roomId)).toContain(deviceCode)
    const accounts = new Map(demo.water.site.devices.map((one) => [one.deviceCode, one.userCode]))
    for (const { deviceCode, userCode } of waterLinks) expect(accounts.get(deviceCode)).toBe(userCode)
    expect(new Set(waterLinks.map(({ how }) => how))).toEqual(new Set(['import', 'hand']))
  })

  it('is entered once, and not where somebody has linked anything', async () => {
    const test = await openTestStore()
    const ctx = testContext(test, { options: { demoSite: demo } })
    const count = test.store.site.statement<{ n: number }>('SELECT count(*) AS n FROM water_link')
    await linkWater(ctx)
    await linkWater(ctx)
    expect(count.get()?.n).toBe(demo.waterLinks.length)
    await test.store.site.write(() => test.store.site.sql.exec("DELETE FROM water_link WHERE how = 'import'"))
    const left = count.get()?.n
    await linkWater(ctx)
    expect(count.get()?.n).toBe(left)
    await test.close()
  })
})

describe('the water system of the demo', () => {
  it('knows the meters of the flats by the numbers of the campus platform', async () => {
    const { data } = await rows('flow')
    const numbers = new Set(demo.campus.rooms.flatMap((room) => room.meters.map(({ tableNo }) => tableNo)))
    expect(new Set(data.map((row) => row['device_code'])).size).toBe(120)
    expect(data.every((row) => numbers.has(String(row['device_code'])))).toBe(true)
  })

  it('wants its token', async () => {
    expect((await ask('region', {}, 'another')).status).toBe(401)
    expect((await ask('region')).status).toBe(200)
  })

  it('filters fuzzily: one number brings its neighbours too (W-08)', async () => {
    const { data: all } = await rows('cost')
    const { data } = await rows('cost', { user_code: 'W10000' })
    expect(data.length).toBeGreaterThan(1)
    expect(data.length).toBeLessThan(all.length)
    const { data: region } = await rows('cost', { region_id: '12' })
    expect(region.length).toBeGreaterThan(0)
  })

  it('pages over the readings of a day without losing one, whatever the count says', async () => {
    const start = Math.floor(NOW / DAY) * DAY - 3 * DAY
    const whole = await rows('trans', { start_time: start, end_time: start + DAY })
    const pages = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((page) =>
        rows('trans', { start_time: start, end_time: start + DAY, page, page_count: 50 }),
      ),
    )
    expect(pages.flatMap(({ data }) => data)).toEqual(whole.data)
    expect(whole.data.length).toBeGreaterThan(300)
    const registers = whole.data
      .filter((row) => row['device_code'] === whole.data[0]?.['device_code'])
      .map((row) => Number(row['total_flow']))
    expect(registers).toEqual(registers.toSorted((a, b) => a - b))
  })

  it('says a wrong count on some days, or none (F-20)', async () => {
    const totals = await Promise.all(
      Array.from({ length: 9 }, (_, n) => rows('trans', { start_time: NOW - n * DAY, end_time: NOW })),
    )
    const kinds = new Set(totals.map(({ total, data }) => (total === data.length ? 'right' : typeof total)))
    expect(kinds).toEqual(new Set(['right', 'string', 'number', 'undefined']))
  })

  it('answers pictures to everybody, and has some on a foreign host', async () => {
    const { data } = await rows('flow')
    const [first] = data
    const picture = await fetch(String(first?.['flow_chart_url']))
    expect(picture.headers.get('content-type')).toBe('image/png')
    const bytes = Buffer.from(await picture.arrayBuffer())
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n')
    const hosts = new Set(data.map((row) => new URL(String(row['flow_chart_url'])).hostname))
    expect(hosts).toEqual(new Set(['127.0.0.1', 'pictures.example']))
  })

  it('misbehaves on demand', async () => {
    await fault('water.silentCap')
    expect((await rows('flow')).data).toHaveLength(50)
    await fault('water.silentCap', false)
    await fault('water.lyingTotal')
    expect((await rows('cost')).total).toBe(1)
    await fault('water.errorCode', 1)
    expect(await rows('cost')).toEqual({ code: 401, msg: '未登录' })
    await fault('water.unauthorized', 1)
    expect((await ask('cost')).status).toBe(401)
    await fault('water.rowInsertion', 1)
    const { data: first } = await rows('opt', { page_count: 5 })
    const { data: second } = await rows('opt', { page_count: 5, page: 2 })
    expect(second[0]).toEqual(first.at(-1))
    await fault('water.down')
    await expect(ask('region')).rejects.toThrow('fetch failed')
    await fault('water.down', false)
    expect((await ask('region')).status).toBe(200)
  })
})
