import type { CoreContext } from '../context.ts'
import type { IntentRunner } from './runner.ts'

const CUT_OFF =
  "SELECT id FROM recharge_intent WHERE state IN ('DRAFT', 'SENT', 'ACCEPTED') ORDER BY created_at"
/** Steps of one transaction: after a power cut there are a handful. */
const TOGETHER = 200

/**
 * Before anybody can make a sale: what the last run left on its way has no answer any more (F-27). DRAFT never left;
 * SENT and ACCEPTED become UNKNOWN, to be asked about once the program is ready.
 */
export async function recover({ store: { site } }: CoreContext, runner: IntentRunner): Promise<void> {
  const rows = site.statement<{ id: string }>(CUT_OFF).all()
  for (let at = 0; at < rows.length; at += TOGETHER)
    await site.write(() => {
      for (const { id } of rows.slice(at, at + TOGETHER)) runner.store.step(id, { type: 'restarted' }, null)
    })
}
