import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import type { Checked, OperationName } from '#shared/contract/index.ts'
import { contract } from '#shared/contract/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import { openSyncSite, operatorCall, type SyncSite } from '../fixtures/sync-site.ts'
import { watchedSql } from '../fixtures/watched-sql.ts'
import * as rows from '../fixtures/water-vendor.ts'
import { startWaterServer, type WaterVendorServer } from '../fixtures/water-vendor.ts'

const START = FAKE_START - 3 * DAY
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const workers = createWorkers(new URL('../../src/main/worker.ts', import.meta.url))
afterAll(() => workers.close())

const sql = watchedSql()
let vendor: WaterVendorServer
let site: SyncSite

beforeEach(async () => {
  vendor = await startWaterServer()
  vendor.regions = [{ id: 1, name: 'A', children: [{ id: 12, name: 'B' }] }]
  vendor.members.set('1', ['123', '1234', 'u123', 'u9'])
  vendor.members.set('12', ['1234'])
  vendor.members.set('c7', ['123'])
  vendor.rows.flow = [
    rows.flowRow('123', START, { flow_chart_url: `${vendor.url}/123.png` }),
    rows.flowRow('123', START + DAY, { status: '离线', flow_chart_url: '' }),
    rows.flowRow('1234', START, { flow_chart_url: 'http://pictures.example/1234.png' }),
  ]
  vendor.rows.cost = [
    rows.costRow('u123', { username: '张三', arrears_balance: 12.5 }),
    rows.costRow('u1234', { username: '李四', arrears_balance: 0, phone_number: '123456789' }),
    rows.costRow('u9', { username: '王五', arrears_balance: 300, phone_number: '12' }),
  ]
  vendor.rows.opt = [
    rows.operationRow('123', START, { log_type: '换表' }),
    rows.operationRow('1234', START + 1000, { ip_address: '10.0.0.1' }),
  ]
  vendor.rows.schedule = [
    rows.scheduleRow('123', START, { user_code: 'u123' }),
    rows.scheduleRow('1234', START - DAY, { execution_status: '执行失败', user_code: 'u1234' }),
    rows.scheduleRow('123', START + HOUR, { user_code: 'u123' }),
  ]
  vendor.rows.trans = [
    rows.transRow('123', START, 10),
    rows.transRow('123', START + DAY, 11, { battery_voltage: 60 }),
    rows.transRow('1234', START, 5, { house_number: '2号楼', username: '李四' }),
    rows.transRow('55', START, 5, { battery_voltage: 99, username: '' }),
  ]
  vendor.rows.hispay = [
    rows.paymentRow('123', START, 50, { user_code: 'u123' }),
    rows.paymentRow('1234', START + DAY, 20, { user_code: 'u1234', user_name: '李四' }),
  ]
  site = await openSyncSite({
    url: null,
    water: { baseUrl: vendor.url, imageHosts: ['pictures.example:81'], collectors: ['c7'] },
    sync: { historyDays: 6 },
    ports: { workers },
    sql: sql.driver,
  })
  await site.clock.advance(HOUR)
  await site.run({ source: 'water' })
  vendor.calls.length = 0
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

type WaterName = Extract<OperationName, `water.${string}`>

/** as the door calls it: input and output checked by the contract */
async function call<N extends WaterName>(name: N, input: object = {}, by: Call = operatorCall) {
  const checked = contract[name].input.parse(input) as Checked<N>
  const handler = site.water.handlers[name] as (call: Call, input: Checked<N>) => unknown
  const answer = await site.until(Promise.resolve(handler(by, checked)))
  return contract[name].output.parse(answer) as ReturnType<(typeof contract)[N]['output']['parse']>
}

describe('the seven lists', () => {
  it('regions: a tree with what their filters returned', async () => {
    expect(await call('water.regions')).toMatchObject({
      total: 2,
      rows: [
        {
          id: '1',
          name: 'A',
          devices: 2,
          accounts: 2,
          active: true,
          children: [{ id: '12', name: 'B', devices: 1, accounts: 0, children: [] }],
        },
      ],
    })
  })

  it('flows: one device, not its neighbours (W-08); a status; a region as reported; newest first', async () => {
    const of = async (input: object) =>
      (await call('water.flows', input)).rows.map((row) => [row.device_code, row.created_at])
    expect(await of({})).toEqual([
      ['123', START + DAY],
      ['123', START],
      ['1234', START],
    ])
    expect(await of({ device_code: '123' })).toHaveLength(2)
    expect(await of({ watch_status: '离线' })).toEqual([['123', START + DAY]])
    expect(await of({ region_id: '12' })).toEqual([['1234', START]])
    expect(await of({ offset: 1, limit: 1 })).toEqual([['123', START]])
    const { total, asOf } = await call('water.flows', { limit: 1 })
    expect(total).toBe(3)
    expect(asOf).toBeGreaterThan(FAKE_START)
    expect((await call('water.words', { list: 'flows' })).rows).toEqual([
      { word: '正常', count: 2 },
      { word: '离线', count: 1 },
    ])
  })

  it('costs: phones masked (W-25), the one account that was asked for, a name in part', async () => {
    const { rows: all } = await call('water.costs', { sort: 'arrears_balance' })
    expect(all.map((row) => [row.user_code, row.arrears_balance, row.phone_number])).toEqual([
      ['u9', '300', '****'],
      ['u123', '12.5', '138****5678'],
      ['u1234', '0', '****789'],
    ])
    expect((await call('water.costs', { user_code: 'u123' })).total).toBe(1)
    expect((await call('water.costs', { user_name: '李' })).rows[0]?.user_code).toBe('u1234')
    expect((await call('water.costs', { region_id: '1' })).total).toBe(2)
  })

  it('shows one phone whole to who asks for it, and that is kept (W-25)', async () => {
    const noted: unknown[] = []
    const asking: Call = { ...operatorCall, note: (detail) => void noted.push(detail) }
    expect(await call('water.reveal', { user_code: 'u123' }, asking)).toEqual({ phone: '13812345678' })
    expect(noted).toEqual([{ target: 'u123' }])
    await expect(call('water.reveal', { user_code: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('operations: type, device, address', async () => {
    expect((await call('water.operations', { opt_type: '换表' })).total).toBe(1)
    expect((await call('water.operations', { device_code: '123' })).total).toBe(1)
    expect((await call('water.operations', { ip_address: '10.0.0.1' })).rows[0]?.device_code).toBe('1234')
  })

  it('schedules: failed first, then the newest; counted', async () => {
    const found = await call('water.schedules')
    expect(found.rows.map((row) => [row.water_meter_number, row.failed])).toEqual([
      ['1234', true],
      ['123', false],
      ['123', false],
    ])
    expect(found.failed).toBe(1)
    expect((await call('water.schedules', { watcher_num: '123' })).total).toBe(2)
    expect(await call('water.words', { list: 'collectors' })).toEqual({ rows: [{ word: 'c7', count: 1 }] })
    expect((await call('water.schedules', { coll_code: 'c7' })).total).toBe(2)
    expect((await call('water.schedules', { coll_code: 'c' })).total).toBe(0)
    expect((await call('water.schedules', { failed: false })).total).toBe(2)
  })

  it('readings: by what the rows say, by the account that payments name, by time', async () => {
    const total = async (input: object) => (await call('water.readings', input)).total
    expect(await total({ device_code: '123' })).toBe(2)
    expect(await total({ username: '李' })).toBe(1)
    expect(await total({ address: '2号' })).toBe(1)
    expect(await total({ user_code: 'u1234' })).toBe(1)
    expect(await total({ start_time: START, end_time: START + DAY })).toBe(3)
    expect(await total({ start_time: START + DAY })).toBe(1)
  })

  it('payments: the same filters', async () => {
    const total = async (input: object) => (await call('water.payments', input)).total
    expect(await total({ user_code: 'u123' })).toBe(1)
    expect(await total({ device_code: '1234', username: '李四' })).toBe(1)
    expect(await total({ address: '南山' })).toBe(2)
    expect(await total({ end_time: START + 1 })).toBe(1)
  })

  it('asks the vendor for none of it, so that it works without a network (R-77)', async () => {
    vendor.onCall = () => 'hangUp'
    for (const name of ['flows', 'costs', 'operations', 'schedules', 'readings', 'payments'] as const)
      expect((await call(`water.${name}`)).total).toBeGreaterThan(0)
    expect(vendor.calls).toEqual([])
  })
})

describe('links', () => {
  const room = async () => {
    const { history } = site.ctx.store
    await history.write(() => {
      history
        .statement('INSERT INTO room (id, parent_id, name, level, seen_at) VALUES (?, ?, ?, 103, 1)')
        .run('r1', null, 'A101')
      history
        .statement('INSERT INTO room (id, parent_id, name, level, seen_at) VALUES (?, ?, ?, 103, 1)')
        .run('r2', null, 'A102')
      history
        .statement('INSERT INTO room_meter (room_id, table_no, type_code, at) VALUES (?, ?, ?, 1)')
        .run('r1', '123', '20')
    })
    site.ctx.events.emit({ type: 'changed', area: 'rooms' })
  }

  it('finds by number what belongs together, and says so', async () => {
    await room()
    const { rows: found, linked, unlinked } = await call('water.links')
    expect(found.find((row) => row.user_code === 'u123')).toMatchObject({
      username: '张三',
      devices: [{ device_code: '123', how: 'auto' }],
      rooms: [{ roomId: 'r1', path: ['A101'], how: 'auto' }],
    })
    // a meter of nobody
    expect(found.at(-1)).toMatchObject({ user_code: '', devices: [{ device_code: '55' }] })
    expect([linked, unlinked]).toEqual([1, 3])
    expect((await call('water.links', { state: 'unlinked' })).total).toBe(3)
    expect((await call('water.links', { query: 'a101' })).total).toBe(1)
  })

  it('lists who owes with the rooms, the most first, and finds them by room', async () => {
    await room()
    const { rows: owing } = await call('water.arrears')
    expect(owing.map((row) => [row.user_code, row.rooms.map(({ path }) => path.join(''))])).toEqual([
      ['u9', []],
      ['u123', ['A101']],
    ])
    expect(owing[1]?.phone_number).toBe('138****5678')
    expect((await call('water.arrears', { query: 'A101' })).total).toBe(1)
    expect((await call('water.arrears', { linked: false })).rows[0]?.user_code).toBe('u9')
  })

  it('takes a link by hand, keeps who made it, takes it back', async () => {
    await room()
    const link = await call('water.link', { roomId: 'r2', user_code: 'u9', note: '业主说的' })
    expect(link).toMatchObject({ how: 'hand', operator: 'lin', note: '业主说的', path: ['A102'] })
    expect((await call('water.link', { roomId: 'r2', user_code: 'u9' })).id).toBe(link.id)
    expect((await call('water.arrears', { query: 'A102' })).rows[0]).toMatchObject({
      user_code: 'u9',
      rooms: [{ how: 'hand' }],
    })
    expect((await call('water.storedLinks')).total).toBe(1)
    await call('water.unlink', { id: link.id })
    expect((await call('water.arrears', { query: 'A102' })).total).toBe(0)
    await expect(call('water.unlink', { id: link.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each([
    [{ user_code: 'u9' }, 'INVALID_INPUT'],
    [{ roomId: 'nowhere', user_code: 'u9' }, 'NOT_FOUND'],
    [{ device_code: '999', user_code: 'u9' }, 'NOT_FOUND'],
    [{ device_code: '123', user_code: 'nobody' }, 'NOT_FOUND'],
  ])('refuses %o', async (input, code) => {
    await expect(call('water.link', input)).rejects.toMatchObject({ code })
  })

  it('imports a file: a dry run says what the real one does, and changes nothing', async () => {
    await room()
    const csv = [
      '房间,水表编号,用户编码',
      'r2,1234,',
      ',55,u9',
      ',,u9',
      'nowhere,55,',
      ',999,u9',
      'r2,1234,',
    ].join('\n')
    const file = { fileName: 'links.csv', base64: Buffer.from(csv).toString('base64') }
    const dry = await call('water.importLinks', { ...file, dryRun: true })
    expect(dry.rows.map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      'new',
      'new',
      'tooFew',
      'roomUnknown',
      'unknown',
      'same',
    ])
    expect((await call('water.storedLinks')).total).toBe(0)
    const real = await call('water.importLinks', { ...file, dryRun: false })
    expect(real).toMatchObject({ counts: dry.counts, rows: dry.rows })
    expect((await call('water.storedLinks')).rows.map(({ how }) => how)).toEqual(['import', 'import'])
    expect((await call('water.importLinks', { ...file, dryRun: false })).counts).toMatchObject({
      new: 0,
      same: 3,
    })
    expect(Buffer.from(real.errorFile ?? '', 'base64').toString()).toContain('找不到这个房间')
  })
})

describe('the picture of the vendor (I-29)', () => {
  const picture = (device_code: string) => call('water.picture', { device_code })

  it('comes from the vendor only when somebody opens it, without its key', async () => {
    vendor.onCall = () => ({ bytes: Buffer.from([...PNG, 1, 2]) })
    const { picture: found, host } = await picture('123')
    expect(found).toEqual({ type: 'image/png', base64: Buffer.from([...PNG, 1, 2]).toString('base64') })
    expect(host).toBe(new URL(vendor.url).host)
    expect(vendor.calls).toHaveLength(1)
    expect(vendor.calls[0]?.headers.cookie).toBeUndefined()
  })

  it.each([
    ['a page', { text: '<svg onload=alert(1)>' }, 'notAnImage'],
    ['another status', { status: 404, text: '' }, 'status'],
    [
      'a redirect elsewhere',
      { status: 302, headers: { location: 'http://elsewhere.example/x.png' } },
      'redirect',
    ],
    ['nothing', 'hangUp' as const, 'unreachable'],
    ['eleven MiB', { bytes: Buffer.alloc(11 * 1024 * 1024) }, 'tooLarge'],
  ])('is refused: %s', async (_what, instead, problem) => {
    vendor.onCall = () => instead
    expect(await picture('123')).toMatchObject({ picture: null, problem })
  })

  it('follows a redirect on the same host', async () => {
    vendor.onCall = ({ url }) =>
      url.endsWith('/moved.png')
        ? { bytes: Buffer.from(PNG) }
        : { status: 302, headers: { location: '/moved.png' } }
    expect((await picture('123')).problem).toBeNull()
  })

  it('asks no host that nobody approved, and no other kind of address', async () => {
    expect(await picture('1234')).toMatchObject({ problem: 'host', host: 'pictures.example' })
    vendor.rows.flow = ['javascript:alert(1)', 'file:///etc/passwd', 'http://u:p@127.0.0.1/x.png'].map(
      (flow_chart_url, n) => rows.flowRow(`p${n}`, START, { flow_chart_url }),
    )
    await site.clock.advance(HOUR)
    await site.run({ source: 'water', dataset: 'flows' })
    for (const n of [0, 1, 2]) expect((await picture(`p${n}`)).problem).toBe('address')
    expect((await picture('55')).problem).toBe('none')
  })
})

describe('meters to look at', () => {
  const watch = async (kind: string, more: object = {}) => call('water.watch', { kind, ...more })
  const hours = (count: number, make: (n: number) => number, code: string) =>
    Array.from({ length: count }, (_, n) => rows.transRow(code, START + n * HOUR, make(n)))

  it('silent for days, the longest first', async () => {
    const { rows: found, judged } = await watch('silent', { days: 2 })
    expect(found.map(({ device_code, count }) => [device_code, count])).toEqual([
      ['1234', 3],
      ['55', 3],
      ['123', 2],
    ])
    expect(judged).toBe(3)
    expect((await watch('silent')).total).toBe(2)
  })

  it('low on battery: below a share of the middle one, or below what is asked (W-20)', async () => {
    const low = await watch('battery')
    expect(low).toMatchObject({ below: '84.15', judged: 3 })
    expect(low.rows).toMatchObject([{ device_code: '123', value: '60' }])
    expect((await watch('battery', { below: '100.5' })).total).toBe(3)
    // what Today counts is what the lists hold
    const counts = { silent: (await watch('silent')).total, battery: low.total }
    expect(await call('water.watchCounts', {})).toEqual(counts)
  })

  it('flows at night, without a pause, or not at all', async () => {
    const daily = (n: number) => Math.floor(n / 24) + (n % 24 >= 8 ? 0.5 : 0)
    vendor.rows.trans = [
      ...hours(72, (n) => n / 10, 'leak'),
      ...hours(72, daily, 'house'),
      ...hours(72, () => 7, 'empty'),
      rows.transRow('rare', START, 1),
    ]
    await site.clock.advance(HOUR)
    await site.run({ source: 'water', dataset: 'readings' })
    const codes = async (kind: string, days: number) =>
      (await watch(kind, { days })).rows.map(({ device_code, value }) => [device_code, value])
    expect(await codes('night', 7)).toEqual([['leak', '0.10']])
    expect(await codes('continuous', 3)).toEqual([['leak', '0.10']])
    expect(await codes('zero', 4)).toEqual([['empty', '7.00']])
    expect((await watch('night')).judged).toBe(3)
    await expectPlans(['night', 'continuous', 'zero', 'silent', 'battery'])
  })

  it('as people put their readings right', async () => {
    const misread = (n: number) => (n === 71 ? 9 : 7)
    vendor.rows.trans = [...hours(72, (n) => n / 10, 'leak'), ...hours(72, misread, 'empty')]
    await site.clock.advance(HOUR)
    await site.run({ source: 'water', dataset: 'readings' })
    const codes = async (kind: string, days: number) =>
      (await watch(kind, { days })).rows.map(({ device_code }) => device_code)
    expect([await codes('continuous', 3), await codes('zero', 4)]).toEqual([['leak'], []])
    const correct = (code: string, n: number, value: string) =>
      site.test.store.site.write(() =>
        site.meters.decisions.correct({
          meterId: `water:${code}`,
          at: START + n * HOUR,
          value,
          origin: 'camera',
          by: 'lin',
          reason: 'misread',
        }),
      )
    await correct('leak', 50, '4.90')
    await correct('empty', 71, '7.00')
    await site.until(site.meters.settled())
    expect([await codes('continuous', 3), await codes('zero', 4)]).toEqual([[], ['empty']])
    const nights = async () => (await watch('night')).rows.map(({ count }) => count)
    expect(await nights()).toEqual([3])
    // the first night was dry after all
    for (const n of [2, 3, 4, 5]) await correct('leak', n, '0.20')
    await site.until(site.meters.settled())
    expect(await nights()).toEqual([2])
  })

  /** every statement seeks: a site has millions of readings */
  async function expectPlans(kinds: readonly string[]) {
    sql.forget()
    for (const kind of kinds) await watch(kind)
    const steps = [...sql.ran]
      .filter((text) => /FROM (reading|water_record)/.test(text))
      .flatMap((text) =>
        site.test.store.history
          .statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
          .all(...Array.from({ length: text.split('?').length - 1 }, () => 1)),
      )
      .map(({ detail }) => detail)
    expect(steps.filter((detail) => /^SEARCH (reading|water_record) /.test(detail)).length).toBeGreaterThan(3)
    expect(steps.filter((detail) => /^SCAN (reading|water_record)/.test(detail))).toEqual([])
    expect(steps.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([])
  }
})
