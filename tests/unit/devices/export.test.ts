import Papa from 'papaparse'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import { createDevices, type Devices } from '#core/devices/index.ts'
import { createExports } from '#core/exports/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { contract, type Checked } from '#shared/contract/index.ts'
import { callOf } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'
import { unzip } from '../../fixtures/unzip.ts'

const ZONE = 8 * 3_600_000
const workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
afterAll(() => workers.close())

let test: TestStore
let call: Call
let devices: Devices
beforeEach(async () => {
  test = await openTestStore()
  call = callOf(test, 'lin', ['installer'])
  devices = createDevices(testContext(test), { settings: { zone: () => ZONE } })
  await test.store.site.write(() => {
    for (const [deviceCode, btName] of [
      ['00000017', 'BUC_1A2B3C4D5E6F'],
      // Excel would make a number of it
      ['12E5', 'BUC_0000000000E5'],
      ['A5', 'BUC_AAAAAAAAAAA5'],
    ] as const)
      devices.enrol({ deviceCode, btName, alias: deviceCode === 'A5' ? '=1+1' : '' }, test.clock.now())
  })
  await devices.handlers['devices.update'](call, { deviceCode: '00000017', chargeFlag: 1, unitPriceFen: 250 })
})
afterEach(() => test.close())

async function written(format: 'csv' | 'xlsx', input: Record<string, unknown> = {}) {
  const { handlers } = createExports(testContext(test, { ports: { workers } }), {
    zone: () => ZONE,
    audit: { append: () => undefined },
    list: (_caller, _name, asked) =>
      Promise.resolve(
        devices.handlers['devices.list'](call, contract['devices.list'].input.parse(asked)) as unknown,
      ),
  })
  const columns: Checked<'exports.create'>['columns'] = [
    { key: 'deviceCode', title: '编号', format: 'text' },
    { key: 'btName', title: '蓝牙名称', format: 'text' },
    { key: 'alias', title: '位置', format: 'text' },
    { key: 'unitPriceFen', title: '单价', format: 'money' },
  ]
  const whole = { list: 'devices.list' as const, input, format, name: '充电器', columns }
  const answer = await handlers['exports.create'](call, contract['exports.create'].input.parse(whole))
  return { ...answer, bytes: Uint8Array.from(atob(answer.base64), (c) => c.charCodeAt(0)) }
}

describe('the registry as a file', () => {
  it('keeps codes as they are in CSV, and a filter', async () => {
    const { bytes, rows } = await written('csv')
    const { data } = Papa.parse<string[]>(new TextDecoder().decode(bytes), { skipEmptyLines: true })
    expect(rows).toBe(3)
    expect(data.slice(1).map(([code, name]) => `${code} ${name}`)).toEqual([
      '00000017 BUC_1A2B3C4D5E6F',
      '12E5 BUC_0000000000E5',
      'A5 BUC_AAAAAAAAAAA5',
    ])
    // no program takes it for a formula
    expect(data[3]?.[2]).not.toMatch(/^=/)
    expect((await written('csv', { query: '12e' })).rows).toBe(1)
  })

  it('keeps codes as text in XLSX, money as a number', async () => {
    const files = unzip((await written('xlsx')).bytes)
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
    const strings = files.get('xl/sharedStrings.xml') ?? ''
    for (const code of ['00000017', '12E5', 'A5']) expect(strings).toMatch(new RegExp(`<t[^>]*>${code}</t>`))
    for (const row of [2, 3, 4]) expect(sheet).toMatch(new RegExp(`<c r="A${row}"[^>]* t="s"`))
    expect(sheet).toMatch(/<c r="D2"[^>]*><v>2\.5<\/v>/)
    expect(sheet).not.toContain('<f>')
  })
})
