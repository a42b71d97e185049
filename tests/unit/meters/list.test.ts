import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import { anyCall, at, meter, openMeters, reading, type TestMeters } from '../../fixtures/meters.ts'

let site: TestMeters
beforeEach(async () => {
  site = await openMeters()
  site.test.clock.setWall(at('2026-03-10 12:00'))
  await site.catalogue(
    meter('D1', { tableNo: '0007', typeCode: '1', place: '阳光花园3栋', userName: '张伟', house: '1203' }),
    meter('D2', { tableNo: '0003', typeCode: '2', place: '翠湖新城', userName: '李娜', onlineRaw: '不在线' }),
    meter('D3', { tableNo: '0005', typeCode: '29', userName: '张伟伟', userCode: 'U-88a', gateRaw: '跳闸' }),
    meter('D4', { tableNo: '0001', typeCode: '3', name: '总表', onlineRaw: '离线' }),
  )
  await site.ingest([
    reading('D1', '2026-03-10 08:00', '5'),
    reading('D2', '2026-03-09 08:00', '9'),
    reading('D3', '2026-03-01 08:00', '7'),
  ])
})
afterEach(() => site.close())

async function list(input: Input<'meters.list'> = {}) {
  const { total, rows } = await site.handlers['meters.list'](anyCall, input)
  return { total, ids: rows.map((r) => r.deviceId).join(' ') }
}

describe('meter list', () => {
  it('stands by table number unless asked otherwise; what never reported stands last', async () => {
    expect(await list()).toEqual({ total: 4, ids: 'D4 D2 D3 D1' })
    expect((await list({ order: 'descending' })).ids).toBe('D1 D3 D2 D4')
    expect((await list({ sort: 'lastReadAt' })).ids).toBe('D3 D2 D1 D4')
    expect((await list({ sort: 'lastReadAt', order: 'descending' })).ids).toBe('D1 D2 D3 D4')
    expect((await list({ sort: 'lastReading', order: 'descending' })).ids).toBe('D2 D3 D1 D4')
  })

  it('is paged', async () => {
    expect(await list({ offset: 1, limit: 2 })).toEqual({ total: 4, ids: 'D2 D3' })
    expect(await list({ offset: 9 })).toEqual({ total: 4, ids: '' })
  })

  it.each([
    [{ kind: 'electricity' }, 'D4 D1'],
    [{ kind: 'unknown' }, 'D3'],
    [{ online: 'offline' }, 'D2'],
    [{ online: 'unknown' }, 'D4'],
    [{ gate: 'closed' }, 'D3'],
    [{ source: 'water' }, ''],
    [{ active: false }, ''],
    [{ silentHours: 48 }, 'D4 D3'],
    [{ silentHours: 24 }, 'D4 D2 D3'],
    [{ query: '张伟', kind: 'unknown' }, 'D3'],
  ] as [Input<'meters.list'>, string][])('is filtered by %o', async (filter, ids) => {
    expect(await list(filter)).toEqual({ total: ids.split(' ').filter(Boolean).length, ids })
  })

  it.each([
    ['张伟', 'D3 D1'],
    ['伟伟', 'D3'],
    ['花园 张伟 12', 'D1'],
    ['u-88A', 'D3'],
    ['000', 'D4 D2 D3 D1'],
    ['总表', 'D4'],
    ['0007 李娜', ''],
    ['   ', 'D4 D2 D3 D1'],
    ['0003 d2', 'D2'],
  ])('finds %s', async (query, ids) => {
    expect((await list({ query })).ids).toBe(ids)
  })

  it('finds what came after the first search', async () => {
    await list({ query: '王芳' })
    await site.catalogue(meter('D5', { tableNo: '0004', userName: '王芳' }))
    expect((await list({ query: '王芳' })).ids).toBe('D5')
    await site.ingest([reading('orphan77', '2026-03-10 08:00', '5')])
    expect((await list({ query: 'orphan77' })).ids).toBe('orphan77')
  })

  it('keeps meters that left the catalogue, as inactive (C-50)', async () => {
    site.test.clock.setWall(at('2026-03-11'))
    await site.catalogue(meter('D1', { tableNo: '0007' }))
    const { history } = site.test.store
    const since = site.test.clock.now()
    expect(await history.write(() => site.meters.catalogue.retireUnseen('imr', since))).toBe(3)
    expect((await list({ active: true })).ids).toBe('D1')
    expect((await list({ active: false })).total).toBe(3)
    await site.catalogue(meter('D2', { tableNo: '0003' }))
    expect((await list({ active: true })).ids).toBe('D2 D1')
  })
})

describe('search of the shell', () => {
  it('names the meter and where it is, as many as asked', async () => {
    const find = (query: string, limit?: number) =>
      site.handlers['search.find'](anyCall, limit === undefined ? { query } : { query, limit })
    expect((await find('张伟')).rows).toEqual([
      { kind: 'meter', id: 'imr:D3', title: '0005 D3', subtitle: '张伟伟' },
      { kind: 'meter', id: 'imr:D1', title: '0007 D1', subtitle: '阳光花园3栋 · 1203 · 张伟' },
    ])
    expect((await find('张伟', 1)).rows).toHaveLength(1)
    expect((await find(' ')).rows).toEqual([])
  })
})

describe('one meter and the summary', () => {
  it('says how much history is held', async () => {
    const found = await site.handlers['meters.get'](anyCall, { meterId: 'imr:D1' })
    expect(found).toMatchObject({ tableNo: '0007', readings: 1, firstReadAt: at('2026-03-10 08:00') })
    const unknown = Promise.resolve().then(() => site.handlers['meters.get'](anyCall, { meterId: 'D1' }))
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('counts active meters and sums the last 14 whole days by kind', async () => {
    await site.ingest([
      reading('D1', '2026-03-08 23:00', '1'),
      reading('D1', '2026-03-09 23:00', '3.5'),
      reading('D4', '2026-03-08 23:00', '10'),
      reading('D4', '2026-03-09 23:00', '11'),
    ])
    const found = await site.handlers['meters.summary'](anyCall, {})
    expect(found).toMatchObject({
      total: 4,
      electricity: 2,
      water: 1,
      unknown: 1,
      offline: 1,
      silent: 1,
      gateClosed: 1,
    })
    expect(found.days).toHaveLength(14)
    expect(found.days.at(-1)).toEqual({
      day: at('2026-03-09'),
      electricity: '3.50',
      water: null,
      measured: 2,
    })
    await site.ingest([reading('D4', '2026-03-09 23:30', '12')])
    const again = await site.handlers['meters.summary'](anyCall, {})
    expect(again.days.at(-1)?.electricity).toBe('4.50')
  })
})
