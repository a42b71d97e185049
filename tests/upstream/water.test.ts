import { describe, expect, it } from 'vitest'
import { redactor } from '#core/redact.ts'
import type { WaterAuth } from '#core/upstream/water-auth.ts'
import {
  costRow,
  flowRow,
  operationRow,
  paymentRow,
  scheduleRow,
  transRow,
} from '../fixtures/water-vendor.ts'
import { waterBench } from './harness.ts'

/** 2023-06-26 00:16:03 +08:00, the document's own sample */
const SAMPLE = 1_687_709_763_000
const page = { page: 1, pageSize: 100 }

describe('what is sent', () => {
  it.each<[WaterAuth, string, Record<string, string>, string]>([
    [{ kind: 'none' }, '', {}, '/api/region'],
    [{ kind: 'bearer' }, 'geheim-1', { authorization: 'Bearer geheim-1' }, '/api/region'],
    [
      { kind: 'basic', user: '站长' },
      'geheim-2',
      { authorization: `Basic ${Buffer.from('站长:geheim-2').toString('base64')}` },
      '/api/region',
    ],
    [{ kind: 'header', name: 'X-Api-Key' }, 'geheim-3', { 'x-api-key': 'geheim-3' }, '/api/region'],
    [{ kind: 'query', name: 'key' }, 'ge heim&4', {}, '/api/region?key=ge+heim%264'],
  ])('W-02 %o', async (auth, secret, headers, url) => {
    const b = await waterBench(auth, secret)
    await b.run(b.water.region())
    expect(b.server.calls[0]).toMatchObject({ url, headers })
    if (!('authorization' in headers)) expect(b.server.calls[0]?.headers.authorization).toBeUndefined()
  })

  it('names every filter as its endpoint does (W-15, W-16), encoded, without the empty ones (W-31)', async () => {
    const b = await waterBench()
    const { water } = b
    await b.run(water.flow({ ...page, region_id: '12', device_code: '007', watch_status: '成功' }))
    await b.run(water.cost({ ...page, user_name: '张三', user_code: '' }))
    await b.run(water.opt({ ...page, opt_type: '阀控' }))
    await b.run(water.schedule({ ...page, coll_code: 'c1', watcher_num: '78' }))
    await b.run(water.trans({ ...page, username: '张', address: '1号', start_time: 1, end_time: 2 }))
    await b.run(water.hispay({ page: 2, pageSize: 30, user_code: 'u1' }))
    expect(b.server.calls.map(({ url }) => url)).toEqual([
      '/api/flow?region_id=12&device_code=007&watch_status=%E6%88%90%E5%8A%9F&page=1&page_count=100',
      '/api/cost?user_name=%E5%BC%A0%E4%B8%89&page=1&page_count=100',
      '/api/opt?opt_type=%E9%98%80%E6%8E%A7&page=1&page_count=100',
      '/api/schedule?coll_code=c1&watcher_num=78&page=1&page_count=100',
      '/api/trans?username=%E5%BC%A0&address=1%E5%8F%B7&start_time=1&end_time=2&page=1&page_count=100',
      '/api/hispay?user_code=u1&page=2&page_count=30',
    ])
  })

  it('keeps the secret out of errors and the log', async () => {
    const b = await waterBench({ kind: 'query', name: 'key' }, 'nobody-reads-me')
    b.server.onCall = () => ({ status: 500, text: 'key=nobody-reads-me' })
    const error = await b.fails(b.water.region())
    expect(error.message).not.toContain('nobody-reads-me')
    expect(redactor.text(b.log.lines.join('\n'))).not.toContain('nobody-reads-me')
  })
})

