import type { HistoryDatabase } from '../store/store.ts'

/**
 * Takes one day of one meter: register values x 10 000; `first` is null when the register fell that day; `lastAt`
 * is an epoch second, 0 unless asked for.
 */
export type AcceptDay = (
  day: number,
  meter: number,
  first: number | null,
  last: number,
  lastAt: number,
) => void

/**
 * Where reading whole days costs more than seeking the meters asked for: a seek costs about as much as
 * reading this many neighbours.
 */
const SEEK_COST = 8

/** Each column costs a tenth of the time of a large answer, so only what is needed is read. */
const VALUES = 'iif(d.fell, NULL, d.first_value), d.last_value'
type Row = readonly [dayOrMeter: number, first: number | null, last: number, lastAt?: number]

/** Reads the daily summary of some meters, each meter's days ascending; never scans days nobody asked for. */
export function createDayReader(db: HistoryDatabase, breathe: () => Promise<void> | undefined) {
  const statementsWith = (columns: string) => ({
    ofDay: db.statement(`SELECT d.meter, ${columns} FROM daily d WHERE d.day = ? ORDER BY d.meter`),
    ofMeter: db.statement(
      `WITH RECURSIVE days (day) AS (SELECT ? UNION ALL SELECT day + 1 FROM days WHERE day < ?)
       SELECT d.day, ${columns} FROM days CROSS JOIN daily d ON d.day = days.day AND d.meter = ?`,
    ),
  })
  const bare = statementsWith(VALUES)
  const timed = statementsWith(`${VALUES}, d.last_at`)
  const meters = db.statement<{ n: number | null }>('SELECT max(id) AS n FROM meter')
  return async (
    asked: { keys: readonly number[]; firstDay: number; lastDay: number; times: boolean },
    accept: AcceptDay,
  ) => {
    const { keys, firstDay, lastDay } = asked
    const { ofDay, ofMeter } = asked.times ? timed : bare
    if (keys.length * SEEK_COST < (meters.get()?.n ?? 0)) {
      for (const key of keys) {
        for (const row of rows(ofMeter.arrays(firstDay, lastDay, key)))
          accept(row[0], key, row[1], row[2], row[3] ?? 0)
        await breathe()
      }
      return
    }
    for (let day = firstDay; day <= lastDay; day++) {
      for (const row of rows(ofDay.arrays(day))) accept(day, row[0], row[1], row[2], row[3] ?? 0)
      await breathe()
    }
  }
}

const rows = (found: unknown) => found as readonly Row[]
