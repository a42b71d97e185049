import type { Checked } from '#shared/contract/index.ts'
import type { Call } from '../../context.ts'
import { partsOf } from '../access.ts'
import { projectOf } from '../books.ts'
import { monthCalendar } from '../calendar.ts'
import { monthSheet } from '../sheet.ts'
import { asDesk } from '../refusals.ts'
import { namesOf, projectNames, statistics } from '../statistics.ts'
import type { ConsoleParts, Desk } from './parts.ts'

export const figureHandlers = (parts: ConsoleParts, desk: Desk) => ({
  ...figures(parts, desk),
  ...waiting(parts, desk),
})

function figures({ books }: ConsoleParts, desk: Desk) {
  return {
    'attendance.calendar': (call: Call, input: Checked<'attendance.calendar'>) =>
      asDesk(() => monthCalendar(books, desk.viewer(call), input)),
    'attendance.statistics': (call: Call, input: Checked<'attendance.statistics'>) =>
      asDesk(() => {
        const { rows, totals, limited } = statistics(books, desk.viewer(call), input)
        const only = input.projectId === undefined ? undefined : Number(input.projectId)
        const people = namesOf(books, only)
        const projects = projectNames(books)
        return {
          rows: rows.map(({ projectId, user, bucket, minutes, count, open, pending }) => ({
            projectId: projectId === null ? null : String(projectId),
            projectName: projectId === null ? '' : (projects.get(projectId) ?? ''),
            user,
            userName: user === null ? '' : (people.get(user) ?? ''),
            bucket,
            minutes,
            count,
            open,
            pending,
          })),
          totals,
          limited,
        }
      }),
    'attendance.sheet': (call: Call, input: Checked<'attendance.sheet'>) =>
      asDesk(() => {
        const sheet = monthSheet(books, desk.viewer(call), input)
        const { name, keeperName } = projectOf(books, input.projectId)
        const { from, to, dayCount, rows, totals, limited } = sheet
        return {
          projectName: name,
          keeperName,
          from,
          to,
          days: dayCount,
          rows: rows.map((row) => ({ ...row, days: [...row.days], hours: [...row.hours] })),
          totals,
          limited,
        }
      }),
  }
}

function waiting({ books }: ConsoleParts, desk: Desk) {
  return {
    'attendance.waiting': (call: Call) => {
      const viewer = desk.viewer(call)
      if (viewer.phone === '' && !viewer.staff) return NOTHING
      const { pendingFor, forgottenAfter } = books.rules()
      const { now } = viewer
      return (
        books.db
          .statement<typeof NOTHING>(
            `SELECT coalesce(sum(r.state = 'pending'), 0) AS pending,
               coalesce(sum(r.state = 'pending' AND ? - r.requestedAt > ?), 0) AS late,
               coalesce(sum(r.state = 'confirmed' AND ? - r.checkInAt > ?), 0) AS forgotten,
               coalesce(sum(EXISTS (SELECT 1 FROM att_correction c WHERE c.recordId = r.id AND c.state = 'pending'
                 AND c.byRole = 'worker')), 0) AS correctionsForKeeper,
               coalesce(sum(EXISTS (SELECT 1 FROM att_correction c WHERE c.recordId = r.id AND c.state = 'pending'
                 AND c.byRole = 'keeper')), 0) AS correctionsForWorker
             FROM json_each(?) s CROSS JOIN att_record r
             WHERE r.projectId = s.value ->> 0 AND (s.value ->> 1 IS NULL OR r.phone = s.value ->> 1)
               AND (r.state IN ('pending', 'confirmed')
                 OR r.id IN (SELECT recordId FROM att_correction WHERE state = 'pending'))`,
          )
          .get(now, pendingFor, now, forgottenAfter, JSON.stringify(partsOf(books, viewer, {}))) ?? NOTHING
      )
    },
  }
}

const NOTHING = { pending: 0, late: 0, forgotten: 0, correctionsForKeeper: 0, correctionsForWorker: 0 }
