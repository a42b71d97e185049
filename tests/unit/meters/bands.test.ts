import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImrBands, ImrConsumption } from '#core/upstream/types.ts'
import { formatDecimal, parseDecimal } from '#shared/decimal.ts'
import { PHASE_NAMES } from '#shared/phases.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { anyCall, at, meter, openMeters, reading, type TestMeters } from '../../fixtures/meters.ts'

let site: TestMeters

beforeEach(async () => {
  site = await openMeters()
  await site.catalogue(meter('A'))
})
afterEach(() => site.close())

const bands = (
  moment: string | number,
  values: readonly (string | null)[],
  more: Partial<ImrBands> = {},
): ImrBands => {
  const [total = null, sharp = null, peak = null, flat = null, valley = null] = values
  return {
    project: 'p1',
    deviceId: 'A',
    tableNo: 'A',
    at: typeof moment === 'number' ? moment : at(moment),
    reportedAt: null,
    total,
    sharp,
    peak,
    flat,
    valley,
    sumOk: true,
    phases: {},
    ...more,
  }
}
const ingest = (...rows: ImrBands[]) =>
  site.test.store.history.write(() => site.meters.bands.ingest('imr', rows, site.test.clock.now()))
const asked = (from: string, to: string, more = {}) =>
  site.handlers['meters.bands'](anyCall, { meterId: 'imr:A', from: at(from), to: at(to), ...more })

