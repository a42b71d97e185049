import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listQuarantine, quarantineRows } from '#core/sync/quarantine.ts'
import { anyCall } from '../../fixtures/meters.ts'
import { openTestStore, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
beforeEach(async () => {
  test = await openTestStore()
})
afterEach(() => test.close())

const put = (source: 'imr' | 'water', bad: { reason: string; raw: string }[], at = 1) =>
  test.store.history.write(() => quarantineRows(test.store.history, { source, dataset: 'readings' }, bad, at))
const list = async (input = {}) => await listQuarantine(test.store.history)(anyCall, input)

describe('quarantine (F-23)', () => {
  it('keeps a row once, however often it is sent, and tells reasons apart', async () => {
    await put('imr', [{ reason: 'badNumber', raw: '{"reading":"x"}' }])
    await put('imr', [{ reason: 'badNumber', raw: '{"reading":"x"}' }], 2)
    await put('imr', [{ reason: 'noTime', raw: '{"reading":"x"}' }], 3)
    const { total, rows } = await list()
    expect(total).toBe(2)
    expect(rows.map((row) => [row.reason, row.at])).toEqual([
      ['noTime', 3],
      ['badNumber', 1],
    ])
  })

  it('cuts a row that is all too long', async () => {
    await put('imr', [{ reason: 'badNumber', raw: 'x'.repeat(100_000) }])
    expect((await list()).rows[0]?.raw).toHaveLength(4000)
  })

  it('shows phones as every list does, whatever their length (W-25)', async () => {
    const raws = [
      '{"phone_number":"123456789","device_code":"123456789"}',
      '{"phone_number": "13812345678"}',
      '{\\"phone\\":\\"0571-62881234\\"}',
      'phone_number=62881234&page=12345678',
      '{"phone_number":1234567}',
    ]
    for (const [at, raw] of raws.entries()) await put('water', [{ reason: 'badNumber', raw }], at)
    expect((await list()).rows.map(({ raw }) => raw).toReversed()).toEqual([
      '{"phone_number":"****789","device_code":"123456789"}',
      '{"phone_number": "138****5678"}',
      '{\\"phone\\":\\"****1234\\"}',
      'phone_number=****34&page=12345678',
      '{"phone_number":****67}',
    ])
  })

  it('keeps the newest 5,000 of each source', async () => {
    await put('water', [{ reason: 'badNumber', raw: 'w' }])
    const many = Array.from({ length: 5003 }, (_, i) => ({ reason: 'badNumber', raw: String(i) }))
    await put('imr', many)
    expect((await list({ source: 'imr' })).total).toBe(5000)
    expect((await list({ source: 'imr', limit: 1 })).rows[0]?.raw).toBe('5002')
    expect((await list({ source: 'imr', limit: 1, offset: 4999 })).rows[0]?.raw).toBe('3')
    expect((await list({ source: 'water' })).total).toBe(1)
  })
})
