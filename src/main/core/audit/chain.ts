import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { SiteDatabase } from '../store/store.ts'

/** One audit row as it is stored; `before` and `after` are JSON texts. */
export interface AuditRow {
  readonly id: number
  readonly at: number
  readonly operator: string | null
  readonly door: string
  readonly operation: string
  readonly target: string | null
  readonly outcome: string
  readonly before: string | null
  readonly after: string | null
  /** machine and screen; null: from before it was kept, and then it is no part of what is hashed */
  readonly place: string | null
  readonly previous_hash: string
  readonly hash: string
}

/** What the first row carries in place of a hash before it. */
export const NO_HASH = '0'.repeat(64)
/** Row of `meta` with the newest id and hash: rows missing at the end are noticed too. */
const HEAD = 'audit_head'

/** The hash of a row: over the hash before it and its values, in one fixed order. */
export function hashRow(row: Omit<AuditRow, 'hash'>): string {
  const { previous_hash, id, at, operator, door, operation, target, outcome, before, after, place } = row
  const values = [id, at, operator, door, operation, target, outcome, before, after]
  // a copy of a file from before has no such column
  const canonical = JSON.stringify((place ?? null) === null ? values : [...values, place])
  return bytesToHex(sha256(utf8ToBytes(`${previous_hash}\n${canonical}`)))
}

export interface Head {
  readonly id: number
  readonly hash: string
}

/** The newest row, as it was when it was written; null: none was ever written. */
export function headOf(db: SiteDatabase): Head | null {
  const [id, hash] = db.statement<{ value: string }>(GET_HEAD).get(HEAD)?.value.split(' ') ?? []
  return id === undefined || hash === undefined ? null : { id: Number(id), hash }
}

/** Appends one row to the chain; only inside `site.write`. */
export function appendRow(db: SiteDatabase, values: Omit<AuditRow, 'id' | 'hash' | 'previous_hash'>): void {
  const last = db.statement<Head>(LAST).get()
  const row = { ...values, id: (last?.id ?? 0) + 1, previous_hash: last?.hash ?? NO_HASH }
  const hash = hashRow(row)
  db.run(db.query.insertInto('audit').values({ ...row, hash }))
  db.statement(SET_HEAD).run(HEAD, `${row.id} ${hash}`)
}

const LAST = 'SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1'
const GET_HEAD = 'SELECT value FROM meta WHERE key = ?'
const SET_HEAD =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
