import type { Output } from '#shared/contract/index.ts'
import { formatDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { digitsOf, flagNames, PRECISE } from './reading-flags.ts'

type SeriesRow = Output<'meters.readings'>['rows'][number]

export interface SeriesRange {
  /** epoch ms */
  readonly from: number
  /** epoch ms, exclusive */
  readonly to: number
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** Instant and flags travel in one column: each costs as much as the rest of a row. Flags are below 32. */
const PACK = 32
const IN_RANGE = 'FROM reading WHERE meter = ? AND at >= ? AND at < ?'

/** Register values of one meter, ascending. */
export function createSeries(db: HistoryDatabase) {
  const rowsOf = db.statement(`SELECT at * ${PACK} + flags, value ${IN_RANGE} ORDER BY at LIMIT ? OFFSET ?`)
  const count = db.statement<{ n: number }>(`SELECT count(*) AS n ${IN_RANGE}`)
  const preciseTexts = preciseTextsOf(db)
  return (meter: number, range: SeriesRange): { total: number; rows: SeriesRow[] } => {
    const from = Math.ceil(range.from / SECOND)
    const to = Math.ceil(range.to / SECOND)
    const limit = range.limit ?? -1
    const stored = rowsOf.arrays(meter, from, to, limit, range.offset ?? 0) as number[][]
    let notable = 0
    const rows: SeriesRow[] = []
    for (const row of stored) {
      const packed = row[0] ?? 0
      const value = row[1] ?? 0
      const at = Math.floor(packed / PACK)
      const flags = packed - at * PACK
      notable |= flags
      rows.push(seriesRow(at, value, flags))
    }
    if (notable & PRECISE) usePreciseTexts(rows, preciseTexts(meter, from, to))
    const whole = range.limit === undefined && !range.offset
    return { total: whole ? rows.length : (count.get(meter, from, to)?.n ?? 0), rows }
  }
}

function seriesRow(at: number, value: number, flags: number): SeriesRow {
  const names = flagNames(flags)
  const text = formatDecimal(value, digitsOf(flags))
  return names ? { at: at * SECOND, value: text, flags: names } : { at: at * SECOND, value: text }
}

/** Values with more than four decimals are shown as they were sent (spec §6.1). */
function preciseTextsOf(db: HistoryDatabase) {
  const statement = db.statement(
    "SELECT at, text FROM reading_note WHERE meter = ? AND at >= ? AND at < ? AND kind = 'precise'",
  )
  return (meter: number, from: number, to: number) =>
    new Map(statement.arrays(meter, from, to) as [number, string][])
}

function usePreciseTexts(rows: SeriesRow[], texts: ReadonlyMap<number, string>): void {
  for (const row of rows)
    if (row.flags?.includes('precise')) row.value = texts.get(row.at / SECOND) ?? row.value
}
