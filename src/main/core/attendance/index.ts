import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'
import type { Jobs } from '../jobs/index.ts'
import { rulesOf, type Books } from './books.ts'
import { exportHandlers } from './console/exports.ts'
import { correctionHandlers } from './console/corrections.ts'
import { figureHandlers } from './console/figures.ts'
import { behindMasks } from './console/masking.ts'
import { Desk } from './console/parts.ts'
import { periodHandlers } from './console/periods.ts'
import { projectHandlers } from './console/projects.ts'
import { shiftHandlers } from './console/shifts.ts'

export type { Actor, Books } from './books.ts'
export { tell, type Deed } from './story.ts'

/** Projects, keepers and workers who agree on hours (spec §3.7, §5.6). */
export interface Attendance {
  /** what the rules work on; they are synchronous and change things only inside `books.db.write` */
  readonly books: Books
  readonly handlers: AreaHandlers<'attendance'>
}

interface Parts {
  readonly settings: Pick<Settings, 'values' | 'zone'>
}

interface DeskParts extends Parts {
  readonly jobs: Pick<Jobs, 'register' | 'start'>
}

export function createAttendance(ctx: CoreContext, { settings, jobs }: DeskParts): Attendance {
  const books = booksOf(ctx, { settings })
  const parts = { ctx, books }
  const desk = new Desk(parts)
  return {
    books,
    handlers: behindMasks(books, (call) => desk.reader(call), {
      ...projectHandlers(parts, desk),
      ...shiftHandlers(parts, desk),
      ...correctionHandlers(parts, desk),
      ...figureHandlers(parts, desk),
      ...periodHandlers(parts, desk),
      ...exportHandlers(parts, desk, jobs),
    }),
  }
}

/** The service for mini-programs works on the same. */
export const booksOf = (ctx: CoreContext, { settings }: Parts): Books => ({
  db: ctx.store.site,
  zone: () => settings.zone(),
  rules: () => rulesOf(settings.values().attendance),
})
