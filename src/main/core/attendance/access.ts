import type { SqlValue } from '../ports.ts'
import { projectOf, type Books, type StoredProject } from './books.ts'
import { seesFrom } from './quota.ts'
import { refuse } from './refusals.ts'

/** Who looks. Staff read every project; everybody else what his phone lets him. */
export interface Viewer {
  readonly phone: string
  /** an operator with a reading role at the console */
  readonly staff: boolean
  readonly now: number
  /** sees phones masked: finds one whole or by its last four digits, not digit by digit */
  readonly masked?: boolean
}

export type Role = 'owner' | 'keeper' | 'worker'

/** In which roles this phone stands to a project now; a worker who left still sees his own history. */
export function rolesIn({ db }: Books, project: StoredProject, phone: string): Role[] {
  if (phone === '') return []
  const roles: Role[] = []
  if (project.ownerPhone === phone) roles.push('owner')
  // a deleted project is its owner's only
  if (project.deletedAt !== null) return roles
  if (project.keeperPhone === phone) roles.push('keeper')
  const sql = 'SELECT 1 FROM att_member WHERE phone = ? AND projectId = ? LIMIT 1'
  if (db.statement(sql).get(phone, project.id)) roles.push('worker')
  return roles
}

/** Rows of `r` (att_record) that somebody may see; `sql` stands in a WHERE. */
export interface Scope {
  readonly sql: string
  readonly values: readonly SqlValue[]
  /** one project: its number */
  readonly projectId: number | null
  /** only this worker's rows, whether asked for or all there is to see */
  readonly user: string | null
}

/** A project, and whose rows of it; null: everyone's. */
export type Part = readonly [projectId: number, user: string | null]

/** everyone's of an own project or the one kept; a worker's own; 5 for anything else. */
export function scopeOf(
  books: Books,
  viewer: Viewer,
  wanted: { projectId?: string | undefined; user?: string | undefined },
): Scope {
  if (wanted.projectId !== undefined) return scopeOfOne(books, viewer, wanted.projectId, wanted.user)
  const user = wanted.user ?? null
  const own = user === null ? '' : ' AND r.phone = ?'
  const values = user === null ? [] : [user]
  if (viewer.staff) return { sql: `1 = 1${own}`, values, projectId: null, user }
  const { phone } = viewer
  if (phone === '') throw refuse('notYours')
  const sql = `(r.projectId IN (SELECT id FROM att_project WHERE ownerPhone = ?
      UNION SELECT id FROM att_project WHERE keeperPhone = ? AND deletedAt IS NULL)
    OR (r.phone = ? AND r.projectId IN (SELECT m.projectId FROM att_member m JOIN att_project p ON p.id = m.projectId
      WHERE m.phone = ? AND p.deletedAt IS NULL)))${own}`
  return { sql, values: [phone, phone, phone, phone, ...values], projectId: null, user }
}

/** The same as a list, for sums that walk project by project. */
export function partsOf(
  books: Books,
  viewer: Viewer,
  wanted: { projectId?: string | undefined; user?: string | undefined },
): Part[] {
  const { user = null } = wanted
  if (wanted.projectId !== undefined) {
    const { projectId, user } = scopeOfOne(books, viewer, wanted.projectId, wanted.user)
    return projectId === null ? [] : [[projectId, user]]
  }
  const { phone, staff } = viewer
  if (!staff && phone === '') throw refuse('notYours')
  const all = books.db
    .statement<{ id: number; whole: number }>(
      `SELECT p.id, ? OR p.ownerPhone = ? OR (p.keeperPhone IS ? AND p.deletedAt IS NULL) AS whole FROM att_project p
       WHERE whole OR (p.deletedAt IS NULL AND p.id IN (SELECT projectId FROM att_member WHERE phone = ?)) ORDER BY p.id`,
    )
    .all(staff ? 1 : 0, phone, phone === '' ? ' ' : phone, phone)
  return all.flatMap(({ id, whole }): Part[] => {
    if (whole === 1) return [[id, user]]
    return user === null || user === phone ? [[id, phone]] : []
  })
}

function scopeOfOne(books: Books, viewer: Viewer, id: string, wanted: string | undefined): Scope {
  const project = projectOf(books, id)
  const user = viewer.staff ? (wanted ?? null) : ownOrAsked(books, viewer, project, wanted)
  return {
    sql: user === null ? 'r.projectId = ?' : 'r.projectId = ? AND r.phone = ?',
    values: user === null ? [project.id] : [project.id, user],
    projectId: project.id,
    user,
  }
}

function ownOrAsked(
  books: Books,
  { phone }: Viewer,
  project: StoredProject,
  wanted: string | undefined,
): string | null {
  const roles = rolesIn(books, project, phone)
  if (roles.length === 0) throw refuse('notYours')
  if (roles.some((role) => role !== 'worker')) return wanted ?? null
  if (wanted !== undefined && wanted !== phone) throw refuse('notYours')
  return phone
}

/** Whether this viewer may see a project at all, and its people. */
export function requireView(books: Books, viewer: Viewer, project: StoredProject): Role[] {
  const roles = rolesIn(books, project, viewer.phone)
  if (roles.length === 0 && !viewer.staff) throw refuse('notYours')
  return roles
}

/** a wider question is clamped, not refused. `from`, `to`: check-in, epoch ms, `to` exclusive. */
export function clamp(
  books: Books,
  { phone, now }: Viewer,
  { from, to }: { from?: number | undefined; to?: number | undefined },
): { readonly from: number; readonly to: number; readonly limited: boolean } {
  const first = seesFrom(books, phone, now)
  const asked = from ?? 0
  const limited = first !== null && asked < first
  return { from: limited ? first : asked, to: to ?? 9_000_000_000_000_000, limited }
}
