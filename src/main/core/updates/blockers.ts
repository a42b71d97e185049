import type { UpdateBlocker } from '#shared/contract/updates.ts'
import { MINUTE } from '#shared/time.ts'
import type { PaymentDesk } from '../charging/payment-desk.ts'
import type { CoreContext } from '../context.ts'
import type { Jobs } from '../jobs/index.ts'

/** A recharge that nobody answered is asked about every few seconds so long (interfaces §3). */
const YOUNG_UNKNOWN = 2 * MINUTE

/** By the index of open ones; since when nobody knows is in the machine's memory. */
const OPEN_SALES = `SELECT 1 FROM recharge_intent WHERE state IN ('DRAFT', 'SENT', 'ACCEPTED')
  OR (state = 'UNKNOWN' AND json_extract(memory, '$.unknownSince') > ?) LIMIT 1`
const RUNNING = "SELECT 1 FROM provisioning_run WHERE state = 'running' LIMIT 1"
const COMMANDS = "SELECT 1 FROM meter_command WHERE ended_at IS NULL AND state IN ('waiting', 'sent') LIMIT 1"

/** Areas that are asked what they have under way. */
export interface AtWork {
  readonly jobs: Pick<Jobs, 'running'>
  readonly payments: Pick<PaymentDesk, 'underway'>
}

/** What must end before the program may go: money and chargers under way, and jobs that a stop would spoil. */
export function blockersOf(ctx: CoreContext, { jobs, payments }: AtWork): UpdateBlocker[] {
  const { store, ports } = ctx
  const since = ports.clock.now() - YOUNG_UNKNOWN
  const has = (sql: string, ...values: number[]) => store.site.statement(sql).get(...values) !== undefined
  return [
    ...(has(OPEN_SALES, since) ? ['recharge' as const] : []),
    ...(payments.underway() ? ['payment' as const] : []),
    ...(has(RUNNING) ? ['provisioning' as const] : []),
    ...(has(COMMANDS) ? ['command' as const] : []),
    // a sync goes on where it stopped; a batch of sales or an import is not cut
    ...(jobs.running().some(({ kind }) => !kind.startsWith('sync')) ? ['job' as const] : []),
  ]
}
