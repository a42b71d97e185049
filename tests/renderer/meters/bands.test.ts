import { describe, expect, it } from 'vitest'
import { PHASE_NAMES, type PhaseName } from '#shared/phases.ts'
import { DAY } from '#shared/time.ts'
import { bandDays, bandOption, type BandRow } from '../../../src/renderer/features/meters/band-chart.ts'
import { imbalance, powerLines, type PhaseRow } from '../../../src/renderer/features/meters/power-lines.ts'
import { tabsOf } from '../../../src/renderer/features/meters/tabs.tsx'

const START = 1_772_294_400_000
const ZONE = 8 * 3_600_000

const band = (day: string, valley: string | null): BandRow => {
  const values = { total: '10', sharp: '1', peak: '2', flat: '3', valley }
  const state = valley === null ? ('gap' as const) : ('measured' as const)
  return { day, ...values, sumOk: true, at: START, usage: { ...values, state, sumOk: true } }
}

const LOOK = {
  colours: { gap: 'hatch', reset: 'red' } as never,
  words: {
    band: { sharp: '1', peak: '2', flat: '3', valley: '4' },
    gap: 'gap',
    reset: 'reset',
    sumOff: 'off',
  },
}

describe('bands of a meter', () => {
  it('stack what was measured and hatch the days that have nothing', () => {
    const days = bandDays(
      [band('2026-03-01', '4'), band('2026-03-03', null)],
      [START, START + DAY, START + 2 * DAY],
      ZONE,
    )
    const option = bandOption({ days, unit: 'kWh', ...LOOK })
    const series = option['series'] as { data: unknown[] }[]
    expect(series.map(({ data }) => data)).toEqual([
      [1, null, null],
      [2, null, null],
      [3, null, null],
      [4, null, null],
      [null, 10, 10],
    ])
  })

  it('differ by pattern too, and a reset is a mark with its word, not a gap', () => {
    const reset = band('2026-03-02', null)
    const days = bandDays(
      [band('2026-03-01', '4'), { ...reset, usage: { ...reset.usage, state: 'reset' } }],
      [START, START + DAY],
      ZONE,
    )
    const { colours, words } = LOOK
    const option = bandOption({ days, unit: 'kWh', colours, words })
    const series = option['series'] as {
      data: unknown[]
      itemStyle: { decal?: unknown }
      markLine?: { data: unknown[] }
    }[]
    const patterns = series.slice(0, 4).map(({ itemStyle }) => JSON.stringify(itemStyle.decal))
    expect(new Set(patterns).size).toBe(4)
    expect(patterns).not.toContain(undefined)
    const gaps = series.at(-1)
    expect(gaps?.data).toEqual([null, null])
    expect(gaps?.markLine?.data).toEqual([{ xAxis: 1, name: 'reset' }])
  })

  it('are a tab only where they are held', () => {
    const meter = { source: 'imr', has: ['bands'] } as unknown as Parameters<typeof tabsOf>[0]
    expect(tabsOf(meter)).toContain('bands')
    expect(tabsOf(meter)).not.toContain('power')
    expect(tabsOf({ ...meter, source: 'campus', has: [] })).not.toContain('commands')
  })
})

describe('phase values', () => {
  const row = (values: Partial<Record<PhaseName, string>>): PhaseRow =>
    ({
      at: START,
      ...Object.fromEntries(PHASE_NAMES.map((name) => [name, values[name] ?? null])),
    }) as PhaseRow
  const rows = [
    row({ voltA: '220', voltB: '220', voltC: '220' }),
    row({ voltA: '198', voltB: '220', voltC: '242' }),
    row({ voltA: '230' }),
  ]

  it('have least, most and mean of what came', () => {
    const [a, ...others] = powerLines(rows, 'volt')
    expect(a).toMatchObject({ line: 'A', min: 198, max: 230, mean: 216 })
    expect(others.map(({ line, points }) => [line, points.length])).toEqual([
      ['B', 2],
      ['C', 2],
    ])
    expect(powerLines(rows, 'electric')).toEqual([])
  })

  it('stand apart by the worst phase, only where all three came', () => {
    expect(imbalance(rows, 'volt')).toEqual({ max: 10, mean: 5 })
    expect(imbalance(rows, 'electric')).toBeNull()
  })
})
