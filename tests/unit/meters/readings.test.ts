import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anyCall, at, meter, openMeters, reading, type TestMeters } from '../../fixtures/meters.ts'

let site: TestMeters
beforeEach(async () => {
  site = await openMeters()
})
afterEach(() => site.close())

const all = { from: at('2026-01-01'), to: at('2027-01-01') }
const series = (meterId: string, more: object = {}) =>
  site.handlers['meters.readings'](anyCall, { meterId, ...all, ...more })
const meters = async () => (await site.handlers['meters.list'](anyCall, {})).rows

describe('readings', () => {
  it('come back as they were sent, with their decimals and leading zeros (I-20)', async () => {
    await site.ingest([reading('00000000001', '2026-03-01 08:00:00', '346.90')])
    await site.ingest([
      reading('00000000001', '2026-03-01 09:00:00', '347'),
      reading('00000000001', '2026-03-01 10:00:00', '-3.5'),
    ])
    expect((await series('imr:00000000001')).rows).toEqual([
      { at: at('2026-03-01 08:00:00'), value: '346.90' },
      { at: at('2026-03-01 09:00:00'), value: '347' },
      { at: at('2026-03-01 10:00:00'), value: '-3.5' },
    ])
    expect((await meters())[0]).toMatchObject({
      id: 'imr:00000000001',
      tableNo: '00000000001',
      lastReading: '-3.5',
    })
  })

  it('are paged and bounded: from ≤ at < to', async () => {
    await site.ingest(['01', '02', '03', '04'].map((d) => reading('A', `2026-03-${d}`, d)))
    const bounded = await series('imr:A', { from: at('2026-03-02'), to: at('2026-03-04') })
    expect(bounded.rows.map((r) => r.value)).toEqual(['02', '03'].map((v) => String(Number(v))))
    const paged = await series('imr:A', { offset: 1, limit: 2 })
    expect([paged.total, paged.rows.map((r) => r.value)]).toEqual([4, ['2', '3']])
  })

  it('are flagged where two values came for one instant; the newest stands, both are kept', async () => {
    const moment = '2026-03-01 08:00:00'
    await site.ingest([reading('A', moment, '10.00')], 'readMeterList')
    await site.ingest([reading('A', moment, '10.00')], 'readMeterDataList')
    expect((await series('imr:A')).rows[0]).toEqual({ at: at(moment), value: '10.00' })
    await site.ingest([reading('A', moment, '12.50')], 'readMeterDataList')
    expect((await series('imr:A')).rows).toEqual([{ at: at(moment), value: '12.50', flags: ['conflict'] }])
    const notes = site.test.store.history.statement('SELECT kind, text, endpoint FROM reading_note').all()
    expect(notes).toEqual([{ kind: 'conflict', text: '10.00', endpoint: 'readMeterDataList' }])
    expect((await meters())[0]?.lastReading).toBe('12.50')
    expect(site.meters.counts().readings).toBe(1)
  })

  it('keep every decimal of a long one (spec §6.1)', async () => {
    const moment = '2026-03-01 08:00:00'
    await site.ingest([reading('A', moment, '1.123456789')])
    await site.ingest([reading('A', moment, '1.123456789')])
    expect((await series('imr:A')).rows).toEqual([
      { at: at(moment), value: '1.123456789', flags: ['precise'] },
    ])
    await site.ingest([reading('A', moment, '1.123456780001')])
    expect((await series('imr:A')).rows[0]).toMatchObject({
      value: '1.123456780001',
      flags: ['conflict', 'precise'],
    })
    await site.ingest([reading('A', moment, '2.5')])
    expect((await series('imr:A')).rows[0]).toMatchObject({ value: '2.5', flags: ['conflict'] })
  })

  it('of a meter nobody knows make an inactive one, which the catalogue completes (I-14)', async () => {
    await site.ingest([reading('D1', '2026-03-01', '1')])
    expect(await meters()).toMatchObject([{ id: 'imr:D1', kind: 'unknown', active: false }])
    await site.catalogue(meter('D1', { tableNo: 'T1', typeCode: '2', place: '7栋' }))
    expect(await meters()).toMatchObject([
      { id: 'imr:D1', tableNo: 'T1', kind: 'water', active: true, place: '7栋', lastReading: '1' },
    ])
  })

  it('find their meter by deviceId, then by table number (I-14, I-21)', async () => {
    await site.catalogue(meter('D1', { tableNo: 'T1' }), meter('D2', { tableNo: 'T2' }))
    const row = reading('', '2026-03-01', '5')
    await site.ingest([{ ...row, deviceId: 'D1', tableNo: 'T2' }])
    await site.ingest([{ ...row, deviceId: 'other', tableNo: 'T2' }])
    expect((await meters()).map((m) => [m.id, m.lastReading])).toEqual([
      ['imr:D1', '5'],
      ['imr:D2', '5'],
    ])
  })

  it('known by number only are claimed by the catalogue row of that number', async () => {
    await site.ingest([{ ...reading('', '2026-03-01', '5'), tableNo: 'T9' }])
    await site.catalogue(meter('D9', { tableNo: 'T9' }))
    expect((await meters()).map((m) => [m.id, m.lastReading])).toEqual([['imr:D9', '5']])
  })

  it('leave nothing behind when their transaction is undone', async () => {
    const { history } = site.test.store
    const undone = history.write(() => {
      site.meters.readings.ingest('imr', 'x', [reading('X', '2026-03-01', '1')], 1)
      throw new Error('stop')
    })
    await expect(undone).rejects.toThrow('stop')
    await site.catalogue(meter('Y'))
    await site.ingest([reading('X', '2026-03-02', '2'), reading('Y', '2026-03-02', '3')])
    expect((await meters()).map((m) => [m.id, m.lastReading])).toEqual([
      ['imr:X', '2'],
      ['imr:Y', '3'],
    ])
    expect(site.meters.counts()).toEqual({ meters: 2, readings: 2 })
  })

  it('bring the gate as it is now', async () => {
    await site.catalogue(meter('A', { gateRaw: '合闸' }))
    await site.ingest([{ ...reading('A', '2026-03-01', '1'), gateRaw: '跳闸' }], 'readMeter')
    expect(await meters()).toMatchObject([{ gate: 'closed', gateRaw: '跳闸' }])
  })
})

