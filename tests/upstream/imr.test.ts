import { describe, expect, it } from 'vitest'
import type { ImrClient } from '#core/upstream/index.ts'
import { vendorError, type Answer } from '../fixtures/vendor-server.ts'
import {
  BANDS,
  bench,
  CAMERA,
  DAY_WINDOW,
  HISTORY,
  INSTRUCT,
  LATEST,
  LOGIN,
  many,
  meterRow,
  METERS,
  readingRow,
  RECORDS,
  ZONE,
} from './harness.ts'

const page = { page: 1, pageSize: 1000 }
const list = (data: unknown, more: object = {}): Answer => ({ body: { code: 200, data, ...more } })
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}+08:00`)

describe('what is sent (IE-1 … IE-8, I-15, I-19, I-20, I-35)', () => {
  const calls: [string, (imr: ImrClient) => Promise<unknown>, object][] = [
    [METERS, (imr) => imr.meterList({ page: 2, pageSize: 500 }), { pageNo: 2, pageSize: 500 }],
    [LATEST, (imr) => imr.readMeter(page), { tableNo: '', pageNo: 1, pageSize: 1000 }],
    [
      LATEST,
      (imr) => imr.readMeter({ ...page, tableNo: '00000000001' }),
      { tableNo: '00000000001', pageNo: 1, pageSize: 1000 },
    ],
    [
      HISTORY,
      (imr) => imr.readMeterList({ ...page, ...DAY_WINDOW, tableNos: ['00000000001', '00000000002'] }),
      {
        tableNo: '00000000001,00000000002',
        BeginDate: '2026-02-28 00:00:00',
        EndDate: '2026-02-28 23:59:59',
        pageNo: 1,
        pageSize: 1000,
      },
    ],
    [
      RECORDS,
      (imr) => imr.readMeterDataList({ ...page, ...DAY_WINDOW, type: '1' }),
      {
        type: '1',
        tableNo: '',
        BeginDate: '2026-02-28 00:00:00',
        EndDate: '2026-02-28 23:59:59',
        pageNo: 1,
        pageSize: 1000,
      },
    ],
    [INSTRUCT, (imr) => imr.meterInstruct({ deviceId: '7', action: 'close' }), { deviceId: '7', type: '1' }],
    [INSTRUCT, (imr) => imr.meterInstruct({ deviceId: '7', action: 'open' }), { deviceId: '7', type: '2' }],
    [INSTRUCT, (imr) => imr.meterInstruct({ deviceId: '7', action: 'read' }), { deviceId: '7', type: '3' }],
    [
      BANDS,
      (imr) => imr.peaksValleysRead({ ...page, ...DAY_WINDOW }),
      {
        tableNo: '',
        BeginDate: '2026-02-28 00:00:00',
        EndDate: '2026-02-28 23:59:59',
        pageNo: 1,
        pageSize: 1000,
      },
    ],
    [
      CAMERA,
      (imr) => imr.cameraRead({ ...page, ...DAY_WINDOW, tableNos: ['8'] }),
      {
        tableNo: '8',
        BeginDate: '2026-02-28 00:00:00',
        EndDate: '2026-02-28 23:59:59',
        pageNo: 1,
        pageSize: 1000,
      },
    ],
  ]
  it.each(calls)('%s %#', async (path, call, fields) => {
    const { server, imr, run } = await bench()
    await run(call(imr))
    const [request] = server.of(path)
    const { token, admin_user_name: account, ...rest } = request?.fields ?? {}
    expect(server.tokens.has(String(token))).toBe(true)
    expect(account).toBe(server.account)
    expect(rest).toEqual(fields)
    expect(request?.contentType).toContain('application/json')
  })

  it('form encoding, log-in and lists alike (I-01)', async () => {
    const { server, imr, run } = await bench({ encoding: 'form', access: { bodyEncoding: 'form' } })
    server.tables.set(METERS, many(2, meterRow))
    expect((await run(imr.meterList(page))).rows).toHaveLength(2)
    expect(server.received.every((r) => r.contentType.includes('x-www-form-urlencoded'))).toBe(true)
    expect(server.of(METERS)[0]?.fields['pageNo']).toBe('1')
  })

  it('never more than 50 numbers, and one where no list is documented (I-19)', async () => {
    const { server, imr, run } = await bench()
    const tableNos = many(51, String)
    const refused = [
      imr.readMeterList({ ...page, ...DAY_WINDOW, tableNos }),
      imr.peaksValleysRead({ ...page, ...DAY_WINDOW, tableNos }),
      imr.cameraRead({ ...page, ...DAY_WINDOW, tableNos }),
      imr.readMeterDataList({ ...page, ...DAY_WINDOW, type: '1', tableNos: ['1', '2'] }),
      imr.readMeterList({ ...page, ...DAY_WINDOW, tableNos: ['1,2'] }),
    ]
    for (const call of refused) await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(server.received).toHaveLength(0)
    await run(imr.readMeterList({ ...page, ...DAY_WINDOW, tableNos: tableNos.slice(1) }))
    expect(String(server.of(HISTORY)[0]?.fields['tableNo']).split(',')).toHaveLength(50)
  })

  it('the daily code leaves only when configured (I-16)', async () => {
    const unset = await bench()
    const call = { ...page, ...DAY_WINDOW, type: '2' }
    await expect(unset.imr.readMeterDataList(call)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
    expect(unset.server.received).toHaveLength(0)
    const set = await bench({ dailyTypeCode: '2' })
    await set.run(set.imr.readMeterDataList(call))
    expect(set.server.of(RECORDS)[0]?.fields['type']).toBe('2')
  })

  it('a base address with blanks or slashes at its end, or a prefix (I-02)', async () => {
    const { server, run, imr } = await bench()
    await run(imr.login())
    for (const end of ['/', '//  ', '/imr/']) {
      const other = await bench({ access: { baseUrl: `${server.url}${end}` } })
      await other.run(other.imr.login().catch(() => undefined))
    }
    expect(server.received.map((r) => r.path)).toEqual([LOGIN, LOGIN, LOGIN, 'imr/user/login'])
  })
})

describe('how rows are read', () => {
  const first = async (
    path: string,
    row: object,
    call: (imr: ImrClient) => Promise<{ rows: readonly unknown[] }>,
  ) => {
    const { server, imr, run } = await bench()
    server.script(path, list([row]))
    return run(call(imr))
  }

  it('a meter, with its leading zeros (I-20), its two numbers apart (I-21), its online time (I-36)', async () => {
    const { rows } = await first(
      METERS,
      meterRow(1, { tableNo: '00000000001', onlineAt: '0000-00-00 00:00:00' }),
      (imr) => imr.meterList(page),
    )
    expect(rows[0]).toEqual({
      deviceId: '202005005001',
      tableNo: '00000000001',
      name: 'meter 1',
      project: 'zc',
      typeCode: '2',
      place: '7栋',
      house: '1',
      userCode: 'u1',
      userName: 'user 1',
      onlineRaw: '在线',
      onlineAt: null,
      gateRaw: '合闸',
    })
  })

  it('typeType, netStatus, numbers for text, no deviceId (I-07, I-08)', async () => {
    const row = {
      tableNo: 17,
      typeType: 20,
      netStatus: '离线',
      user_code: 5,
      onlineAt: '2026-02-28 10:00:08',
    }
    const { rows } = await first(METERS, row, (imr) => imr.meterList(page))
    expect(rows[0]).toMatchObject({
      deviceId: '17',
      tableNo: '17',
      typeCode: '20',
      onlineRaw: '离线',
      userCode: '5',
      onlineAt: at('2026-02-28 10:00:08'),
    })
  })

  it('a reading: time in the zone, value exact, text as sent', async () => {
    const { rows } = await first(HISTORY, readingRow(1, { reading: '346.90' }), (imr) =>
      imr.readMeterList({ ...page, ...DAY_WINDOW }),
    )
    expect(rows[0]).toEqual({
      deviceId: '202005005001',
      tableNo: '00000001001',
      at: Date.UTC(2026, 1, 28, 10, 30, 28) - ZONE,
      value: { scaled: 3_469_000, digits: 2, exact: true },
      text: '346.90',
    })
  })

  it.each([
    [{ amount: '1.5' }, '1.5', []],
    [{ amout: '2' }, '2', []],
    [{ amount: 3, amout: '3' }, '3', []],
    [{ amount: '3', amout: '4' }, '3', ['amountDiffers']],
    [{}, null, []],
  ])('amount of %j is %s (I-18)', async (more, amount, warnings) => {
    const { server, imr, run } = await bench()
    server.script(RECORDS, list([readingRow(1, { dosage: '0.5', type: 1, ...more })]))
    const found = await run(imr.readMeterDataList({ ...page, ...DAY_WINDOW, type: '1' }))
    expect(found.rows[0]).toMatchObject({ amount, dosage: '0.5', meterType: '1' })
    expect(found.warnings).toEqual(warnings)
  })

  const bandRow = {
    project_code: 'cs',
    deviceId: '202005004869',
    tableNo: '202005004869',
    createTime: '2025-07-01 00:57:05',
    freezeTime: '2025-07-01 00:57:05',
    positiveActivePower: 10622.5,
    positiveActivePower1: 24863.7,
    positiveActivePower2: 31086.9,
    positiveActivePower3: 41868,
    positiveActivePower4: 8403.9,
    voltA: '238.90',
    electricA: '3.78',
    reactivePowerC: '',
  }

  it('bands: the documented sample is kept and flagged (I-23, I-24, I-25)', async () => {
    const { rows } = await first(BANDS, bandRow, (imr) => imr.peaksValleysRead({ ...page, ...DAY_WINDOW }))
    expect(rows[0]).toMatchObject({
      at: at('2025-07-01 00:57:05'),
      total: '10622.5',
      sharp: '24863.7',
      flat: '41868',
      sumOk: false,
      phases: { voltA: '238.90', electricA: '3.78', reactivePowerC: null },
    })
    const right = { ...bandRow, positiveActivePower: '106222.5', freezeTime: '' }
    const fixed = await first(BANDS, right, (imr) => imr.peaksValleysRead({ ...page, ...DAY_WINDOW }))
    expect(fixed.rows[0]).toMatchObject({ sumOk: true, at: at('2025-07-01 00:57:05') })
  })

  it('a key twice in a row: the last counts, a difference is a warning (I-05)', async () => {
    const { server, imr, run } = await bench()
    const body = (second: string) =>
      `{"code":200,"data":[{"tableNo":"1","x":{"tableNo":"9"},"createTime":"2025-07-01 00:57:05","tableNo":"${second}"}]}`
    server.script(BANDS, { body: body('1') }, { body: body('2') })
    const same = await run(imr.peaksValleysRead({ ...page, ...DAY_WINDOW }))
    expect([same.rows[0]?.tableNo, same.warnings]).toEqual(['1', []])
    const differs = await run(imr.peaksValleysRead({ ...page, ...DAY_WINDOW }))
    expect([differs.rows[0]?.tableNo, differs.warnings]).toEqual(['2', ['duplicateKey']])
  })

  it('camera: exactly 解析正常 is right; a picture without a reading is kept (I-27, I-28)', async () => {
    const { server, imr, run } = await bench()
    const row = {
      tableNo: '8408301559',
      imageReadTime: '2025-07-01 00:57:05',
      imageUrl: 'https://example.invalid/',
    }
    server.script(
      CAMERA,
      list([
        { ...row, imageStatus: '解析正常', basicReading: 24863.7 },
        { ...row, imageStatus: '解析失败', basicReading: null },
      ]),
    )
    const { rows } = await run(imr.cameraRead({ ...page, ...DAY_WINDOW }))
    expect(rows.map((r) => [r.ok, r.value])).toEqual([
      [true, '24863.7'],
      [false, null],
    ])
  })

  it.each([
    ['an array', [readingRow(0), readingRow(1)], 2],
    ['an object', readingRow(0), 1],
    ['null', null, 0],
    ['an empty string', '', 0],
    ['nothing', undefined, 0],
    ['an empty object', {}, 0],
    ['PHP’s array', { 1: readingRow(1), 0: readingRow(0), 10: readingRow(2) }, 3],
  ])('data as %s, on every list endpoint (I-12, F-22)', async (_, data, count) => {
    const { server, imr, run } = await bench()
    server.script(LATEST, list(data))
    const found = await run(imr.readMeter(page))
    expect(found.rows).toHaveLength(count)
    expect(found.rows.map((r) => r.deviceId)).toEqual(found.rows.map((r) => r.deviceId).toSorted())
  })

  it('a bad row is set aside with its reason, the others stay (F-23)', async () => {
    const { server, imr, run } = await bench()
    const rows: unknown[] = many(100, readingRow)
    rows[7] = readingRow(7, { reading: '12,5' })
    rows[9] = readingRow(9, { readTime: '2026-02-30 10:00:00' })
    rows[11] = { reading: '1', readTime: '2026-02-28 10:00:00' }
    rows[13] = 'text'
    rows[15] = readingRow(15, { tableNo: 2 ** 60 })
    rows[17] = readingRow(17, { reading: '', readTime: '' })
    server.script(HISTORY, list(rows))
    const found = await run(imr.readMeterList({ ...page, ...DAY_WINDOW }))
    expect(found.received).toBe(100)
    expect(found.rows).toHaveLength(94)
    expect(found.bad).toHaveLength(5)
    expect(found.bad[0]).toEqual({ reason: 'reading is no decimal: 12,5', raw: JSON.stringify(rows[7]) })
    // never read: right, and nothing to keep
    expect(found.warnings).toEqual(['emptyRow'])
  })

  it('trailing commas are forgiven with a warning, where nothing is changed (I-03, I-04)', async () => {
    const { server, imr, run } = await bench()
    const body = '{"code":200,"data":[{"tableNo":"1,]","deviceName":"a,}",},],"totalCount":"1",}'
    server.script(METERS, { body })
    const found = await run(imr.meterList(page))
    expect(found.rows[0]).toMatchObject({ tableNo: '1,]', name: 'a,}' })
    expect([found.warnings, found.total]).toEqual([['trailingComma'], 1])
  })
})

describe('meterInstruct (§7.1, I-30, I-31)', () => {
  const call = { deviceId: '202005005001', action: 'close' } as const
  const unknown: [string, Answer][] = [
    ['1001', vendorError(1001)],
    ['1010', vendorError(1010)],
    ['an unknown code', vendorError(4711)],
    ['500', { status: 500, body: 'x' }],
    ['400 without JSON', { status: 400, body: 'x' }],
    ['a page', { body: '<html>' }],
    ['a trailing comma (I-03)', { body: '{"code":200,"msg":"操作成功",}' }],
    ['an empty body', { body: '' }],
    ['a dropped line', { body: { code: 200 }, cutAt: 3 }],
    ['silence', { hang: true }],
  ]
  it.each(unknown)('%s: outcome unknown, sent once', async (_, answer) => {
    const { server, imr, run, http } = await bench()
    await run(imr.login())
    http.totalTimeoutMs = 100
    server.script(INSTRUCT, answer)
    expect((await run(imr.meterInstruct(call))).outcome).toBe('unknown')
    expect(server.of(INSTRUCT)).toHaveLength(1)
  })

  it.each([1006, 1007, 1009])('%i: refused at the door, sent again once with a new token', async (code) => {
    const { server, imr, run, fails } = await bench()
    server.script(INSTRUCT, vendorError(code))
    expect(await run(imr.meterInstruct(call))).toEqual({ outcome: 'accepted' })
    expect(server.of(INSTRUCT)).toHaveLength(2)
    expect(server.of(LOGIN)).toHaveLength(2)
    server.script(INSTRUCT, vendorError(code), vendorError(code))
    await fails(imr.meterInstruct(call))
    expect(server.of(INSTRUCT).length).toBeLessThanOrEqual(4)
  })

  it('1011 is a certain no and is not repeated', async () => {
    const { server, imr, fails } = await bench()
    server.script(INSTRUCT, vendorError(1011))
    expect((await fails(imr.meterInstruct(call))).fault).toBe('tooFast')
    expect(server.of(INSTRUCT)).toHaveLength(1)
  })

  it('a vendor that cannot be reached: nothing sent, nothing pending', async () => {
    const { server, imr, fails, clock } = await bench({ access: { baseUrl: 'http://127.0.0.1:1' } })
    expect((await fails(imr.meterInstruct(call))).code).toBe('UPSTREAM_OFFLINE')
    await clock.advance(600_000)
    expect(server.received).toHaveLength(0)
  })
})
