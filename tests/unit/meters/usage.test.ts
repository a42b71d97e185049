import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatDateTime } from '#shared/time.ts'
import { anyCall, at, meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'

let site: TestMeters
beforeEach(async () => {
  site = await openMeters()
  await site.catalogue(meter('A'))
})
afterEach(() => site.close())

type Series = readonly (readonly [string, string])[]

async function usage(series: Series, bucket: 'hour' | 'day' | 'month', from: string, to: string) {
  await site.ingest(series.map(([moment, text]) => reading('A', moment, text)))
  const input = { meterIds: ['imr:A'], from: at(from), to: at(to), bucket }
  const { rows, coverage } = await site.handlers['meters.usage'](anyCall, input)
  const short = { hour: [11, 16], day: [5, 10], month: [0, 7] }[bucket]
  return {
    rows: rows.map((r) => [formatDateTime(r.bucket, ZONE).slice(...short), r.usage, r.state].join(' ')),
    coverage,
  }
}

describe('usage per day', () => {
  it('counts a reading exactly at midnight as the end of the day before', async () => {
    const found = await usage(
      [
        ['2026-03-01 00:00:00', '100.00'],
        ['2026-03-02 00:00:00', '110.50'],
        ['2026-03-03 00:00:00', '112.00'],
      ],
      'day',
      '2026-03-01',
      '2026-03-04',
    )
    expect(found.rows).toEqual(['03-01 10.50 measured', '03-02 1.50 measured', '03-03  gap'])
    expect(found.coverage).toEqual({ measured: 2, total: 3 })
  })

  it('begins a new day one second after midnight', async () => {
    const found = await usage(
      [
        ['2026-03-01 23:59:59', '10'],
        ['2026-03-02 00:00:01', '11'],
        ['2026-03-02 23:00:00', '15'],
      ],
      'day',
      '2026-03-01',
      '2026-03-03',
    )
    expect(found.rows).toEqual(['03-01  gap', '03-02 5.00 measured'])
  })

  it('says gap where the day or the day before has no reading', async () => {
    const found = await usage(
      [
        ['2026-03-01 12:00', '1'],
        ['2026-03-03 12:00', '5'],
        ['2026-03-04 12:00', '6'],
      ],
      'day',
      '2026-03-01',
      '2026-03-06',
    )
    expect(found.rows).toEqual([
      '03-01  gap',
      '03-02  gap',
      '03-03  gap',
      '03-04 1.00 measured',
      '03-05  gap',
    ])
  })

  it.each([
    [
      'between two days',
      [
        ['2026-03-01 12:00', '900'],
        ['2026-03-02 12:00', '5'],
        ['2026-03-03 12:00', '7'],
      ],
    ],
    [
      'inside a day, even when it ends higher',
      [
        ['2026-03-01 12:00', '900'],
        ['2026-03-02 08:00', '5'],
        ['2026-03-02 12:00', '901'],
        ['2026-03-03 12:00', '903'],
      ],
    ],
  ] satisfies [string, Series][])('says reset when the register fell %s (I-39)', async (_, series) => {
    const found = await usage(series, 'day', '2026-03-02', '2026-03-04')
    expect(found.rows).toEqual(['03-02  reset', '03-03 2.00 measured'])
  })

  it('takes in what arrives late, whatever the order', async () => {
    await usage(
      [
        ['2026-03-01 12:00', '1'],
        ['2026-03-03 12:00', '9'],
      ],
      'day',
      '2026-03-01',
      '2026-03-02',
    )
    await usage(
      [
        ['2026-03-02 20:00', '6'],
        ['2026-03-02 08:00', '4'],
      ],
      'day',
      '2026-03-01',
      '2026-03-02',
    )
    const found = await usage([['2026-03-02 07:00', '3']], 'day', '2026-03-02', '2026-03-04')
    expect(found.rows).toEqual(['03-02 5.00 measured', '03-03 3.00 measured'])
  })

  it('knows 29 February', async () => {
    const found = await usage(
      [
        ['2028-02-28 23:00', '1'],
        ['2028-02-29 23:00', '2'],
        ['2028-03-01 23:00', '4'],
      ],
      'day',
      '2028-02-29',
      '2028-03-02',
    )
    expect(found.rows).toEqual(['02-29 1.00 measured', '03-01 2.00 measured'])
  })

  it('counts an instant once, with the newest of two values', async () => {
    await usage(
      [
        ['2026-03-01 12:00', '10'],
        ['2026-03-02 12:00', '20'],
      ],
      'day',
      '2026-03-01',
      '2026-03-02',
    )
    const found = await usage(
      [
        ['2026-03-02 12:00', '20'],
        ['2026-03-02 12:00', '25'],
      ],
      'day',
      '2026-03-02',
      '2026-03-03',
    )
    expect(found.rows).toEqual(['03-02 15.00 measured'])
  })

  it('never rounds: four decimals come out', async () => {
    const found = await usage(
      [
        ['2026-03-01 12:00', '0.1'],
        ['2026-03-02 12:00', '0.3001'],
      ],
      'day',
      '2026-03-02',
      '2026-03-03',
    )
    expect(found.rows).toEqual(['03-02 0.2001 measured'])
  })
})

describe('usage per hour', () => {
  it('subtracts the last reading of the hour before', async () => {
    const found = await usage(
      [
        ['2026-03-01 07:30', '1'],
        ['2026-03-01 08:00', '2'],
        ['2026-03-01 08:10', '3'],
        ['2026-03-01 09:00', '5'],
        ['2026-03-01 09:30', '4'],
        ['2026-03-01 11:30', '6'],
      ],
      'hour',
      '2026-03-01 08:00',
      '2026-03-01 12:00',
    )
    expect(found.rows).toEqual(['08:00 3.00 measured', '09:00  reset', '10:00  gap', '11:00  gap'])
  })
})

describe('usage per month', () => {
  const days = (from: string, count: number, step = 10) =>
    Array.from(
      { length: count },
      (_, i) => [formatDateTime(at(from) + i * 86_400_000, ZONE), String(100 + i * step)] as const,
    )

  it('spans from the last register before the month to its last one', async () => {
    site.test.clock.setWall(at('2026-05-10'))
    const found = await usage(days('2026-03-01 00:00', 62), 'month', '2026-03-15', '2026-04-02')
    expect(found.rows).toEqual(['2026-03 310.00 measured', '2026-04 300.00 measured'])
  })

  it('is an estimate when an end lies more than a day from the end of the month', async () => {
    site.test.clock.setWall(at('2026-05-10'))
    const found = await usage(
      [
        ['2026-02-25 00:00', '10'],
        ['2026-03-31 23:00', '50'],
        ['2026-04-28 00:00', '90'],
      ],
      'month',
      '2026-03-01',
      '2026-05-01',
    )
    expect(found.rows).toEqual(['2026-03 40.00 estimated', '2026-04 40.00 estimated'])
  })

  it('counts the running month so far', async () => {
    site.test.clock.setWall(at('2026-03-10 12:00'))
    const found = await usage(days('2026-03-01 00:00', 10), 'month', '2026-03-01', '2026-04-01')
    expect(found.rows).toEqual(['2026-03 90.00 measured'])
  })

  it('says reset when the register fell anywhere on the way, and gap without a reading or a start', async () => {
    site.test.clock.setWall(at('2026-06-10'))
    const found = await usage(
      [
        ['2026-02-10 00:00', '700'],
        ['2026-02-28 23:00', '800'],
        ['2026-03-10 00:00', '5'],
        ['2026-03-31 12:00', '900'],
        ['2026-05-31 12:00', '950'],
      ],
      'month',
      '2026-02-01',
      '2026-06-01',
    )
    expect(found.rows).toEqual(['2026-02  gap', '2026-03  reset', '2026-04  gap', '2026-05 50.00 estimated'])
  })
})

describe('usage of many meters', () => {
  it('answers all active meters by table number, or those asked in the order asked', async () => {
    await site.catalogue(meter('B', { tableNo: '0002' }), meter('C', { tableNo: '0001' }))
    await site.ingest(
      ['B', 'C', 'X'].flatMap((id) => [
        reading(id, '2026-03-01 12:00', '1'),
        reading(id, '2026-03-02 12:00', '3'),
      ]),
    )
    const range = { from: at('2026-03-02'), to: at('2026-03-03'), bucket: 'day' as const }
    const all = await site.handlers['meters.usage'](anyCall, range)
    expect(all.rows.map((r) => [r.meterId, r.usage])).toEqual([
      ['imr:C', '2.00'],
      ['imr:B', '2.00'],
      ['imr:A', null],
    ])
    const some = await site.handlers['meters.usage'](anyCall, { ...range, meterIds: ['imr:X', 'imr:C'] })
    expect(some.rows.map((r) => r.meterId)).toEqual(['imr:X', 'imr:C'])
  })

  it('seeks one meter among many as it reads all of them', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `M${i}`)
    await site.ingest(
      ids.flatMap((id, i) =>
        ['2026-03-01 12:00', '2026-03-02 12:00', '2026-04-05 12:00'].map((when, n) =>
          reading(id, when, String(n * i)),
        ),
      ),
    )
    const range = { from: at('2026-02-01'), to: at('2026-05-01') }
    for (const bucket of ['day', 'month'] as const) {
      const all = await site.handlers['meters.usage'](anyCall, {
        ...range,
        bucket,
        meterIds: ids.map((i) => `imr:${i}`),
      })
      const one = await site.handlers['meters.usage'](anyCall, { ...range, bucket, meterIds: ['imr:M17'] })
      expect(one.rows).toEqual(all.rows.filter((r) => r.meterId === 'imr:M17'))
      expect(one.coverage.measured).toBeGreaterThan(0)
    }
  })

  it('refuses an answer nobody could read', async () => {
    const input = { from: 0, to: at('2026-03-01'), bucket: 'hour' as const, meterIds: ['imr:A', 'imr:A'] }
    await expect(site.handlers['meters.usage'](anyCall, input)).resolves.toBeDefined()
    const ids = Array.from({ length: 3 }, (_, i) => `N${i}`)
    await site.catalogue(...ids.map((id) => meter(id)))
    const many = { ...input, meterIds: ids.map((id) => `imr:${id}`) }
    await expect(site.handlers['meters.usage'](anyCall, many)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    const unknown = { ...input, meterIds: ['imr:nobody'] }
    await expect(site.handlers['meters.usage'](anyCall, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