describe('meters.bands', () => {
  it('gives the registers of each day as they were sent, and the usage between them', async () => {
    await ingest(
      bands('2026-03-01 00:57:05', ['100.5', '10', '20.5', '30', '40']),
      bands('2026-03-02 00:57:05', ['112.50', '11', '24.5', '33', '44']),
    )
    const { rows } = await asked('2026-03-01 00:00:00', '2026-03-03 00:00:00')
    expect(rows).toEqual([
      {
        day: '2026-03-01',
        total: '100.5',
        sharp: '10',
        peak: '20.5',
        flat: '30',
        valley: '40',
        sumOk: true,
        at: at('2026-03-01 00:57:05'),
        usage: { total: null, sharp: null, peak: null, flat: null, valley: null, state: 'gap', sumOk: true },
      },
      expect.objectContaining({
        day: '2026-03-02',
        total: '112.50',
        usage: {
          total: '12.00',
          sharp: '1',
          peak: '4.0',
          flat: '3',
          valley: '4',
          state: 'measured',
          sumOk: true,
        },
      }),
    ])
  })

  it('takes the last freeze of a day, and one at midnight for the day before', async () => {
    await ingest(
      bands('2026-03-01 23:00:00', ['9', '1', '2', '3', '3']),
      bands('2026-03-02 00:00:00', ['10', '1', '2', '3', '4']),
      bands('2026-03-03 00:00:00', ['20', '2', '4', '6', '8']),
    )
    const { rows } = await asked('2026-03-02 00:00:00', '2026-03-03 00:00:00')
    expect(rows).toMatchObject([{ day: '2026-03-02', total: '20', usage: { total: '10', valley: '4' } }])
    expect((await asked('2026-03-01 00:00:00', '2026-03-02 00:00:00')).rows).toMatchObject([
      { day: '2026-03-01', total: '10' },
    ])
  })

  it('flags registers and usage that do not add up (I-24)', async () => {
    await ingest(
      bands('2026-03-01 12:00:00', ['100', '10', '20', '30', '40']),
      bands('2026-03-02 12:00:00', ['10622.5', '24863.7', '31086.9', '41868', '8403.9'], { sumOk: false }),
    )
    const { rows } = await asked('2026-03-01 00:00:00', '2026-03-03 00:00:00')
    expect(rows.map((row) => [row.sumOk, row.usage.state, row.usage.sumOk])).toEqual([
      [true, 'gap', true],
      [false, 'measured', false],
    ])
  })

  it('never says a negative usage, and none across a missing day', async () => {
    await ingest(
      bands('2026-03-01 12:00:00', ['100', '10', '20', '30', '40']),
      bands('2026-03-02 12:00:00', ['5', '1', '1', '1', '2']),
      bands('2026-03-04 12:00:00', ['9', '2', '2', '2', '3']),
    )
    const { rows } = await asked('2026-03-01 00:00:00', '2026-03-05 00:00:00')
    expect(rows.map((row) => [row.day, row.usage.state, row.usage.total])).toEqual([
      ['2026-03-01', 'gap', null],
      ['2026-03-02', 'reset', null],
      ['2026-03-04', 'gap', null],
    ])
  })

  it('gives phase values at their instants, as sent, unless they are not wanted', async () => {
    await ingest(
      bands('2026-03-01 12:00:00', ['1'], { phases: { voltA: '229.10', electricC: '0.5' } }),
      bands('2026-03-01 12:15:00', ['1']),
    )
    const { phases } = await asked('2026-03-01 00:00:00', '2026-03-02 00:00:00')
    const nothing = Object.fromEntries(PHASE_NAMES.map((name) => [name, null]))
    expect(phases).toEqual([{ ...nothing, at: at('2026-03-01 12:00:00'), voltA: '229.10', electricC: '0.5' }])
    expect((await asked('2026-03-01 00:00:00', '2026-03-02 00:00:00', { phases: false })).phases).toEqual([])
  })

  it('bands of every day add up to its total within 1 %, or the day is flagged; days add up to the registers', async () => {
    const step = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 500_000 })))
    const lie = fc.option(fc.integer({ min: -200_000, max: 900_000 }), { nil: 0 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, lie), { minLength: 2, maxLength: 20 }), async (days) => {
        const own = await openMeters()
        try {
          await own.catalogue(meter('A'))
          const sums = [0, 0, 0, 0]
          let total = 10_000_000
          const rows = days.map(([used, off], day) => {
            used.forEach((n, i) => (sums[i] = (sums[i] ?? 0) + n))
            total += Math.max(0, used.reduce((a, b) => a + b, 0) + off)
            const values = [total, ...sums].map((n) => formatDecimal(n, 4))
            return bands(at('2026-03-01 12:00:00') + day * DAY, values)
          })
          await own.test.store.history.write(() => own.meters.bands.ingest('imr', rows, 0))
          const range = { from: at('2026-03-01 00:00:00'), to: at('2026-04-01 00:00:00') }
          const answer = await own.handlers['meters.bands'](anyCall, { meterId: 'imr:A', ...range })
          const scaled = (text: string | null) => parseDecimal(text)?.scaled ?? Number.NaN
          let sum = 0
          for (const { usage } of answer.rows.slice(1)) {
            const parts = scaled(usage.sharp) + scaled(usage.peak) + scaled(usage.flat) + scaled(usage.valley)
            const whole = scaled(usage.total)
            sum += whole
            expect(usage.sumOk).toBe(Math.abs(parts - whole) <= 0.01 * Math.max(parts, whole))
          }
          expect(sum).toBe(scaled(rows.at(-1)?.total ?? null) - scaled(rows[0]?.total ?? null))
        } finally {
          await own.close()
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe('meters.consumption', () => {
  const record = (
    moment: string,
    text: string,
    dosage: string | null,
    amount: string | null,
  ): ImrConsumption => ({
    ...reading('A', moment, text),
    project: 'p1',
    dosage,
    amount,
    meterType: '1',
  })
  const write = (daily: boolean, ...rows: ImrConsumption[]) =>
    site.test.store.history.write(() => site.meters.consumption.ingest('imr', daily, rows, 0))
  const range = () => ({ from: at('2026-03-01 00:00:00'), to: at('2026-03-02 00:00:00') })

  it('lists one kind, newest first, with sums; the kinds are never added up together (I-40)', async () => {
    await write(
      false,
      record('2026-03-01 01:00:00', '10.00', '1.25', '0.80'),
      record('2026-03-01 02:00:00', '11.50', '1.50', null),
    )
    await write(true, record('2026-03-01 23:00:00', '12.00', '2.75', '1.6'))
    const records = await site.handlers['meters.consumption'](anyCall, { meterId: 'imr:A', ...range() })
    expect(records).toMatchObject({ total: 2, sums: { dosage: '2.75', amount: '0.80' } })
    expect(records.rows.map((row) => [row.at, row.reading, row.dosage, row.amount, row.meterType])).toEqual([
      [range().from + 2 * HOUR, '11.50', '1.50', null, '1'],
      [range().from + HOUR, '10.00', '1.25', '0.80', '1'],
    ])
    const daily = await site.handlers['meters.consumption'](anyCall, {
      meterId: 'imr:A',
      ...range(),
      kind: 'daily',
    })
    expect(daily).toMatchObject({ total: 1, sums: { dosage: '2.75', amount: '1.60' } })
    const { has } = await site.handlers['meters.get'](anyCall, { meterId: 'imr:A' })
    expect(has).toEqual(['consumption', 'consumptionDaily'])
  })
})
