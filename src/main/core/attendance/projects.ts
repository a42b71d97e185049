import {
  activeMember,
  projectOf,
  requireLive,
  requireOwner,
  type Actor,
  type Books,
  type StoredCorrection,
  type StoredProject,
  type StoredRecord,
} from './books.ts'
import { beginProject, changeCorrection, changeProject, changeRecord, type Act } from './log.ts'
import { requireProjectQuota } from './quota.ts'
import { refuse } from './refusals.ts'

/** What an owner does. Everything only inside `site.write`. */

/** the phone that creates it owns it; R-51. */
export function newProject(books: Books, actor: Actor, name: string, now: number): number {
  requireProjectQuota(books, actor.phone, now)
  return beginProject(books, { actor, role: 'owner', now }, { kind: 'projectCreated', name })
}

/** the new keeper at once, and only he. The same phone again is another name at most. */
export function setKeeper(
  books: Books,
  actor: Actor,
  { projectId, keeper, keeperName }: { projectId: string; keeper: string; keeperName: string },
  now: number,
): void {
  const project = projectOf(books, projectId)
  requireOwner(project, actor)
  requireLive(project)
  if (activeMember(books, project.id, keeper)) throw refuse('keeperIsWorker')
  if (project.keeperPhone === keeper && project.keeperName === keeperName) return
  const old = { phone: project.keeperPhone, name: project.keeperName }
  changeProject(books, { actor, role: 'owner', now }, project, {
    kind: 'keeperSet',
    phone: keeper,
    name: keeperName,
    old,
  })
}

/** what waits is given up, what was worked stays. */
export function deleteProject(books: Books, actor: Actor, projectId: string, now: number): void {
  const project = projectOf(books, projectId)
  requireOwner(project, actor)
  requireLive(project)
  const act: Act = { actor, role: 'owner', now }
  const open = openRecords(books, project)
  if (open.some(({ state }) => state === 'confirmed')) throw refuse('openShift')
  for (const record of open)
    changeRecord(books, act, record, { kind: 'checkInCancelled', reason: '项目已删除' })
  for (const correction of pendingCorrections(books, project))
    changeCorrection(books, act, correction, { kind: 'correctionWithdrawn' })
  changeProject(books, act, project, { kind: 'projectDeleted' })
}

const openRecords = ({ db }: Books, { id }: StoredProject): StoredRecord[] =>
  db
    .statement<StoredRecord>(
      `SELECT * FROM att_record WHERE projectId = ? AND state IN ('pending', 'confirmed')`,
    )
    .all(id)

const pendingCorrections = ({ db }: Books, { id }: StoredProject): StoredCorrection[] =>
  db
    .statement<StoredCorrection>(
      `SELECT c.* FROM att_correction c JOIN att_record r ON r.id = c.recordId
       WHERE r.projectId = ? AND c.state = 'pending'`,
    )
    .all(id)
