import { projectOf, recordOf, requireLive, type Actor, type Books, type StoredRecord } from './books.ts'
import { keepNote, type ByRole } from './log.ts'
import { refuse } from './refusals.ts'

/**
 * A period that was paid out: no time in it comes to count, stops or moves once its grace is over. An override opens
 * one record again, with a reason that stays; both sides are needed for it as ever.
 */

export interface StoredLock {
  readonly id: number
  readonly projectId: number
  /** exclusive: shifts that began before it */
  readonly before: number
  readonly graceUntil: number
  readonly note: string
}

export const lockOf = ({ db }: Books, projectId: number): StoredLock | undefined =>
  db.statement<StoredLock>('SELECT * FROM att_lock WHERE projectId = ? AND liftedAt IS NULL').get(projectId)

/** Whether times that begin at one of these instants are closed to changes now. */
export function isLocked(books: Books, projectId: number, starts: readonly number[], now: number): boolean {
  const lock = lockOf(books, projectId)
  return lock !== undefined && now > lock.graceUntil && starts.some((at) => at < lock.before)
}

/** `recordId` null: of a record that is only asked for. */
export function requireUnlocked(
  books: Books,
  { id, projectId }: { readonly id: number | null; readonly projectId: number },
  starts: readonly number[],
  now: number,
): void {
  if (!isLocked(books, projectId, starts, now)) return
  if (id !== null && overriddenUntil(books, id, now) !== null) return
  throw refuse('locked')
}

/** Until when a record is open again; null: it is not. */
export function overriddenUntil({ db }: Books, recordId: number, now: number): number | null {
  const sql = 'SELECT max(until) AS until FROM att_override WHERE recordId = ? AND until > ?'
  return db.statement<{ until: number | null }>(sql).get(recordId, now)?.until ?? null
}

interface By {
  readonly actor: Actor
  readonly role: ByRole
  readonly now: number
}

/** Locks further than before; an earlier day is not unlocked this way. Only inside `site.write`. */
export function lockPeriod(
  books: Books,
  by: By,
  wanted: { projectId: string; before: number; graceUntil: number; note: string },
): void {
  const project = requireLive(projectOf(books, wanted.projectId))
  const current = lockOf(books, project.id)
  if (current && wanted.before < current.before) throw refuse('lockBackwards')
  const { before, graceUntil, note } = wanted
  end(books, project.id, by.now)
  books.db
    .statement('INSERT INTO att_lock (projectId, before, graceUntil, note) VALUES (?, ?, ?, ?)')
    .run(project.id, before, graceUntil, note)
  keepNote(books, by, { projectId: project.id }, { kind: 'periodLocked', before, graceUntil, note })
}

/** Only inside `site.write`. */
export function liftLock(books: Books, by: By, projectId: string, reason: string): void {
  const project = projectOf(books, projectId)
  const current = lockOf(books, project.id)
  if (!current) throw refuse('notLocked')
  end(books, project.id, by.now)
  keepNote(books, by, { projectId: project.id }, { kind: 'lockLifted', before: current.before, reason })
}

function end({ db }: Books, projectId: number, now: number): void {
  db.statement('UPDATE att_lock SET liftedAt = ? WHERE projectId = ? AND liftedAt IS NULL').run(
    now,
    projectId,
  )
}

/** Only inside `site.write`. */
export function overrideLock(
  books: Books,
  by: By,
  { recordId, reason, until }: { recordId: string; reason: string; until: number },
): StoredRecord {
  const record = recordOf(books, recordId)
  if (!isLocked(books, record.projectId, [record.checkInAt], by.now)) throw refuse('notLocked')
  books.db
    .statement('INSERT INTO att_override (recordId, reason, at, until) VALUES (?, ?, ?, ?)')
    .run(record.id, reason, by.now, until)
  const { id, projectId, memberId } = record
  keepNote(books, by, { projectId, memberId, recordId: id }, { kind: 'lockOverridden', until, reason })
  return record
}
