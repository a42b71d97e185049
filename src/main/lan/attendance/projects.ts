import { requireView } from '#core/attendance/access.ts'
import { projectOf, type Books } from '#core/attendance/books.ts'
import { memberPage, projectPage } from '#core/attendance/lists.ts'
import { addMember, deleteMember, leaveProject } from '#core/attendance/members.ts'
import { deleteProject, newProject, setKeeper } from '#core/attendance/projects.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { id, nameText, optionalInteger, paging, phone } from '../params.ts'
import { ACTION, LIST, actorOf, roleOf, textAt, viewerOf } from './data.ts'

/** What an owner does, and the lists of his and of others. */
export const projectEndpoints = (books: Books): Endpoint[] => [
  endpoint({
    ...ACTION,
    name: 'newAttProject',
    parse: (fields) => nameText(fields, 'projectName'),
    answer: (name, call) => ({ projectId: String(newProject(books, actorOf(call), name, call.now)) }),
  }),
  endpoint({
    ...ACTION,
    name: 'deleteAttProject',
    parse: (fields) => id(fields, 'projectId'),
    answer: (projectId, call) => deleteProject(books, actorOf(call), projectId, call.now),
  }),
  endpoint({
    ...ACTION,
    name: 'setAttKeeper',
    parse: (fields) => ({
      projectId: id(fields, 'projectId'),
      keeper: phone(fields, 'keeper'),
      keeperName: nameText(fields, 'keeperName'),
    }),
    answer: (given, call) => setKeeper(books, actorOf(call), given, call.now),
  }),
  endpoint({
    ...LIST,
    name: 'getAttProjectList',
    parse: (fields) => ({ role: roleOf(optionalInteger(fields, 'role')), slice: paging(fields) }),
    answer({ role, slice }, call) {
      const { total, rows } = projectPage(books, viewerOf(call), { role }, slice)
      return {
        totalCount: total,
        abstractList: rows.map((row) => ({
          projectId: String(row.id),
          projectName: row.name,
          owner: row.ownerPhone,
          ownerName: row.ownerName,
          keeper: row.keeperPhone ?? '',
          keeperName: row.keeperName,
          createTime: textAt(books, row.createdAt),
          // 0 active, 1 deleted
          state: row.deletedAt === null ? 0 : 1,
          deleteTime: textAt(books, row.deletedAt),
          isOwner: row.isOwner === 1,
          isKeeper: row.isKeeper === 1,
          isWorker: row.isWorker === 1,
          members: row.members,
          open: row.open,
          pending: row.pending,
          corrections: row.corrections,
        })),
      }
    },
  }),
]

/** Who works in a project. */
export const memberEndpoints = (books: Books): Endpoint[] => [
  endpoint({
    ...ACTION,
    name: 'addAttMember',
    parse: (fields) => ({
      projectId: id(fields, 'projectId'),
      user: phone(fields, 'user'),
      userName: nameText(fields, 'userName'),
    }),
    answer: (given, call) => void addMember(books, actorOf(call), given, call.now),
  }),
  endpoint({
    ...ACTION,
    name: 'deleteAttMember',
    parse: (fields) => ({ projectId: id(fields, 'projectId'), user: phone(fields, 'user') }),
    answer: (given, call) => deleteMember(books, actorOf(call), given, call.now),
  }),
  endpoint({
    ...ACTION,
    name: 'leaveAttProject',
    parse: (fields) => id(fields, 'projectId'),
    answer: (projectId, call) => leaveProject(books, actorOf(call), projectId, call.now),
  }),
  endpoint({
    ...LIST,
    name: 'getAttMemberList',
    parse: (fields) => ({ projectId: id(fields, 'projectId'), slice: paging(fields) }),
    answer({ projectId, slice }, call) {
      const viewer = viewerOf(call)
      const project = projectOf(books, projectId)
      const roles = requireView(books, viewer, project)
      // a worker sees himself
      const user = roles.every((role) => role === 'worker') ? viewer.phone : null
      const { total, rows } = memberPage(books, { projectId: project.id, user }, slice)
      return {
        totalCount: total,
        abstractList: rows.map((row) => ({
          user: row.phone,
          userName: row.name,
          addTime: textAt(books, row.addedAt),
          // 0 works there, 1 left or was removed
          state: row.removedAt === null ? 0 : 1,
          removeTime: textAt(books, row.removedAt),
        })),
      }
    },
  }),
]
