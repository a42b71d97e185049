import type { Output } from '#shared/contract/index.ts'
import { formatDateTime, formatDay } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { redactor } from '../redact.ts'
import type { SystemParts } from './index.ts'
import type { Status } from './status.ts'

/** Jobs in the bundle, newest first. */
const JOBS = 20

type FileName = Output<'system.diagnostics'>['files'][number]['name']

/**
 * Card numbers, identity cards and numbers of orders, of 15 digits and more: nobody needs them to find a fault. Meters
 * have 12, instants 13: both help.
 */
const LONG_NUMBER = /(?<![\w.-])\d{11,}(\d{4})(?![\w.-])/g

/**
 * What support needs, and no secret: every file passes the redactor as a whole, whatever was put in (F-37), and long
 * numbers are cut.
 */
export async function diagnostics(
  ctx: CoreContext,
  parts: SystemParts,
  now: Status,
): Promise<Output<'system.diagnostics'>> {
  const { ports, options } = ctx
  const zone = parts.settings.zone()
  const at = ports.clock.now()
  const { version, demo } = options
  const contents: readonly (readonly [FileName, unknown])[] = [
    ['about.json', { program: 'sitedesk', version, demo, at: formatDateTime(at, zone) }],
    ['status.json', now],
    ['settings.json', { ...parts.settings.values(), operators: parts.operators.count() }],
    ['schema.json', schemaOf(ctx)],
    ['jobs.json', lastJobs(ctx)],
    ['crashes.json', parts.health.crashes()],
    ['log.txt', ports.log.recent().join('\n')],
  ]
  const files = contents.map(([name, content]) => ({ name, text: clean(content) }))
  const zip = await ports.workers.run('zipTexts', { files })
  return {
    name: `sitedesk-diagnostics-${formatDay(at, zone)}.zip`,
    files: files.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text).length })),
    zip,
  }
}

function clean(content: unknown): string {
  const text =
    typeof content === 'string' ? redactor.text(content) : JSON.stringify(redactor.value(content), null, 2)
  return text.replaceAll(
    LONG_NUMBER,
    (number, end: string) => `${'*'.repeat(number.length - end.length)}${end}`,
  )
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
