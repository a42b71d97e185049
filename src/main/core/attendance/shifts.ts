import {
  activeMember,
  openRecord,
  projectOf,
  recordOf,
  requireKeeper,
  requireLive,
  requireNotFuture,
  wholeSecond,
  type Actor,
  type Books,
  type StoredRecord,
} from './books.ts'
import { requireUnlocked } from './locks.ts'
import { beginRecord, changeRecord, keepNote } from './log.ts'
import { refuse } from './refusals.ts'

/** A shift from its request to its end. Everything only inside `site.write`. */

/** only a worker, one open record at a time; the time he asks for is the time that counts. */
export function requestCheckIn(
  books: Books,
  actor: Actor,
  { projectId, checkInAt }: { projectId: string; checkInAt?: number | undefined },
  now: number,
): number {
  const project = projectOf(books, projectId)
  const at = wholeSecond(checkInAt ?? now)
  const member = activeMember(books, project.id, actor.phone)
  if (!member || actor.operator !== null) throw refuse('notWorker')
  requireNotFuture(at, now)
  requireLive(project)
  if (openRecord(books, project.id, actor.phone)) throw refuse('alreadyOpen')
  requireUnlocked(books, { id: null, projectId: project.id }, [at], now)
  requireFree(books, { id: 0, projectId: project.id, phone: actor.phone }, at, null)
  return beginRecord(books, { actor, role: 'worker', now }, member, {
    kind: 'checkInRequested',
    phone: actor.phone,
    checkInAt: at,
  })
}

/** his own, while nobody answered. */
export function cancelCheckIn(books: Books, actor: Actor, recordId: string, now: number): void {
  const record = recordOf(books, recordId)
  if (record.phone !== actor.phone || actor.operator !== null) throw refuse('notWorker')
  if (record.state !== 'pending') throw refuse('notPending')
  changeRecord(books, { actor, role: 'worker', now }, record, { kind: 'checkInCancelled', reason: '' })
}

/** the current keeper, once; who subscribed is told. */
export function decideCheckIn(
  books: Books,
  actor: Actor,
  { recordId, confirm, reason = '' }: { recordId: string; confirm: boolean; reason?: string | undefined },
  now: number,
): void {
  const record = recordOf(books, recordId)
  const project = projectOf(books, record.projectId)
  requireKeeper(project, actor)
  requireLive(project)
  if (record.state !== 'pending') throw refuse('notPending')
  if (confirm) requireUnlocked(books, record, [record.checkInAt], now)
  changeRecord(
    books,
    { actor, role: 'keeper', now },
    record,
    confirm ? { kind: 'checkInConfirmed' } : { kind: 'checkInRejected', reason },
  )
  books.db
    .statement('UPDATE att_subscription SET notifiedAt = ? WHERE recordId = ? AND notifiedAt IS NULL')
    .run(now, record.id)
}

/** effective at once. */
export function recordCheckOut(
  books: Books,
  actor: Actor,
  wanted: { recordId: string; checkOutAt?: number | undefined; confirmLong?: boolean | undefined },
  now: number,
): void {
  const record = recordOf(books, wanted.recordId)
  const project = projectOf(books, record.projectId)
  const checkOutAt = wholeSecond(wanted.checkOutAt ?? now)
  requireKeeper(project, actor)
  requireNotFuture(checkOutAt, now)
  requireLive(project)
  if (record.state !== 'confirmed') throw refuse('notConfirmed')
  if (checkOutAt <= record.checkInAt) throw refuse('order')
  if (checkOutAt - record.checkInAt > books.rules().longShift && wanted.confirmLong !== true)
    throw refuse('longShift')
  requireUnlocked(books, record, [record.checkInAt], now)
  changeRecord(books, { actor, role: 'keeper', now }, record, { kind: 'checkOutRecorded', checkOutAt })
}

/** once a record; the same again changes nothing. */
export function subscribe(books: Books, actor: Actor, recordId: string, now: number): void {
  const record = recordOf(books, recordId)
  if (record.phone !== actor.phone || actor.operator !== null) throw refuse('notWorker')
  if (record.state !== 'pending') throw refuse('notPending')
  const { changes } = books.db
    .statement(
      'INSERT INTO att_subscription (recordId, phone, createdAt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(record.id, actor.phone, now)
  const { projectId, memberId, id } = record
  if (changes > 0)
    keepNote(
      books,
      { actor, role: 'worker', now },
      { projectId, memberId, recordId: id },
      { kind: 'subscribed' },
    )
}

const FOR_EVER = 9_000_000_000_000_000

/** Two shifts of a worker in one project never lie over one another; an open one lasts. */
export function requireFree(
  { db }: Books,
  { id, projectId, phone }: Pick<StoredRecord, 'id' | 'projectId' | 'phone'>,
  from: number,
  to: number | null,
): void {
  const found = db
    .statement(
      `SELECT 1 FROM att_record WHERE phone = ? AND projectId = ? AND id <> ?
         AND state IN ('pending', 'confirmed', 'closed') AND checkInAt < ? AND coalesce(checkOutAt, ${FOR_EVER}) > ?
       LIMIT 1`,
    )
    .get(phone, projectId, id, to ?? FOR_EVER, from)
  if (found) throw refuse('overlap')
}
