import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { formatDecimal, neededDigits, parseDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'

type Answer = Omit<Output<'meters.consumption'>, 'asOf'>

const WITHIN = 'FROM consumption WHERE meter = ? AND daily = ? AND at >= ? AND at < ?'

/** Money is added up with two decimals at least, as it is printed. */
const AMOUNT_DIGITS = 2

/** Consumption records of one meter, newest first; the two kinds are never mixed (I-40). */
export function createConsumption(db: HistoryDatabase) {
  const rows = db.statement<Answer['rows'][number]>(
    `SELECT at * 1000 AS at, reading, dosage, amount, meter_type AS meterType ${WITHIN}
     ORDER BY at DESC LIMIT ? OFFSET ?`,
  )
  const figures = db.statement<{ dosage: string | null; amount: string | null }>(
    `SELECT dosage, amount ${WITHIN}`,
  )
  return (meter: number, input: Checked<'meters.consumption'>): Answer => {
    const range = [Math.ceil(input.from / SECOND), Math.ceil(input.to / SECOND)] as const
    const daily = input.kind === 'daily' ? 1 : 0
    const all = figures.all(meter, daily, ...range)
    return {
      total: all.length,
      rows: rows.all(meter, daily, ...range, input.limit ?? DEFAULT_LIMIT, input.offset ?? 0),
      sums: {
        dosage: sumOf(all.map((row) => row.dosage)),
        amount: sumOf(
          all.map((row) => row.amount),
          AMOUNT_DIGITS,
        ),
      },
    }
  }
}

function sumOf(values: readonly (string | null)[], digits = 0): string {
  const sum = values.reduce((total, value) => total + (parseDecimal(value)?.scaled ?? 0), 0)
  return formatDecimal(sum, neededDigits(sum, digits))
}

type Held = Output<'meters.get'>['has'][number]

const HELD = ['bands', 'phases', 'consumption', 'consumptionDaily', 'images'] as const

/** What else than readings is held of a meter. */
export function createHas(db: HistoryDatabase): (meter: number) => Held[] {
  const find = db.statement<Record<Held, number>>(
    `SELECT EXISTS (SELECT 1 FROM band WHERE meter = ?) AS bands,
       EXISTS (SELECT 1 FROM phase WHERE meter = ?) AS phases,
       EXISTS (SELECT 1 FROM consumption WHERE meter = ? AND daily = 0) AS consumption,
       EXISTS (SELECT 1 FROM consumption WHERE meter = ? AND daily = 1) AS consumptionDaily,
       EXISTS (SELECT 1 FROM camera WHERE meter = ?) AS images`,
  )
  return (meter) => {
    const found = find.get(meter, meter, meter, meter, meter)
    return HELD.filter((one) => found?.[one])
  }
}
