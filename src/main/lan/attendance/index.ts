import type { Books } from '#core/attendance/books.ts'
import type { Endpoint } from '../endpoint.ts'
import { correctionEndpoints } from './corrections.ts'
import { memberEndpoints, projectEndpoints } from './projects.ts'
import { recordEndpoints, recordLists } from './records.ts'
import { statisticsEndpoints } from './statistics.ts'

/** The attendance endpoints of the users' mini-program (interfaces §4): each acts for the phone of its session. */
export const attendanceEndpoints = (books: Books): readonly Endpoint[] => [
  ...projectEndpoints(books),
  ...memberEndpoints(books),
  ...recordEndpoints(books),
  ...recordLists(books),
  ...correctionEndpoints(books),
  ...statisticsEndpoints(books),
]
