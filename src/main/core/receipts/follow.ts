import { SitedeskError } from '#shared/errors.ts'
import type { IntentRow } from '#shared/contract/recharge.ts'
import type { CoreContext } from '../context.ts'

/** A receipt keeps what it was made with: the balance after the sale gets this long to come. */
const BALANCE_WAIT_MS = 10_000

const WITHOUT = `
  SELECT i.id FROM recharge_intent i LEFT JOIN receipt r ON r.intent_id = i.id
  WHERE i.state = 'APPLIED' AND i.batch_id IS NULL AND r.id IS NULL ORDER BY i.ended_at, i.id`

export interface FollowParts {
  readonly find: (intentId: string) => IntentRow | null
  /** stores the receipt of an applied sale where there is none */
  readonly make: (intentId: string) => Promise<unknown>
}

/**
 * A sale that becomes APPLIED while nobody looks gets its receipt too. Those of a batch are made when somebody asks
 * for one. What fails is logged and made at the next start; the sale is never touched.
 */
export function followSales(ctx: CoreContext, { find, make }: FollowParts) {
  const { clock, log } = ctx.ports
  const closing = new AbortController()
  const waiting = new Set<string>()
  const work = new Set<Promise<void>>()

  const surely = async (id: string) => {
    try {
      await make(id)
    } catch (error) {
      log.error('a receipt was not made; the next start makes it', { intent: id, error: String(error) })
    }
  }
  const soon = async (id: string) => {
    const applied = find(id)
    if (applied?.state !== 'APPLIED' || applied.batchId !== null || applied.receiptNo !== null) return
    if (applied.balanceAfterFen !== null) return surely(id)
    if (waiting.has(id)) return
    waiting.add(id)
    const due = await clock.sleep(BALANCE_WAIT_MS, closing.signal).then(
      () => true,
      () => false,
    )
    waiting.delete(id)
    if (due) await surely(id)
  }
  const track = (task: Promise<void>) => {
    const safe = task
      .catch((error: unknown) => log.error('a receipt was not made', { error: String(error) }))
      .finally(() => work.delete(safe))
    work.add(safe)
  }
  const catchUp = async () => {
    for (const { id } of ctx.store.site.statement<{ id: string }>(WITHOUT).all()) {
      if (closing.signal.aborted) return
      await surely(id)
    }
  }
  const ignore = ctx.events.on((event) => {
    if (event.type === 'changed' && event.area === 'recharge')
      for (const id of event.ids ?? []) track(soon(id))
  })
  return {
    /** makes what an earlier run left without one; after the ready line */
    start: () => track(catchUp()),
    async close(): Promise<void> {
      ignore()
      closing.abort(new SitedeskError('CANCELLED', 'The program ends.'))
      await Promise.all(work)
    },
  }
}
