import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { throttle, type Jobs } from '../jobs/index.ts'
import type { Ledger } from '../recharge/index.ts'
import type { Settings } from '../settings/index.ts'
import { spanOf, type DaySpan } from './day.ts'
import { dayOf, recordsOf, type RoomsPort } from './figures.ts'
import {
  notConfigured,
  RECONCILIATION_JOB,
  reconciliationRunner,
  runSpec,
  signedOff,
  type RunParts,
} from './run.ts'
import { reconciliationStore } from './store.ts'

/** A day here against the same day on the platform (features §3.5). */
export interface Reconciliation {
  readonly handlers: AreaHandlers<'reconciliation'>
  close(): void
}

interface Areas {
  readonly ledger: Ledger
  readonly rooms: RoomsPort
  readonly upstreams: RunParts['upstreams']
  readonly jobs: Jobs
  readonly settings: Pick<Settings, 'zone'>
}

export function createReconciliation(ctx: CoreContext, areas: Areas): Reconciliation {
  const { ledger, rooms, upstreams, jobs, settings } = areas
  const emit = () => ctx.events.emit({ type: 'changed', area: 'reconciliation' })
  const changed = throttle(ctx.ports.clock, SECOND, emit)
  const parts: RunParts = {
    ctx,
    ledger,
    rooms,
    upstreams,
    zone: () => settings.zone(),
    store: reconciliationStore(ctx.store),
    changed: changed.poke,
  }
  jobs.register(RECONCILIATION_JOB, reconciliationRunner(parts))
  const span = (day: string) => spanOf(day, settings.zone())
  const live = (day: string) => jobs.running(RECONCILIATION_JOB).some(({ spec }) => spec['day'] === day)
  const figures = (day: string) => dayOf(parts, span(day), parts.store.day(day), live(day))
  return {
    handlers: {
      'reconciliation.run': (call, input) => run(parts, jobs, call, input),
      'reconciliation.get': (_call, { day }) => figures(day),
      'reconciliation.records': (_call, { day, class: wanted, offset = 0, limit = DEFAULT_LIMIT }) => {
        const all = recordsOf(parts, span(day), parts.store.day(day)).records
        const rows = wanted ? all.filter((record) => record.class === wanted) : all
        return { total: rows.length, rows: rows.slice(offset, offset + limit) }
      },
      'reconciliation.list': (_call, input) => {
        const { total, rows } = parts.store.list(input)
        return { total, rows: rows.map((row) => dayOf(parts, span(row.day), row, live(row.day))) }
      },
      'reconciliation.sign': async (call, input) => {
        await call.commit(() => sign(parts, call, span(input.day), { ...input, live: live(input.day) }))
        emit()
        return figures(input.day)
      },
    },
    close: changed.stop,
  }
}

async function run(parts: RunParts, jobs: Jobs, call: Call, input: Checked<'reconciliation.run'>) {
  const { from } = spanOf(input.day, parts.zone())
  if (from > parts.ctx.ports.clock.now())
    throw new SitedeskError('INVALID_INPUT', `day: ${input.day} has not begun.`, { day: input.day })
  if (parts.store.day(input.day)?.state === 'signed') throw signedOff(input.day)
  if (!parts.upstreams.campus()) throw notConfigured()
  const spec = { day: input.day, scope: input.scope ?? 'touched' } as const
  const job = await jobs.start(RECONCILIATION_JOB, spec, { startedBy: call.operator?.name ?? null })
  const running = runSpec.parse(job.spec)
  if (running.day !== spec.day || running.scope !== spec.scope)
    throw new SitedeskError('JOB_RUNNING', `${running.day} is being compared; only one day is at a time.`, {
      jobId: job.id,
      ...running,
    })
  call.note({ target: input.day })
  return { jobId: job.id }
}

/** Only inside the commit: what is signed is what stands at that moment. */
function sign(
  parts: RunParts,
  call: Call,
  span: DaySpan,
  { note, live }: { note?: string | undefined; live: boolean },
): void {
  const row = parts.store.day(span.day)
  if (row?.state === 'signed') throw signedOff(span.day)
  if (row?.state !== 'complete' || live)
    throw notNow('incomplete', 'The day was not compared completely yet.')
  const now = parts.ctx.ports.clock.now()
  const asked = [...parts.store.rooms(span.day).values(), row.ran_at ?? 0]
  if (now < span.to || asked.some((at) => at < span.to))
    throw notNow('dayNotOver', 'The day was not over when it was compared; compare it again afterwards.')
  const signed = recordsOf(parts, span, row)
  if (!note && signed.records.some((record) => record.class !== 'matched'))
    throw notNow('noteNeeded', 'Not everything is matched; say why in the note.')
  parts.store.updateDay(span.day, {
    state: 'signed',
    signed_by: call.operator?.name ?? '',
    signed_at: now,
    note: note || null,
    signed_records: JSON.stringify(signed),
  })
  call.note({ target: span.day, after: { sums: signed.sums, note } })
}

const notNow = (why: string, message: string) => new SitedeskError('NOT_ALLOWED_NOW', message, { why })
