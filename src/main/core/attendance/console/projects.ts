import { notFound } from '#shared/errors.ts'
import type { Call } from '../../context.ts'
import type { Checked } from '#shared/contract/index.ts'
import { requireView } from '../access.ts'
import { projectOf } from '../books.ts'
import { memberPage, projectPage } from '../lists.ts'
import { addMember, deleteMember } from '../members.ts'
import { deleteProject, newProject, setKeeper } from '../projects.ts'
import { isVip, projectQuota, seesFrom } from '../quota.ts'
import { asDesk } from '../refusals.ts'
import { type ConsoleParts, type Desk, sliceOf } from './parts.ts'
import { factRows, memberRow, projectRow } from './rows.ts'

/** One project as its list shows it. */
export function shownProject({ books }: ConsoleParts, desk: Desk, call: Call, projectId: number | string) {
  const viewer = { ...desk.viewer(call), staff: true }
  const { rows } = projectPage(books, viewer, { projectId: Number(projectId) }, { offset: 0, limit: 1 })
  const [row] = rows
  if (!row) throw notFound('project', String(projectId))
  return projectRow(books, row)
}

export const projectHandlers = (parts: ConsoleParts, desk: Desk) => ({
  ...reads(parts, desk),
  ...ownerActs(parts, desk),
  ...people(parts, desk),
})

function reads(parts: ConsoleParts, desk: Desk) {
  const { books } = parts
  return {
    'attendance.projects': (call: Call, input: Checked<'attendance.projects'>) => {
      const { total, rows } = projectPage(books, desk.viewer(call), input, sliceOf(input))
      return { total, rows: rows.map((row) => projectRow(books, row)) }
    },
    'attendance.project': (call: Call, { projectId }: Checked<'attendance.project'>) =>
      asDesk(() => {
        const project = projectOf(books, projectId)
        const viewer = desk.viewer(call)
        const roles = requireView(books, viewer, project)
        const user = !viewer.staff && roles.every((role) => role === 'worker') ? viewer.phone : null
        return {
          ...shownProject(parts, desk, call, project.id),
          history: factRows(books, project.id, { user }),
        }
      }),
    'attendance.quota': (call: Call) => {
      const { phone, staff, now } = desk.viewer(call)
      const { used, most } = projectQuota(books, phone, now)
      return {
        phone,
        vip: isVip(books, phone, now),
        projects: used,
        mostProjects: most,
        seesFrom: seesFrom(books, phone, now),
        staff,
      }
    },
  }
}

function ownerActs(parts: ConsoleParts, desk: Desk) {
  const { books } = parts
  return {
    'attendance.newProject': async (call: Call, { projectName }: Checked<'attendance.newProject'>) => {
      const projectId = await desk.commit(call, () => {
        const made = newProject(books, desk.actor(call), projectName, desk.now)
        call.note({ target: String(made), after: { projectName } })
        return made
      })
      return shownProject(parts, desk, call, projectId)
    },
    'attendance.deleteProject': async (call: Call, { projectId }: Checked<'attendance.deleteProject'>) => {
      await desk.commit(call, () => {
        deleteProject(books, desk.actor(call), projectId, desk.now)
        call.note({ target: projectId, before: { projectName: projectOf(books, projectId).name } })
      })
      return { ok: true as const }
    },
    'attendance.setKeeper': async (call: Call, input: Checked<'attendance.setKeeper'>) => {
      await desk.commit(call, () => {
        const { keeperPhone, keeperName } = projectOf(books, input.projectId)
        setKeeper(books, desk.actor(call), input, desk.now)
        call.note({ target: input.projectId, before: { keeper: keeperPhone, keeperName } })
      })
      return shownProject(parts, desk, call, input.projectId)
    },
  }
}

function people({ books }: ConsoleParts, desk: Desk) {
  return {
    'attendance.members': (call: Call, { projectId, ...input }: Checked<'attendance.members'>) =>
      asDesk(() => {
        const project = projectOf(books, projectId)
        const viewer = desk.viewer(call)
        const roles = requireView(books, viewer, project)
        const user = !viewer.staff && roles.every((role) => role === 'worker') ? viewer.phone : null
        const { total, rows } = memberPage(
          books,
          { ...input, projectId: project.id, user, masked: viewer.masked },
          sliceOf(input),
        )
        return { total, rows: rows.map(memberRow) }
      }),
    'attendance.addMember': async (call: Call, input: Checked<'attendance.addMember'>) => {
      await desk.commit(call, () => {
        addMember(books, desk.actor(call), input, desk.now)
        call.note({ target: input.projectId, after: { user: input.user, userName: input.userName } })
      })
      return { ok: true as const }
    },
    'attendance.deleteMember': async (call: Call, input: Checked<'attendance.deleteMember'>) => {
      await desk.commit(call, () => {
        deleteMember(books, desk.actor(call), input, desk.now)
        call.note({ target: input.projectId, before: { user: input.user } })
      })
      return { ok: true as const }
    },
  }
}
