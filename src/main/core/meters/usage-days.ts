import type { HistoryDatabase } from '../store/store.ts'

/** One row of the daily summary as read: day, meter, first, last, last_at, fell. */
export type DailyRow = readonly [number, number, number, number, number, number]

const COLUMNS = 'd.day, d.meter, d.first_value, d.last_value, d.last_at, d.fell'

/**
 * Where reading whole days costs more than seeking the meters asked for: a seek costs about as much as
 * reading this many neighbours.
 */
const SEEK_COST = 8

/** Reads the daily summary of some meters, each meter's days ascending; never scans days nobody asked for. */
export function createDayReader(db: HistoryDatabase) {
  const ofDay = db.statement(`SELECT ${COLUMNS} FROM daily d WHERE d.day = ? ORDER BY d.meter`)
  const ofMeter = db.statement(
    `WITH RECURSIVE days (day) AS (SELECT ? UNION ALL SELECT day + 1 FROM days WHERE day < ?)
     SELECT ${COLUMNS} FROM days CROSS JOIN daily d ON d.day = days.day AND d.meter = ?`,
  )
  const meters = db.statement<{ n: number | null }>('SELECT max(id) AS n FROM meter')
  return async (
    keys: readonly number[],
    firstDay: number,
    lastDay: number,
    accept: (rows: readonly DailyRow[]) => void | Promise<void>,
  ): Promise<void> => {
    if (keys.length * SEEK_COST < (meters.get()?.n ?? 0)) {
      for (const key of keys) await accept(rows(ofMeter.arrays(firstDay, lastDay, key)))
      return
    }
    for (let day = firstDay; day <= lastDay; day++) await accept(rows(ofDay.arrays(day)))
  }
}

const rows = (found: unknown) => found as readonly DailyRow[]
