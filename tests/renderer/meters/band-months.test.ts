import { describe, expect, it } from 'vitest'
import type { BandRow } from '../../../src/renderer/features/meters/band-chart.ts'
import { bandMonths } from '../../../src/renderer/features/meters/band-months.ts'

const ZONE = 8 * 3_600_000
const start = (month: string) => Date.parse(`${month}-01T00:00:00+08:00`)

const row = (day: string, sharp: number, change: Partial<BandRow['usage']> = {}): BandRow => {
  const values = {
    total: String(sharp * 4),
    sharp: String(sharp),
    peak: String(sharp),
    flat: String(sharp),
    valley: String(sharp),
  }
  return {
    ...values,
    day,
    sumOk: true,
    at: Date.parse(`${day}T12:00:00+08:00`),
    usage: { ...values, state: 'measured', sumOk: true, ...change },
  }
}

const months = (rows: readonly BandRow[], names: readonly string[], running = '2027-01') =>
  bandMonths(rows, names.map(start), start(running), ZONE)

describe('bands of months', () => {
  it('are registers of the last day less those of the eve, days without any between them', () => {
    const rows = [row('2026-02-28', 100), row('2026-03-10', 130), row('2026-03-31', 190)]
    const [march] = months(rows, ['2026-03'])
    expect(march?.row?.usage).toMatchObject({ total: '360', sharp: '90', state: 'measured' })
    expect(march).not.toHaveProperty('part')
  })

  it('say from when to when where an end is not there', () => {
    const rows = [row('2026-03-05', 10), row('2026-03-28', 40), row('2026-04-30', 90)]
    const [march, april] = months(rows, ['2026-03', '2026-04'])
    expect(march?.row?.usage.sharp).toBe('30')
    expect(march?.part).toEqual({ from: '2026-03-05', to: '2026-03-28' })
    // one day alone says nothing of its month
    expect(april).toEqual({ day: '2026-04', row: null })
  })

  it('count the month that still runs so far', () => {
    const rows = [row('2026-03-31', 10), row('2026-04-01', 11), row('2026-04-12', 22)]
    const [april] = months(rows, ['2026-04'], '2026-04')
    expect(april?.row?.usage.sharp).toBe('12')
    expect(april).not.toHaveProperty('part')
  })

  it('have no figure where a register fell, and tell of sums that are off', () => {
    const fell = [row('2026-03-31', 10), row('2026-04-15', 2, { state: 'reset' }), row('2026-04-30', 30)]
    expect(months(fell, ['2026-04'])[0]?.row?.usage).toMatchObject({ sharp: null, state: 'reset' })
    const off = [row('2026-03-31', 10), row('2026-04-15', 20, { sumOk: false }), row('2026-04-30', 30)]
    expect(months(off, ['2026-04'])[0]?.row?.usage).toMatchObject({ sharp: '20', sumOk: false })
  })

  it('are gaps where nothing is known', () => {
    expect(months([], ['2026-03'])).toEqual([{ day: '2026-03', row: null }])
  })
})
