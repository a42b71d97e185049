import { booksOf, tell } from '../attendance/index.ts'
import type { CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'

/** The demo's projects and their weeks, where nobody has made a project yet. */
export async function tellAttendance(
  ctx: CoreContext,
  settings: Pick<Settings, 'values' | 'zone'>,
): Promise<void> {
  const { demoSite } = ctx.options
  const { site } = ctx.store
  if (!demoSite || site.statement('SELECT 1 FROM att_project LIMIT 1').get()) return
  const deeds = demoSite.attendance(ctx.ports.clock.now(), settings.zone())
  await site.write(() => tell(booksOf(ctx, { settings }), deeds))
}