describe('what is an answer (W-03)', () => {
  it('takes data: null for none, and a code that says all is well', async () => {
    const b = await waterBench()
    b.server.onCall = () => ({ json: { data: null } })
    expect(await b.run(b.water.flow(page))).toMatchObject({ rows: [], received: 0, total: null })
    b.server.onCall = () => ({ json: { code: 0, msg: 'ok', data: [flowRow('1', SAMPLE)], total: '7' } })
    expect(await b.run(b.water.flow(page))).toMatchObject({ received: 1, total: 7 })
  })

  it.each([
    ['a code with 200', { json: { code: 401, msg: 'x' } }, 'unknownCode'],
    ['a code of another vendor', { json: { code: 1007, msg: 'x', data: [] } }, 'unknownCode'],
    ['no data', { json: { total: 3 } }, 'malformed'],
    ['data that is no list', { json: { data: 'x' } }, 'malformed'],
    ['a list', { json: [] }, 'malformed'],
    ['a page for people', { text: '<html>login</html>' }, 'html'],
    ['401', { status: 401, json: {} }, 'wrongPassword'],
    ['403', { status: 403, json: {} }, 'denied'],
    ['a redirect', { status: 302, headers: { location: 'http://elsewhere.example/' } }, 'redirect'],
    ['404', { status: 404, text: 'no' }, 'notFound'],
  ])('refuses %s', async (_what, instead, fault) => {
    const b = await waterBench()
    b.server.onCall = () => instead
    expect((await b.fails(b.water.flow(page))).fault).toBe(fault)
  })

  it('asks nothing more after a 401 (F-04)', async () => {
    const b = await waterBench({ kind: 'bearer' }, 'wrong-token')
    b.server.onCall = () => ({ status: 401 })
    await b.fails(b.water.region())
    expect((await b.fails(b.water.flow(page))).fault).toBe('stopped')
    expect(b.server.calls).toHaveLength(1)
  })

  it('tries again where trying is harmless (F-09, F-11, F-14)', async () => {
    const b = await waterBench()
    const bad = [{ status: 503, text: '' }, 'hangUp' as const, { text: '{"data":[' }]
    b.server.onCall = () => bad.shift()
    expect(await b.run(b.water.flow(page))).toMatchObject({ received: 0 })
    expect(b.server.calls).toHaveLength(4)
  })
})

