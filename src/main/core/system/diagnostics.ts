import type { Output } from '#shared/contract/index.ts'
import { formatDateTime, formatDay } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { redactor } from '../redact.ts'
import type { SystemParts } from './index.ts'
import { status } from './status.ts'

/** Jobs in the bundle, newest first. */
const JOBS = 20

/** What support needs, and no secret: it passes the redactor as a whole, whatever was put in (F-37). */
export function diagnostics(ctx: CoreContext, parts: SystemParts): Output<'system.diagnostics'> {
  const { ports, options } = ctx
  const zone = parts.settings.zone()
  const now = ports.clock.now()
  const bundle = {
    about: {
      program: 'sitedesk',
      version: options.version,
      demo: options.demo,
      at: formatDateTime(now, zone),
    },
    status: status(ctx, parts),
    settings: parts.settings.values(),
    operators: { count: parts.operators.count() },
    schema: schemaOf(ctx),
    jobs: lastJobs(ctx),
    log: ports.log.recent(),
  }
  return {
    name: `sitedesk-diagnostics-${formatDay(now, zone)}.json`,
    contents: Object.keys(bundle),
    json: JSON.stringify(redactor.value(bundle), null, 2),
  }
}

/** Numbers of the newest migrations that ran. */
function schemaOf({ store }: CoreContext) {
  const version = (db: typeof store.site.sql) =>
    db.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? null
  return { site: version(store.site.sql), history: version(store.history.sql) }
}

function lastJobs({ store: { site } }: CoreContext) {
  const columns = ['id', 'kind', 'state', 'step', 'error', 'report', 'created_at', 'ended_at'] as const
  return site.all(
    site.query.selectFrom('job').select(columns).orderBy('created_at', 'desc').orderBy('id').limit(JOBS),
  )
}
