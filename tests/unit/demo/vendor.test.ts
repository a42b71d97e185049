import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoProfile, startDemoSite, type DemoSite } from '#main/demo/index.ts'
import { CAMERA_TYPE } from '#main/demo/imr/meters.ts'
import { siteProfile } from '#shared/contract/profile.ts'
import { misreading } from '#main/demo/imr/misread.ts'
import { DAY, formatDateTime, parseDateTime } from '#shared/time.ts'

const ZONE = 8 * 3_600_000
const NOW = Date.UTC(2026, 10, 22, 2, 30)
let now = NOW
let monotonic = 0
let demo: DemoSite

beforeAll(async () => {
  demo = await startDemoSite({ now: () => now, monotonic: () => monotonic })
})
afterAll(() => demo.close())

interface Answer {
  code: number
  data: unknown
  msg: string
  totalCount?: number | string
}
type Row = Record<string, string>

async function post(path: string, body: Record<string, unknown>): Promise<Response> {
  monotonic += 25
  return fetch(`${demo.imrUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}
const ask = async (path: string, body: Record<string, unknown>) =>
  (await (await post(path, body)).json()) as Answer
async function login(): Promise<{ admin_user_name: string; token: string }> {
  const { data } = await ask('user/login', { admin_user_name: demo.account, api_password: demo.password })
  return { admin_user_name: demo.account, token: String(data) }
}
const window = (from: number, to: number, pageNo = 1, pageSize = 1000) => ({
  BeginDate: formatDateTime(from, ZONE),
  EndDate: formatDateTime(to, ZONE),
  pageNo,
  pageSize,
})
const DAY_START = Date.UTC(2026, 10, 9, 16)

describe('the gate', () => {
  it('gives a token for the right password and the documented code for anything else', async () => {
    const wrong = { admin_user_name: demo.account, api_password: 'no' }
    expect((await ask('user/login', wrong)).code).toBe(1005)
    expect((await ask('user/login', { admin_user_name: 'x', api_password: 'y' })).code).toBe(1002)
    expect((await ask('user/login', { admin_user_name: 'x' })).code).toBe(1008)
    expect((await login()).token.length).toBeGreaterThan(20)
  })

  it('refuses calls without token, with a strange one and with an old one', async () => {
    const auth = await login()
    const page = { pageNo: 1, pageSize: 1 }
    expect((await ask('meter/meterList', { ...page, admin_user_name: demo.account })).code).toBe(1008)
    expect((await ask('meter/meterList', { ...page, ...auth, token: 'zzz' })).code).toBe(1006)
    expect((await ask('meter/meterList', { ...page, ...auth, admin_user_name: 'other' })).code).toBe(1009)
    now = NOW + 2 * 3_600_000
    expect((await ask('meter/meterList', { ...page, ...auth })).code).toBe(1007)
    now = NOW
  })

  it('answers 1011 when an endpoint is asked twice within the gap, and not for another one', async () => {
    const auth = await login()
    expect((await ask('meter/meterList', { ...auth, pageSize: 1 })).code).toBe(200)
    expect((await ask('meter/meterList', { ...auth, pageSize: 1 })).code).toBe(200)
    monotonic -= 25
    expect((await ask('meter/meterList', { ...auth, pageSize: 1 })).code).toBe(1011)
    monotonic -= 25
    expect((await ask('meter/readMeter', { ...auth, pageSize: 1 })).code).toBe(200)
  })
})

describe('the wire format', () => {
  it('lists meters with the vendor’s own field names, all of them text', async () => {
    const answer = await ask('meter/meterList', { ...(await login()), pageNo: 2, pageSize: 1000 })
    const rows = answer.data as Row[]
    expect(answer.totalCount).toBe(2000)
    expect(rows).toHaveLength(1000)
    expect(Object.keys(rows[0] ?? {})).toEqual(
      'project_code deviceId deviceName tableNo tableAddress tableType onlineAt netStatis gate user_code user_name house_number'.split(
        ' ',
      ),
    )
    expect(rows.every((row) => Object.values(row).every((value) => typeof value === 'string'))).toBe(true)
    expect(rows.some((row) => row.tableNo?.startsWith('000'))).toBe(true)
    expect(rows.some((row) => row.tableNo !== row.deviceId)).toBe(true)
    expect(rows.some((row) => row.netStatis === '不在线')).toBe(true)
    expect(rows.some((row) => row.gate === '跳闸')).toBe(true)
  })

  it('reads one meter as an object and all as a list', async () => {
    const auth = await login()
    const meter = demo.site.meters[0]
    const one = await ask('meter/readMeter', { ...auth, tableNo: meter?.tableNo, pageNo: 1, pageSize: 1000 })
    expect(one.data).toMatchObject({ tableNo: meter?.tableNo, reading: expect.stringMatching(/^\d+\.\d\d$/) })
    expect(Array.isArray((await ask('meter/readMeter', { ...auth, pageNo: 1, pageSize: 10 })).data)).toBe(
      true,
    )
    expect(
      (await ask('meter/readMeter', { ...auth, tableNo: 'none', pageNo: 1, pageSize: 10 })).data,
    ).toEqual([])
  })

  it('needs the dates of a window, and instructs a device that then shows it', async () => {
    const auth = await login()
    expect((await ask('meter/readMeterList', { ...auth, pageNo: 1, pageSize: 10 })).code).toBe(1008)
    const meter = demo.site.meters.find((m) => m.net === 'online' && !m.gateClosed)
    const gate = async () =>
      ((await ask('meter/readMeter', { ...auth, tableNo: meter?.tableNo })).data as Row).gate
    const told = await ask('meter/meterInstruct', { ...auth, deviceId: meter?.deviceId, type: '1' })
    expect(told).toEqual({ code: 200, msg: '操作成功' })
    expect(await gate()).toBe('合闸')
    now = NOW + 3000
    expect(await gate()).toBe('跳闸')
    now = NOW
  })

  it('pages a day of all meters without loss, whatever the count says', async () => {
    const auth = await login()
    const seen = new Set<string>()
    let pages = 0
    for (let rows: Row[] = []; pages === 0 || rows.length === 500;) {
      rows = (
        await ask('meter/readMeterList', {
          ...auth,
          ...window(DAY_START, DAY_START + DAY - 1000, ++pages, 500),
        })
      ).data as Row[]
      for (const row of rows) seen.add(`${row.tableNo} ${row.readTime}`)
    }
    // cameras have an endpoint of their own
    const meters = demo.site.meters.filter(({ typeCode }) => typeCode !== CAMERA_TYPE)
    const all = demo.site.window(meters, {
      from: DAY_START,
      to: DAY_START + DAY - 1000,
      skip: 0,
      take: 9999,
    })
    expect(all.total).toBeGreaterThan(4000)
    expect(seen.size).toBeGreaterThanOrEqual(all.total - 2)
  })

  it('has camera meters with misreads, rows that could not be read, and the pictures of most', async () => {
    const asked = { ...(await login()), ...window(DAY_START, DAY_START + 6 * DAY) }
    const rows = (await ask('meter/cameraRead', asked)).data as Record<string, string | number>[]
    expect(rows.length).toBeGreaterThan(100)
    const unread = rows.filter((row) => row.imageStatus !== '解析正常')
    expect(unread.length).toBeGreaterThan(0)
    expect(unread.every((row) => row.basicReading === '')).toBe(true)
    const wrong = rows.filter((row) => {
      const meter = demo.site.byTableNo(String(row.tableNo))
      const at = parseDateTime(String(row.imageReadTime), ZONE) ?? 0
      return meter && row.basicReading !== '' && row.basicReading !== demo.site.register(meter, at) / 100
    })
    expect(wrong.length).toBeGreaterThan(0)
    expect(wrong.length).toBeLessThan(rows.length / 10)
    const answers = await Promise.all(
      rows
        .filter((row) => String(row.imageUrl).startsWith(demo.imrUrl))
        .slice(0, 60)
        .map(async (row) => {
          const answer = await fetch(String(row.imageUrl))
          return answer.ok ? Buffer.from(await answer.arrayBuffer()).toString('latin1', 1, 4) : answer.status
        }),
    )
    expect(new Set(answers)).toEqual(new Set(['PNG', 404]))
  })

  it('is a profile that the configuration accepts', () => {
    expect(siteProfile.parse(demoProfile(demo)).siteName).toBe('演示园区')
  })
})

describe('faults', () => {
  it('strike as often as asked, then stop', async () => {
    const auth = await login()
    const list = () => post('meter/meterList', { ...auth, pageNo: 1, pageSize: 2 })
    await demo.setFault('serverError', 1)
    expect((await list()).status).toBe(500)
    await demo.setFault('htmlPage', 1)
    expect((await list()).headers.get('content-type')).toBe('text/html')
    await demo.setFault('tooFast', 2)
    expect([(await (await list()).json()) as Answer, (await (await list()).json()) as Answer]).toMatchObject([
      { code: 1011 },
      { code: 1011 },
    ])
    await demo.setFault('cutJson', 1)
    await expect((await list()).json()).rejects.toThrow()
    await demo.setFault('tokenExpiry', true)
    expect(await (await list()).json()).toMatchObject({ code: 1007 })
    expect(demo.faults()).toEqual([])
  })

  it('can ignore the page number, cap pages and put a row in front', async () => {
    const auth = await login()
    const page = async (pageNo: number) =>
      (await ask('meter/readMeterList', { ...auth, ...window(DAY_START, DAY_START + DAY, pageNo, 100) }))
        .data as Row[]
    const first = await page(1)
    await demo.setFault('ignoredPageNo', 1)
    expect(await page(7)).toEqual(first)
    await demo.setFault('silentCap', 1)
    expect(await page(1)).toHaveLength(50)
    await demo.setFault('rowInsertion', true)
    const early = await page(1)
    expect(early[0]).toEqual(first[1])
    expect((await page(2))[0]).toEqual(early.at(-1))
    expect(await page(1)).toEqual(first)
    await demo.setFault('rowInsertion', false)
  })

  it('can be down and come back on the same port, and hold a request until let go', async () => {
    const auth = await login()
    const list = () => post('meter/meterList', { ...auth, pageNo: 1, pageSize: 1 })
    await demo.setFault('down', true)
    await expect(list()).rejects.toThrow()
    await demo.setFault('down', false)
    expect((await list()).status).toBe(200)
    await demo.setFault('stall', true)
    const held = list()
    const ended = expect(held).rejects.toThrow()
    await expect.poll(async () => (await login(), demo.faults())).toContain('stall')
    await demo.setFault('down', true)
    await demo.setFault('down', false)
    await demo.setFault('stall', false)
    await ended
  })
})

describe('the campus', () => {
  it('is the same for the same seed and another for another', async () => {
    const twin = await startDemoSite({ now: () => now })
    const other = await startDemoSite({ now: () => now, seed: 1 })
    const day = { from: DAY_START, to: DAY_START + DAY, skip: 0, take: 200 }
    const values = ({ site }: DemoSite) =>
      site.window(site.meters, day).slots.map(({ meter, at }) => site.register(meter, at))
    expect(twin.site.meters).toEqual(demo.site.meters)
    expect(values(twin)).toEqual(values(demo))
    expect(values(other)).not.toEqual(values(demo))
    await twin.close()
    await other.close()
  })

  it('has unique numbers, both kinds, unknown types, silent meters and exchanged ones', () => {
    const { meters } = demo.site
    expect(new Set(meters.map((m) => m.tableNo)).size).toBe(2000)
    expect(new Set(meters.map((m) => m.deviceId)).size).toBe(2000)
    expect(meters.filter((m) => m.hourly)).toHaveLength(100)
    expect(meters.filter((m) => m.kind === 'water').length).toBeGreaterThan(400)
    expect(meters.filter((m) => ['25', '33', '34', '52'].includes(m.typeCode)).length).toBeGreaterThan(5)
    expect(meters.filter((m) => m.net === 'offline').length).toBeGreaterThan(20)
    expect(meters.filter((m) => m.resetDay !== null).length).toBeGreaterThan(2)
  })

  it('has registers that only ever grow, except where a meter was exchanged or began again at zero', () => {
    const { site } = demo
    const year = { from: NOW - 365 * DAY, to: NOW, skip: 0, take: 10_000 }
    let resets = 0
    let turns = 0
    for (const meter of site.meters.filter((m) => m.index % 20 === 7 || m.resetDay !== null || m.digits)) {
      const values = site.window([meter], year).slots.map(({ at }) => site.register(meter, at))
      const falls = values.filter((value, i) => i > 0 && value < (values[i - 1] ?? 0)).length
      expect(values.length).toBeGreaterThan(300)
      if (meter.digits !== null) {
        turns += falls
        expect(Math.max(...values)).toBeLessThan(100 * 10 ** meter.digits)
        continue
      }
      expect(falls).toBeLessThanOrEqual(meter.resetDay === null ? 0 : 1)
      resets += falls
    }
    expect(resets).toBeGreaterThan(2)
    expect(turns).toBeGreaterThan(2)
  })

  it('reads a few meters wrongly now and then, and rightly the next day', () => {
    const { site } = demo
    const ratios = site.meters
      .filter(({ misread }) => misread !== null)
      .flatMap((meter) =>
        site.window([meter], { from: NOW - 100 * DAY, to: NOW, skip: 0, take: 200 }).slots.map(({ at }) => {
          const shown = site.register(meter, at)
          return misreading(site.calendar, meter, at, shown) / shown
        }),
      )
    expect(ratios.filter((ratio) => ratio !== 1).length).toBeGreaterThan(4)
    expect(ratios.filter((ratio) => ratio !== 1).every((ratio) => ratio > 9 || ratio < 0.11)).toBe(true)
    expect(ratios.filter((ratio) => ratio === 1).length).toBeGreaterThan(600)
  })

  it('uses a believable amount a day', () => {
    const { site } = demo
    const dormitory = site.meters.filter(
      (m) => m.kind === 'electricity' && m.userName !== '' && m.resetDay === null,
    )
    const days = 200
    const used = dormitory.map(
      (m) => (site.register(m, NOW) - site.register(m, NOW - days * DAY)) / 100 / days,
    )
    const mean = used.reduce((a, b) => a + b, 0) / used.length
    expect(mean).toBeGreaterThan(2)
    expect(mean).toBeLessThan(7)
  })

  it('holds rows back that arrive hours after their time', () => {
    const { site } = demo
    const yesterday = { from: NOW - DAY, to: NOW, skip: 0, take: 1 }
    const before = site.window(site.meters, yesterday).total
    now = NOW + 3 * DAY
    const after = site.window(site.meters, yesterday).total
    now = NOW
    expect(after).toBeGreaterThan(before)
  })

  it('never reports from the future, and its latest is the newest of its history', () => {
    const { site } = demo
    for (const meter of site.meters.slice(0, 300)) {
      const latest = site.latest(meter)
      const history = site.window([meter], { from: NOW - 60 * DAY, to: NOW + DAY, skip: 0, take: 2000 }).slots
      expect(latest).toBe(history.at(-1)?.at ?? null)
      expect(latest ?? 0).toBeLessThanOrEqual(NOW)
    }
  })

  it('garbles few rows, each in a way a reader can tell', async () => {
    const auth = await login()
    const bad = demo.site.meters.filter((m) => m.badDay !== null && !m.hourly && m.gap === null)
    expect(bad.length).toBeGreaterThan(2)
    const tableNo = bad.map((m) => m.tableNo).join(',')
    const found: Row[] = []
    for (let page = 1; page <= 3; page++) {
      const range = window(NOW - 365 * DAY, NOW, page, 1000)
      found.push(...((await ask('meter/readMeterList', { ...auth, ...range, tableNo })).data as Row[]))
    }
    const garbled = found.filter(
      (row) => !row.tableNo || row.reading === '--' || parseDateTime(row.readTime ?? '', ZONE) === null,
    )
    expect(garbled.length).toBeGreaterThan(0)
    expect(garbled.length).toBeLessThanOrEqual(bad.length + 1)
  })
})
