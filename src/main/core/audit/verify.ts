import type { SiteDatabase } from '../store/store.ts'
import { hashRow, headOf, NO_HASH, type AuditRow } from './chain.ts'

/** Rows hashed between two turns of the event loop: some 5 ms. */
const SLICE = 500

/** How a row does not fit: its values, the row before it, or that it is not there. */
export type Fault = 'changed' | 'link' | 'missing'

export interface Broken {
  /** the first row that does not fit, or the number of the one that should be there */
  readonly id: number
  readonly how: Fault
}

interface Walk {
  /** the row that was looked at last; 0: none yet */
  readonly id: number
  readonly broken: Broken | null
}

/** The next rows after `after`, at most `SLICE`, against the hash that row `after` carries. */
function walkSlice(db: SiteDatabase, after: number): Walk {
  const before = db.statement<{ hash: string }>('SELECT hash FROM audit WHERE id = ?').get(after)
  if (after > 0 && !before) return { id: after, broken: { id: after, how: 'missing' } }
  let previous = before?.hash ?? NO_HASH
  let id = after
  for (const row of db.statement<AuditRow>(ROWS).all(after, SLICE)) {
    const how = faultOf(row, id + 1, previous)
    if (how !== null) return { id, broken: { id: id + 1, how } }
    previous = row.hash
    id = row.id
  }
  return { id, broken: null }
}

const ROWS = 'SELECT * FROM audit WHERE id > ? ORDER BY id LIMIT ?'

function faultOf(row: AuditRow, id: number, previous: string): Fault | null {
  if (row.id !== id) return 'missing'
  if (row.previous_hash !== previous) return 'link'
  return row.hash === hashRow(row) ? null : 'changed'
}

export interface Span {
  /** the last row that was looked at; `done`: it is the newest */
  readonly id: number
  readonly done: boolean
  readonly broken: Broken | null
}

/**
 * Walks on from a row that was walked before, some thousand rows: finds one that was changed, removed or put in
 * between. It cannot find a chain that somebody computed anew from end to end; that takes a hash kept elsewhere.
 */
export async function verifySpan(
  db: SiteDatabase,
  after: number,
  { rows, pause }: { readonly rows: number; pause(): Promise<void> },
): Promise<Span> {
  let id = after
  while (id < after + rows) {
    const walked = walkSlice(db, id)
    if (walked.broken) return { ...walked, done: true }
    if (walked.id === id) return { id, done: true, broken: atHead(db, id) }
    id = walked.id
    await pause()
  }
  return { id, done: false, broken: null }
}

/** The end of the rows is the end that was written down. */
function atHead(db: SiteDatabase, id: number): Broken | null {
  const head = headOf(db)
  const last = db.statement<{ hash: string }>('SELECT hash FROM audit WHERE id = ?').get(id)
  return head?.id === (id === 0 ? undefined : id) && head?.hash === last?.hash
    ? null
    : { id: id + 1, how: 'missing' }
}

export type ChainCheck =
  | { readonly ok: true; readonly rows: number }
  | { readonly ok: false; readonly rows: number; readonly brokenAt: number; readonly how: Fault }

/** The whole chain. */
export async function verifyChain(
  db: SiteDatabase,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<ChainCheck> {
  const { id, broken } = await verifySpan(db, 0, { rows: Number.POSITIVE_INFINITY, pause })
  return broken ? { ok: false, rows: id, brokenAt: broken.id, how: broken.how } : { ok: true, rows: id }
}
