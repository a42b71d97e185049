import type { CoreContext } from '../context.ts'
import type { IntentRunner } from './runner.ts'

const CUT_OFF =
  "SELECT id FROM recharge_intent WHERE state IN ('DRAFT', 'SENT', 'ACCEPTED') ORDER BY created_at"
/** Steps of one transaction: after a power cut there are a handful. */
const TOGETHER = 200

/** Set by a restore, taken away here. */
const RESTORED = "SELECT 1 FROM meta WHERE key = 'restored'"
const SETTLED = "DELETE FROM meta WHERE key = 'restored'"
/** Rows of a list that may have been posted after the copy was made: the file is checked anew by a person. */
const HOLD_ROWS = `UPDATE recharge_batch_row SET error = 'restored'
  WHERE error IS NULL AND intent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM recharge_intent i WHERE i.id = recharge_batch_row.intent_id
      AND (i.batch_id = recharge_batch_row.batch_id OR i.state NOT IN ('REJECTED', 'NOT_APPLIED')))`

/**
 * Before anybody can make a sale: what the last run left on its way has no answer any more (F-27). DRAFT never left;
 * SENT and ACCEPTED become UNKNOWN, to be asked about once the program is ready. In a restored ledger DRAFT too may
 * have left since.
 */
export async function recover({ store: { site } }: CoreContext, runner: IntentRunner): Promise<void> {
  const restored = site.statement(RESTORED).get() !== undefined
  const type = restored ? 'restored' : 'restarted'
  const rows = site.statement<{ id: string }>(CUT_OFF).all()
  for (let at = 0; at < rows.length; at += TOGETHER)
    await site.write(() => {
      for (const { id } of rows.slice(at, at + TOGETHER)) runner.store.step(id, { type }, null)
    })
  if (!restored) return
  await site.write(() => {
    site.statement(HOLD_ROWS).run()
    site.statement(SETTLED).run()
  })
}
