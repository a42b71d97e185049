import { BAND_NAMES } from '#shared/phases.ts'
import { addMonths, DAY, formatDay, type ZoneOffset } from '#shared/time.ts'
import type { BandDay, BandRow } from './band-chart.ts'
import { subtractDecimals } from './decimals.ts'

const NAMES = ['total', ...BAND_NAMES] as const

/**
 * Bands by month: registers of its last day less those of the last day before it, as usage is. Rows begin a day
 * before the first month. A month whose ends are not there counts what there is and says from when to when.
 */
export function bandMonths(
  rows: readonly BandRow[],
  starts: readonly number[],
  running: number,
  zone: ZoneOffset,
): BandDay[] {
  return starts.map((start) => {
    const month = formatDay(start, zone).slice(0, 7)
    const own = rows.filter(({ day }) => day.startsWith(month))
    const end = own.at(-1)
    const eve = formatDay(start - DAY, zone)
    const before = rows.find(({ day }) => day === eve)
    const from = before ?? own[0]
    if (!from || !end || from === end) return { day: month, row: null }
    const lastDay = formatDay(addMonths(start, 1, zone) - DAY, zone)
    const isWhole = before !== undefined && (end.day === lastDay || start === running)
    return {
      day: month,
      row: { ...end, day: month, sumOk: own.every(({ sumOk }) => sumOk), usage: usageOf(from, end, own) },
      ...(isWhole ? {} : { part: { from: from.day, to: end.day } }),
    }
  })
}

/** Never negative: where a register fell on the way the month has no figure. */
function usageOf(from: BandRow, end: BandRow, own: readonly BandRow[]): BandRow['usage'] {
  const isWith = own.filter((row) => row !== from)
  const sumOk = isWith.every(({ usage }) => usage.sumOk)
  const fell = isWith.some(({ usage }) => usage.state === 'reset')
  const values = Object.fromEntries(
    NAMES.map((name) => [name, fell ? null : subtractDecimals(end[name], from[name])]),
  ) as Record<(typeof NAMES)[number], string | null>
  return { ...values, state: fell ? 'reset' : 'measured', sumOk }
}
