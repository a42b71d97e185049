import { formatYuan } from '#shared/money.ts'
import { MINUTE } from '#shared/time.ts'
import type { Clock } from '../../ports.ts'
import type { SiteDatabase } from '../../store/store.ts'
import type { AlarmSource } from '../types.ts'

/** By the partial index of what is open, whose words SQLite wants to read once more. */
export const UNSETTLED = `SELECT id, room_path, amount_fen, created_at FROM recharge_intent
  WHERE state IN ('DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED') AND state IN ('UNKNOWN', 'DISPUTED')`

/** Sales that wait to be verified (待核实): minutes since they were made. */
export function rechargeUnsettled(site: SiteDatabase, clock: Clock): AlarmSource {
  const open = site.statement<{ id: string; room_path: string; amount_fen: number; created_at: number }>(
    UNSETTLED,
  )
  return {
    rule: 'rechargeUnsettled',
    wakes: ['recharge'],
    pace: 'quick',
    facts: () =>
      open.all().map((row) => ({
        subject: row.id,
        name: () => `${(JSON.parse(row.room_path) as string[]).join('/')} ¥${formatYuan(row.amount_fen)}`,
        value: Math.floor((clock.now() - row.created_at) / MINUTE),
      })),
  }
}
