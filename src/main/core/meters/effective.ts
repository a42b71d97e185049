import type { HistoryDatabase } from '../store/store.ts'
import type { Register } from './usage-tables.ts'

/**
 * The readings that count: what the vendor sent, with what people put in its place, beside it or out of it
 * (`reading_fix`). The originals stay as they are. Instants in epoch seconds.
 */
export interface Effective {
  /** whether people ever changed anything about the readings of this meter */
  isFixed(meter: number): boolean
  /** whether anything was fixed in (after, upTo] */
  hasFix(meter: number, after: number, upTo: number): boolean
  /** [at, value] ascending in (after, upTo] */
  between(meter: number, after: number, upTo: number): readonly (readonly [number, number])[]
  /** at most `most` registers at or before the instant, the newest first */
  upTo(meter: number, at: number, most: number): readonly Register[]
  /** at most `most` registers after the instant, the oldest first */
  after(meter: number, at: number, most: number): readonly Register[]
  /** inside `history.write`: the meter has fixes from now on */
  note(meter: number): void
}

const UNFIXED = 'NOT EXISTS (SELECT 1 FROM reading_fix f WHERE f.meter = r.meter AND f.at = r.at)'
const FIXES = 'SELECT at, value FROM reading_fix WHERE meter = ? AND value IS NOT NULL'
const READINGS = 'SELECT at, value FROM reading WHERE meter = ?'
const UNTOUCHED = `SELECT at, value FROM reading r WHERE meter = ? AND ${UNFIXED}`

export function createEffective(db: HistoryDatabase): Effective {
  const fixed = new Set(
    db
      .statement<{ meter: number }>('SELECT DISTINCT meter FROM reading_fix')
      .all()
      .map(({ meter }) => meter),
  )
  const isFixed = (meter: number) => fixed.size > 0 && fixed.has(meter)
  const some = db.statement('SELECT 1 FROM reading_fix WHERE meter = ? AND at > ? AND at <= ? LIMIT 1')
  const range = 'AND at > ? AND at <= ?'
  const plain = db.statement(`${READINGS} ${range} ORDER BY at`)
  const merged = db.statement(
    `SELECT at, value FROM (${UNTOUCHED} ${range} UNION ALL ${FIXES} ${range}) ORDER BY at`,
  )
  const upTo = nearest(db, isFixed, '<=', 'DESC')
  const after = nearest(db, isFixed, '>', 'ASC')
  return {
    isFixed,
    hasFix: (meter, from, to) => isFixed(meter) && some.get(meter, from, to) !== undefined,
    between(meter, from, to) {
      const rows = isFixed(meter)
        ? merged.arrays(meter, from, to, meter, from, to)
        : plain.arrays(meter, from, to)
      return rows as [number, number][]
    },
    upTo,
    after,
    note: (meter) => void fixed.add(meter),
  }
}

function nearest(
  db: HistoryDatabase,
  isFixed: (meter: number) => boolean,
  side: '<=' | '>',
  order: 'ASC' | 'DESC',
) {
  const tail = `AND at ${side} ? ORDER BY at ${order} LIMIT ?`
  const plain = db.statement<Register>(`${READINGS} ${tail}`)
  const merged = db.statement<Register>(
    `SELECT at, value FROM (SELECT * FROM (${UNTOUCHED} ${tail}) UNION ALL SELECT * FROM (${FIXES} ${tail}))
     ORDER BY at ${order} LIMIT ?`,
  )
  return (meter: number, at: number, most: number): Register[] =>
    isFixed(meter) ? merged.all(meter, at, most, meter, at, most, most) : plain.all(meter, at, most)
}