describe('how rows are read', () => {
  const read = async (row: object) => {
    const b = await waterBench()
    b.server.onCall = () => ({ json: { data: [row], total: 1 } })
    return { flow: () => b.run(b.water.flow(page)), b }
  }

  it('W-05: times of 13 digits, 10 digits, text, numbers; what is none is null beside its text', async () => {
    for (const [sent, at] of [
      ['1687709763000', SAMPLE],
      [1_687_709_763_000, SAMPLE],
      ['1687709763', SAMPLE],
      ['2023-06-26 00:16:03', SAMPLE],
    ]) {
      const { flow } = await read(flowRow('1', 0, { created_at: sent }))
      expect((await flow()).rows[0]).toMatchObject({ created_at: at })
    }
    const { flow } = await read(flowRow('1', 0, { created_at: 'gestern' }))
    expect((await flow()).rows[0]).toMatchObject({ created_at: null, raw: { created_at: 'gestern' } })
  })

  it('W-11: keys with blanks and capitals', async () => {
    const { created_at, ...rest } = flowRow('1', SAMPLE, { flow_chart_url: undefined })
    const { flow } = await read({ ...rest, ' Created at': created_at, 'flow chart url': 'http://h/x.png' })
    expect((await flow()).rows[0]).toMatchObject({ created_at: SAMPLE, flow_chart_url: 'http://h/x.png' })
  })

  it('keeps codes as text and decimals as sent; a bad number sets the row aside (F-23)', async () => {
    const { b } = await read({})
    b.server.onCall = () => ({
      json: {
        data: [
          flowRow('0012', SAMPLE, { balance: '100.50', total_flow: 12.25, status: null }),
          flowRow('2', SAMPLE, { total_flow: '--' }),
          flowRow('', SAMPLE),
          { ...flowRow('4', SAMPLE), device_code: 123_456_789 },
        ],
      },
    })
    const { rows, bad, received } = await b.run(b.water.flow(page))
    expect(rows).toMatchObject([
      { device_code: '0012', balance: '100.50', total_flow: '12.25', status: '' },
      { device_code: '123456789' },
    ])
    expect(bad.map(({ reason }) => reason)).toEqual(['total_flow is no decimal: --', 'no device_code'])
    expect(received).toBe(4)
  })

  it('W-06, W-07: a time and a count that are none', async () => {
    const b = await waterBench()
    const counts = [2, '3', '执行次数'].map((execution_count) =>
      scheduleRow('78', SAMPLE, { execution_count, execution_time: '6767' }),
    )
    b.server.onCall = () => ({ json: { data: counts } })
    const { rows } = await b.run(b.water.schedule(page))
    expect(rows.map((row) => row.execution_count)).toEqual([2, 3, null])
    expect(rows[2]).toMatchObject({
      execution_time: null,
      raw: { execution_count: '执行次数', execution_time: '6767' },
    })
  })

  it('W-15, W-17: either name of a name, either spelling of the amount, the documented one first', async () => {
    const b = await waterBench()
    const { user_name, amcount_recharged: _, ...rest } = paymentRow('1', SAMPLE, 5)
    b.server.onCall = () => ({
      json: {
        data: [
          { ...rest, username: user_name, amount_recharged: 7 },
          { ...rest, user_name: 'A', amcount_recharged: 8, amount_recharged: 9 },
        ],
      },
    })
    expect((await b.run(b.water.hispay(page))).rows).toMatchObject([
      { user_name: 'Fish', amcount_recharged: '7' },
      { user_name: 'A', amcount_recharged: '8' },
    ])
  })

  it('W-20, W-21: a battery without a unit, a usage of one number or of many', async () => {
    const b = await waterBench()
    const usages = [12.5, [1, 2.5], '1,2, 3', 'viel', null]
    b.server.onCall = () => ({
      json: {
        data: usages.map((latest_31_day_usage) => transRow('1', SAMPLE, 5, { latest_31_day_usage })),
      },
    })
    const { rows } = await b.run(b.water.trans(page))
    expect(rows.map((row) => row.latest_31_day_usage)).toEqual([
      ['12.5'],
      ['1', '2.5'],
      ['1', '2', '3'],
      null,
      null,
    ])
    expect(rows[3]?.raw).toEqual({ latest_31_day_usage: 'viel' })
    expect(rows[0]?.battery_voltage).toBe('100')
  })

  it('W-10: regions as a flat list, parents first; a bad one is set aside, its children are not', async () => {
    const b = await waterBench()
    b.server.regions = [
      { id: 1212, name: '山东省', children: [{ id: 1215, name: '烟台市', children: null }, { name: 'x' }] },
      { id: '2212', name: '湖南省', children: [{ id: 2215, name: '长沙市' }] },
    ]
    const { rows, bad } = await b.run(b.water.region())
    expect(rows).toEqual([
      { id: '1212', parentId: null, name: '山东省' },
      { id: '1215', parentId: '1212', name: '烟台市' },
      { id: '2212', parentId: null, name: '湖南省' },
      { id: '2215', parentId: '2212', name: '长沙市' },
    ])
    expect(bad).toHaveLength(1)
  })

  it('reads the other two', async () => {
    const b = await waterBench()
    b.server.rows.cost = [costRow('123456', { arrears_balance: 100 })]
    b.server.rows.opt = [operationRow('8787878787', SAMPLE)]
    expect((await b.run(b.water.cost(page))).rows).toEqual([
      {
        username: '张三',
        user_code: '123456',
        phone_number: '13812345678',
        account_balance: '100',
        consumed_amount: '100.5',
        arrears_balance: '100',
        last_billing_date: SAMPLE,
      },
    ])
    expect((await b.run(b.water.opt(page))).rows).toEqual([
      {
        log_type: '阀控',
        device_code: '8787878787',
        operator: '李四',
        operation_time: SAMPLE,
        ip_address: '8.110.35.97',
      },
    ])
  })
})
