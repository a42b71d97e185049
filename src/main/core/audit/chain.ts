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
  readonly previous_hash: string
  readonly hash: string
}

/** What the first row carries in place of a hash before it. */
export const NO_HASH = '0'.repeat(64)
/** Row of `meta` with the newest id and hash: rows missing at the end are noticed too. */
const HEAD = 'audit_head'
/** Rows hashed between two turns of the event loop: some 5 ms. */
const SLICE = 500

/** The hash of a row: over the hash before it and its values, in one fixed order. */
export function hashRow(row: Omit<AuditRow, 'hash'>): string {
  const { previous_hash, id, at, operator, door, operation, target, outcome, before, after } = row
  const canonical = JSON.stringify([id, at, operator, door, operation, target, outcome, before, after])
  return bytesToHex(sha256(utf8ToBytes(`${previous_hash}\n${canonical}`)))
}

/** Appends one row to the chain; only inside `site.write`. */
export function appendRow(db: SiteDatabase, values: Omit<AuditRow, 'id' | 'hash' | 'previous_hash'>): void {
  const last = db.statement<{ id: number; hash: string }>(LAST).get()
  const row = { ...values, id: (last?.id ?? 0) + 1, previous_hash: last?.hash ?? NO_HASH }
  const hash = hashRow(row)
  db.run(db.query.insertInto('audit').values({ ...row, hash }))
  db.statement(SET_HEAD).run(HEAD, `${row.id} ${hash}`)
}

const LAST = 'SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1'
const SET_HEAD =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'

export type ChainCheck =
  | { readonly ok: true; readonly rows: number }
  /** `brokenAt`: the first row that does not fit, or the row that should follow the last one */
  | { readonly ok: false; readonly rows: number; readonly brokenAt: number }

/**
 * Walks the whole chain: finds a row that was changed, removed or put in between. It cannot find a chain
 * that somebody computed anew from end to end; that takes a copy of a hash kept elsewhere.
 */
export async function verifyChain(
  db: SiteDatabase,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<ChainCheck> {
  const slice = db.statement<AuditRow>('SELECT * FROM audit WHERE id > ? ORDER BY id LIMIT ?')
  let previous = NO_HASH
  let rows = 0
  for (let found = slice.all(0, SLICE); found.length > 0; found = slice.all(rows, SLICE)) {
    for (const row of found) {
      const fits = row.id === rows + 1 && row.previous_hash === previous && row.hash === hashRow(row)
      if (!fits) return { ok: false, rows, brokenAt: rows + 1 }
      previous = row.hash
      rows++
    }
    await pause()
  }
  const head = db.get(db.query.selectFrom('meta').select('value').where('key', '=', HEAD))
  const expected = rows === 0 ? undefined : `${rows} ${previous}`
  return head?.value === expected ? { ok: true, rows } : { ok: false, rows, brokenAt: rows + 1 }
}
