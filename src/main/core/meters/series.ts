import type { Output } from '#shared/contract/index.ts'
import { formatDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { Effective } from './effective.ts'
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

/** Register values of one meter, ascending: those that count, with the originals where they are others. */
export function createSeries(db: HistoryDatabase, effective: Effective) {
  const asSent = createSent(db)
  const fixesIn = createFixesIn(db)
  return (meter: number, range: SeriesRange): { total: number; rows: SeriesRow[] } => {
    if (!effective.isFixed(meter)) return asSent(meter, range)
    const { offset = 0, limit, ...whole } = range
    const rows = withFixes(asSent(meter, whole).rows, fixesIn(meter, whole))
    return { total: rows.length, rows: rows.slice(offset, limit === undefined ? undefined : offset + limit) }
  }
}

interface Fix {
  readonly at: number
  readonly value: number | null
  readonly flags: number
  readonly estimated: number
  readonly decision: string
  readonly origin: string
}

function createFixesIn(db: HistoryDatabase) {
  const statement = db.statement<Fix>(
    `SELECT at, value, flags, estimated, decision, origin FROM reading_fix
     WHERE meter = ? AND at >= ? AND at < ? ORDER BY at`,
  )
  return (meter: number, range: Pick<SeriesRange, 'from' | 'to'>) =>
    statement.all(meter, Math.ceil(range.from / SECOND), Math.ceil(range.to / SECOND))
}

/** What people gave stands in the place of the original, which is shown with it, or on its own. */
function withFixes(sent: readonly SeriesRow[], fixes: readonly Fix[]): SeriesRow[] {
  const rows = new Map(sent.map((row) => [row.at, row]))
  for (const fix of fixes) {
    const at = fix.at * SECOND
    const original = rows.get(at)
    // a value somebody gave and somebody else took out again
    if (original || fix.value !== null) rows.set(at, fixedRow(at, original, fix))
  }
  return [...rows.values()].toSorted((a, b) => a.at - b.at)
}

function fixedRow(at: number, sent: SeriesRow | undefined, fix: Fix): SeriesRow {
  const origin = fix.origin as NonNullable<SeriesRow['origin']>
  const said = { decisionId: fix.decision, origin }
  const flags = [...(sent?.flags ?? [])]
  const original = sent === undefined ? {} : { original: sent.value }
  if (fix.value === null)
    return { at, value: sent?.value ?? '0', ...original, ...said, flags: [...flags, 'ignored'] }
  flags.push(sent ? 'corrected' : 'manual')
  if (fix.estimated) flags.push('estimated')
  return { at, value: formatDecimal(fix.value, fix.flags), ...original, ...said, flags }
}

/** As the vendor sent them. */
function createSent(db: HistoryDatabase) {
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