describe('as of', () => {
  it('is when the data came, never null where there is some', async () => {
    const fetched = at('2026-03-05 10:00')
    expect((await site.handlers['meters.list'](anyCall, {})).asOf).toBeNull()
    await site.ingest([reading('A', '2026-03-01', '1')], 'readMeterList', fetched)
    expect((await series('imr:A')).asOf).toBe(fetched)
    const { history } = site.test.store
    const window = (scope: string, from: string, updated: number) =>
      history.write(() =>
        history
          .statement(
            `INSERT INTO sync_window (source, dataset, scope, from_at, to_at, page_size, next_page, state, updated_at)
             VALUES ('imr', 'readings', ?, ?, ?, 1000, 1, 'complete', ?)`,
          )
          .run(scope, at(from), at(from) + 86_400_000, updated),
      )
    await window('A', '2026-03-01', fetched + 1000)
    await window('B', '2026-03-01', fetched + 2000)
    expect((await series('imr:A')).asOf).toBe(fetched + 1000)
    await history.write(() =>
      history
        .statement("INSERT INTO sync_state (source, dataset, last_complete_at) VALUES ('imr', 'readings', ?)")
        .run(fetched + 5000),
    )
    expect((await series('imr:A')).asOf).toBe(fetched + 5000)
    expect((await site.handlers['meters.summary'](anyCall, {})).asOf).toBe(fetched + 5000)
  })
})
