import { HOUR, MINUTE, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { AttendanceTables } from '../store/schema-attendance.ts'
import { refuse } from './refusals.ts'

/** What the owner of the desk may set (settings `attendance`). */
export interface AttendanceRules {
  /** ms after which a request that nobody answered is loud */
  readonly pendingFor: number
  /** ms after which an open shift counts as forgotten */
  readonly forgottenAfter: number
  /** ms beyond which the end of a shift needs a confirmation */
  readonly longShift: number
}

/** site.db as attendance sees it. Everything here is synchronous; changes only inside `write`. */
export interface Books {
  readonly db: SiteDatabase
  zone(): ZoneOffset
  rules(): AttendanceRules
}

export const rulesOf = (set: {
  pendingHours: number
  forgottenHours: number
  longShiftHours: number
}): AttendanceRules => ({
  pendingFor: set.pendingHours * HOUR,
  forgottenAfter: set.forgottenHours * HOUR,
  longShift: set.longShiftHours * HOUR,
})

/** a phone's clock may be ahead so long. */
export const FUTURE_BY = MINUTE
/** Times are of whole seconds: what a list shows is what counts. */
export const wholeSecond = (at: number): number => Math.floor(at / SECOND) * SECOND

/** Who acts. At the console an operator stands for the phone of his account, and never for a worker. */
export interface Actor {
  /** '' only for an operator without one */
  readonly phone: string
  /** the operator's name at the console, null for a mini-program */
  readonly operator: string | null
}

type Stored<T> = {
  readonly [K in keyof T]: T[K] extends { readonly __select__: infer S } ? S : T[K]
}
export type StoredProject = Stored<AttendanceTables['att_project']>
export type StoredMember = Stored<AttendanceTables['att_member']>
export type StoredRecord = Stored<AttendanceTables['att_record']>
export type StoredCorrection = Stored<AttendanceTables['att_correction']>
export type StoredFact = Stored<AttendanceTables['att_fact']>

/** The number of a project, a record or a correction as the outside writes it. */
function keyOf(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : -1
}

export function projectOf({ db }: Books, projectId: string | number): StoredProject {
  const sql = 'SELECT * FROM att_project WHERE id = ?'
  const key = typeof projectId === 'number' ? projectId : keyOf(projectId)
  const project = db.statement<StoredProject>(sql).get(key)
  if (!project) throw refuse('noProject')
  return project
}

export function recordOf({ db }: Books, recordId: string | number): StoredRecord {
  const key = typeof recordId === 'number' ? recordId : keyOf(recordId)
  const record = db.statement<StoredRecord>('SELECT * FROM att_record WHERE id = ?').get(key)
  if (!record) throw refuse('noRecord')
  return record
}

export function correctionOf({ db }: Books, correctionId: string | number): StoredCorrection {
  const key = typeof correctionId === 'number' ? correctionId : keyOf(correctionId)
  const correction = db.statement<StoredCorrection>('SELECT * FROM att_correction WHERE id = ?').get(key)
  if (!correction) throw refuse('noCorrection')
  return correction
}

export const activeMember = ({ db }: Books, projectId: number, phone: string): StoredMember | undefined =>
  db
    .statement<StoredMember>(
      'SELECT * FROM att_member WHERE projectId = ? AND phone = ? AND removedAt IS NULL',
    )
    .get(projectId, phone)

/** pending, or confirmed and not ended. */
export const openRecord = ({ db }: Books, projectId: number, phone: string): StoredRecord | undefined =>
  db
    .statement<StoredRecord>(
      `SELECT * FROM att_record WHERE projectId = ? AND phone = ? AND state IN ('pending', 'confirmed')`,
    )
    .get(projectId, phone)

export function requireLive(project: StoredProject): StoredProject {
  if (project.deletedAt !== null) throw refuse('projectDeleted')
  return project
}

/** */
export function requireOwner(project: StoredProject, actor: Actor): void {
  if (project.ownerPhone !== actor.phone) throw refuse('notOwner')
}

/** the current one only. */
export function requireKeeper(project: StoredProject, actor: Actor): void {
  if (project.keeperPhone === null || project.keeperPhone !== actor.phone) throw refuse('notKeeper')
}

/** */
export function requireNotFuture(at: number, now: number): void {
  if (at > now + FUTURE_BY) throw refuse('future')
}
