import {
  activeMember,
  openRecord,
  projectOf,
  requireKeeper,
  requireLive,
  type Actor,
  type Books,
  type StoredMember,
} from './books.ts'
import { beginMember, changeMember, changeRecord, type Act } from './log.ts'
import { refuse } from './refusals.ts'

/** Who works in a project. Everything only inside `site.write`. */

/** coming back is another membership. */
export function addMember(
  books: Books,
  actor: Actor,
  { projectId, user, userName }: { projectId: string; user: string; userName: string },
  now: number,
): number {
  const project = projectOf(books, projectId)
  requireKeeper(project, actor)
  requireLive(project)
  if (project.keeperPhone === user) throw refuse('keeperIsWorker')
  if (activeMember(books, project.id, user)) throw refuse('alreadyMember')
  return beginMember(books, { actor, role: 'keeper', now }, project.id, {
    kind: 'memberAdded',
    phone: user,
    name: userName,
  })
}

/** By the keeper. */
export function deleteMember(
  books: Books,
  actor: Actor,
  { projectId, user }: { projectId: string; user: string },
  now: number,
): void {
  const project = projectOf(books, projectId)
  requireKeeper(project, actor)
  requireLive(project)
  const member = activeMember(books, project.id, user)
  if (!member) throw refuse('noMember')
  end(books, { actor, role: 'keeper', now }, member, 'memberRemoved')
}

/** By the worker himself. */
export function leaveProject(books: Books, actor: Actor, projectId: string, now: number): void {
  const project = projectOf(books, projectId)
  const member = activeMember(books, project.id, actor.phone)
  if (!member) throw refuse('notWorker')
  requireLive(project)
  end(books, { actor, role: 'worker', now }, member, 'memberLeft')
}

/** what waits is given up, what runs has to end first. */
function end(books: Books, act: Act, member: StoredMember, kind: 'memberRemoved' | 'memberLeft'): void {
  const open = openRecord(books, member.projectId, member.phone)
  if (open?.state === 'confirmed') throw refuse('openShift')
  if (open)
    changeRecord(books, act, open, {
      kind: 'checkInCancelled',
      reason: kind === 'memberLeft' ? '考勤人已退出项目' : '考勤人已被移出项目',
    })
  changeMember(books, act, member, { kind })
}
