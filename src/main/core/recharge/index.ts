import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Operators } from '../operators/index.ts'
import type { Settings } from '../settings/types.ts'
import type { Upstreams } from '../upstream/index.ts'
import { createBatch } from './batch/index.ts'
import { createDesk } from './desk.ts'
import type { Ledger } from './ledger.ts'
import { listHandlers } from './lists.ts'
import type { RoomsPort, ShiftsPort } from './ports.ts'
import { recover } from './recovery.ts'
import { refundHandlers } from './refunds.ts'
import { IntentRunner } from './runner.ts'
import { recoveryPolicy } from './schedule.ts'

export { requireOwn } from './lists.ts'
export { createLedger } from './ledger.ts'
export type { CashierSum, Ledger, TenderSum } from './ledger.ts'

export interface RechargeParts {
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly rooms: RoomsPort
  readonly shifts: ShiftsPort
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly operators: Pick<Operators, 'secondPerson'>
}

/** Money that is never posted twice and never lost (spec §7.1). */
export interface Recharge {
  readonly handlers: AreaHandlers<'recharge'>
  /** asks about what the last run left open; after the ready line */
  start(): void
  /** cuts what hangs and asks anew (F-28) */
  resumeAfterSleep(): Promise<void>
  close(): Promise<void>
}

export async function createRecharge(ctx: CoreContext, parts: RechargeParts): Promise<Recharge> {
  const { settings, upstreams, rooms, shifts, jobs } = parts
  const policy = () => recoveryPolicy(settings.values().upstreams.campus.recovery ?? {})
  const runner = new IntentRunner(ctx, { upstreams, rooms, policy })
  await recover(ctx, runner)
  const desk = createDesk(ctx, { settings, upstreams, rooms, shifts, runner })
  const batch = await createBatch(ctx, { settings, rooms, shifts, desk, runner, jobs })
  return {
    handlers: {
      ...desk.handlers,
      ...listHandlers(ctx.store.site),
      ...refundHandlers(ctx, { shifts, ...parts.operators }),
      ...batch.handlers,
    },
    start: () => runner.askAll(),
    async resumeAfterSleep() {
      await runner.interrupt()
      runner.askAll()
    },
    close: () => runner.close(),
  }
}
