import { formatDecimal } from '#shared/decimal.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { ImrReading } from '../upstream/types.ts'
import { CONFLICT, digitsOf, flagsOf, PRECISE } from './reading-flags.ts'

export type Stored = 'new' | 'same' | 'changed'

/** Where a row came from: an endpoint's answer at a time. */
export interface Origin {
  readonly endpoint: string
  readonly at: number
}

const INSERT =
  'INSERT INTO reading (meter, at, value, flags) VALUES (?, ?, ?, ?) ON CONFLICT (meter, at) DO NOTHING'

/** Stores one reading; two values for one instant: the newest wins, the other stays as a note. */
export function storeOne(db: HistoryDatabase) {
  const insert = db.statement(INSERT)
  const notes = createNotes(db)
  const meet = meetStored(db, notes)
  return (key: number, second: number, row: ImrReading, origin: Origin): Stored => {
    const { value } = row
    if (insert.run(key, second, value.scaled, flagsOf(value)).changes === 0)
      return meet(key, second, row, origin)
    if (!value.exact) notes.add(key, second, 'precise', row.text.trim(), origin)
    return 'new'
  }
}

/** The row's instant is taken: the same value again changes nothing. */
function meetStored(db: HistoryDatabase, notes: Notes) {
  const find = db.statement<{ value: number; flags: number }>(
    'SELECT value, flags FROM reading WHERE meter = ? AND at = ?',
  )
  const replace = db.statement('UPDATE reading SET value = ?, flags = ? WHERE meter = ? AND at = ?')
  const replaceLatest = db.statement('UPDATE latest SET value = ?, flags = ? WHERE meter = ? AND at = ?')
  return (key: number, second: number, row: ImrReading, origin: Origin): Stored => {
    const old = find.get(key, second)
    if (!old) return 'same'
    const { value } = row
    const exact = value.exact && (old.flags & PRECISE) === 0
    if (exact && old.value === value.scaled) return 'same'
    const oldText = notes.precise(key, second) ?? formatDecimal(old.value, digitsOf(old.flags))
    if (!exact && oldText === row.text.trim()) return 'same'
    notes.add(key, second, 'conflict', oldText, origin)
    notes.dropPrecise(key, second)
    if (!value.exact) notes.add(key, second, 'precise', row.text.trim(), origin)
    const flags = flagsOf(value) | CONFLICT
    replace.run(value.scaled, flags, key, second)
    replaceLatest.run(value.scaled, flags, key, second)
    return 'changed'
  }
}

type Notes = ReturnType<typeof createNotes>

function createNotes(db: HistoryDatabase) {
  const add = db.statement(
    `INSERT INTO reading_note (meter, at, kind, text, endpoint, seen_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (meter, at, kind, text) DO UPDATE SET endpoint = excluded.endpoint, seen_at = excluded.seen_at`,
  )
  const find = db.statement<{ text: string }>(
    "SELECT text FROM reading_note WHERE meter = ? AND at = ? AND kind = 'precise'",
  )
  const drop = db.statement("DELETE FROM reading_note WHERE meter = ? AND at = ? AND kind = 'precise'")
  return {
    add: (key: number, second: number, kind: 'conflict' | 'precise', text: string, origin: Origin) =>
      void add.run(key, second, kind, text, origin.endpoint, origin.at),
    precise: (key: number, second: number) => find.get(key, second)?.text,
    dropPrecise: (key: number, second: number) => void drop.run(key, second),
  }
}
