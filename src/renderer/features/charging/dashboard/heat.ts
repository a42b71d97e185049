import type { Output } from '#shared/contract/index.ts'

export type HeatRow = Output<'orders.dashboard'>['heat'][number]

/** Rows shown before somebody asks for all. */
export const TOP_ROWS = 12

const sum = ({ minutes }: HeatRow) => minutes.reduce((all, one) => all + one, 0)

/** The busiest ports, in the order of chargers and ports that they came in. */
export function busiest(rows: readonly HeatRow[], most: number): readonly HeatRow[] {
  if (rows.length <= most) return rows
  const kept = new Set(rows.toSorted((a, b) => sum(b) - sum(a)).slice(0, most))
  return rows.filter((row) => kept.has(row))
}

export const mostMinutes = (rows: readonly HeatRow[]): number =>
  Math.max(1, ...rows.flatMap(({ minutes }) => minutes))

/** Minutes as hours of at most one decimal: `1.5`; empty for none. */
export const heatText = (minutes: number): string =>
  minutes === 0 ? '' : String(Math.round(minutes / 6) / 10)

/** Share of the accent in a cell, per cent: zero is the surface, the busiest stays readable under its text. */
export const heatShare = (minutes: number, most: number): number =>
  minutes === 0 ? 0 : 6 + Math.round((minutes / most) * 34)
