import type { Output } from '#shared/contract/index.ts'
import { formatDecimal, parseDecimal, SCALE_DIGITS, type Decimal } from '#shared/decimal.ts'
import { BAND_NAMES, PHASE_NAMES, type BandName } from '#shared/phases.ts'
import { DAY, dayNumber, dayStartOf, formatDay, SECOND, startOfDay, type ZoneOffset } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'

type Bands = Pick<Output<'meters.bands'>, 'rows' | 'phases'>
type BandRow = Bands['rows'][number]
type Usage = BandRow['usage']

export interface BandRange {
  /** epoch ms */
  readonly from: number
  /** epoch ms, exclusive */
  readonly to: number
  readonly phases?: boolean | undefined
}

/** Registers as they were stored: those of the last freeze of a day. */
interface Registers extends Record<BandName, string | null> {
  readonly at: number
  readonly total: string | null
  readonly sum_ok: number
}

const COLUMNS = `at, total, ${BAND_NAMES.join(', ')}, sum_ok`
/** One row a day: with max() SQLite gives the other columns of the row that has it. A freeze at midnight ends the day. */
const DAYS = `SELECT max(at) AS at, total, ${BAND_NAMES.join(', ')}, sum_ok FROM band
  WHERE meter = ? AND at > ? AND at <= ? GROUP BY (at - 1 + CAST(? AS INTEGER)) / 86400 ORDER BY at`
const BEFORE = `SELECT ${COLUMNS} FROM band WHERE meter = ? AND at <= ? AND at > ? ORDER BY at DESC LIMIT 1`
const PHASES = `SELECT at * 1000 AS at, ${PHASE_NAMES.join(', ')} FROM phase
  WHERE meter = ? AND at >= ? AND at < ? ORDER BY at`

/** Bands of one meter by day, and its phase values, all as reported (I-22 … I-26). */
export function createBands(db: HistoryDatabase, zone: () => ZoneOffset) {
  const days = db.statement<Registers>(DAYS)
  const before = db.statement<Registers>(BEFORE)
  const phases = db.statement<Bands['phases'][number]>(PHASES)
  return (meter: number, { from, to, ...range }: BandRange): Bands => {
    const shift = zone()
    const first = startOfDay(from, shift) / SECOND
    const end = to <= from ? first : (startOfDay(to - 1, shift) + DAY) / SECOND
    const found = days.all(meter, first, end, shift / SECOND)
    const yesterday = before.get(meter, first, first - DAY / SECOND)
    return {
      rows: withUsage(found, yesterday ?? null, shift),
      phases:
        range.phases === false ? [] : phases.all(meter, Math.ceil(from / SECOND), Math.ceil(to / SECOND)),
    }
  }
}

/** The day a freeze belongs to: (start, end] as for readings. */
const dayOf = (second: number, zone: ZoneOffset) => dayNumber((second - 1) * SECOND, zone)

function withUsage(rows: readonly Registers[], before: Registers | null, zone: ZoneOffset): BandRow[] {
  let last = before
  let lastDay = before ? dayOf(before.at, zone) : Number.NaN
  return rows.map((row) => {
    const day = dayOf(row.at, zone)
    const usage = usageOf(row, lastDay === day - 1 ? last : null)
    last = row
    lastDay = day
    const { total, sharp, peak, flat, valley } = row
    return {
      day: formatDay(dayStartOf(day, zone), zone),
      total,
      sharp,
      peak,
      flat,
      valley,
      sumOk: row.sum_ok === 1,
      at: row.at * SECOND,
      usage,
    }
  })
}

const NAMES = ['total', ...BAND_NAMES] as const
const NOTHING = { total: null, sharp: null, peak: null, flat: null, valley: null, sumOk: true }

/** Never negative: a register that fell makes the whole day a reset (I-39). */
function usageOf(row: Registers, before: Registers | null): Usage {
  if (!before) return { ...NOTHING, state: 'gap' }
  const scaled: Record<string, number> = {}
  const usage: Record<(typeof NAMES)[number], string | null> = { ...NOTHING }
  for (const name of NAMES) {
    const end = parseDecimal(row[name])
    const start = parseDecimal(before[name])
    if (!end || !start) continue
    const used = end.scaled - start.scaled
    if (used < 0) return { ...NOTHING, state: 'reset' }
    scaled[name] = used
    usage[name] = formatDecimal(used, digits(end, start))
  }
  return { ...usage, state: 'measured', sumOk: addsUp(scaled) }
}

const digits = (a: Decimal, b: Decimal) => (a.exact && b.exact ? Math.max(a.digits, b.digits) : SCALE_DIGITS)

/** I-24, for the usage of a day; nothing to complain of where the total or a band is missing. */
function addsUp(scaled: Readonly<Record<string, number>>): boolean {
  const total = scaled['total']
  const parts = BAND_NAMES.map((name) => scaled[name])
  if (total === undefined || parts.includes(undefined)) return true
  const sum = parts.reduce((a: number, b) => a + (b ?? 0), 0)
  return Math.abs(sum - total) * 100 <= Math.max(total, sum)
}
