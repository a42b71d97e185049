import type { Books } from '#core/attendance/books.ts'
import { namesOf, projectNames, statistics, type Dimension } from '#core/attendance/statistics.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { formatDay } from '#shared/time.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { id, optionalId, optionalPhone, span, spanIn } from '../params.ts'
import { LIST, adRequired, viewerOf } from './data.ts'

const DIMENSIONS = ['project', 'user', 'day', 'week', 'month'] as const

/** closed shifts on the day they began; open ones and requests are counted apart. */
export const statisticsEndpoints = (books: Books): Endpoint[] => [
  endpoint({
    ...LIST,
    name: 'getAttStatistics',
    parse(fields) {
      const by = DIMENSIONS.find((one) => one === id(fields, 'by'))
      if (!by) throw new Refusal(CODE.parameter, `by 应为 ${DIMENSIONS.join('、')}`)
      // both ends have to be there
      id(fields, 'startDate')
      id(fields, 'endDate')
      return {
        projectId: optionalId(fields, 'projectId'),
        user: optionalPhone(fields, 'user'),
        days: span(fields),
        by: by satisfies Dimension,
      }
    },
    answer({ projectId, user, days, by }, call) {
      const viewer = viewerOf(call)
      const filter = { projectId, user, ...spanIn(days, books.zone()), by: [by] }
      const { rows, totals, limited } = statistics(books, viewer, filter)
      const people = by === 'user' ? namesOf(books) : new Map<string, string>()
      const projects = by === 'project' ? projectNames(books) : new Map<number, string>()
      return {
        totalCount: rows.length,
        totalMinutes: totals.minutes,
        totalRecords: totals.count,
        limited,
        adRequired: adRequired(books, viewer),
        abstractList: rows.map((row) => ({
          projectId: row.projectId === null ? '' : String(row.projectId),
          projectName: row.projectId === null ? '' : (projects.get(row.projectId) ?? ''),
          user: row.user ?? '',
          userName: row.user === null ? '' : (people.get(row.user) ?? ''),
          /** the first day of it, yyyy-MM-dd */
          date: row.bucket === null ? '' : formatDay(row.bucket, books.zone()),
          minutes: row.minutes,
          count: row.count,
          open: row.open,
          pending: row.pending,
        })),
      }
    },
  }),
]
