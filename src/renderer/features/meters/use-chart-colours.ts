import { useMemo } from 'react'
import { useMode } from '../../app/mode.tsx'
import { PALETTES, SERIES_COLORS, type Mode } from '../../app/theme.ts'
import type { ChartColours } from './chart-option.ts'
import { hatch } from './hatch.ts'

const [bar, ...compare] = SERIES_COLORS

export function chartColours(mode: Mode): ChartColours {
  const p = PALETTES[mode]
  return {
    bar,
    compare,
    gap: hatch(`${p.edge}99`),
    reset: p.attention,
    text: p.textSecondary,
    line: p.border,
    surface: p.surface,
  }
}

/** The chart's colours in the theme of the page. */
export function useChartColours(): ChartColours {
  const { mode } = useMode()
  return useMemo(() => chartColours(mode), [mode])
}
