import type { CoreContext } from '../context.ts'
import { transition, type MachineEvent, type Step } from './machine.ts'
import { memoryOf, stateOf, type StoredIntent } from './rows.ts'
import type { RecoveryPolicy } from './schedule.ts'

const FIND = 'SELECT * FROM recharge_intent WHERE id = ?'
const INSERT = `
  INSERT INTO recharge_intent (id, out_trade_no, state, room_id, room_path, amount_fen, tender, operator, shift_id,
    batch_id, balance_before_fen, memory, next_check_at, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`
const STEP = 'UPDATE recharge_intent SET state = ?, memory = ?, next_check_at = ?, ended_at = ? WHERE id = ?'
const EVENT = `
  INSERT INTO recharge_event (intent_id, seq, at, state, code, data, operator)
  VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM recharge_event WHERE intent_id = ?), ?, ?, ?, ?, ?)`

const ENDED: ReadonlySet<string> = new Set(['APPLIED', 'REJECTED', 'NOT_APPLIED'])

/** Writes of intents; everything here runs inside `site.write`. */
export interface IntentStore {
  find(id: string): StoredIntent | null
  insert(row: StoredIntent): void
  /** stores one step of the machine with its event row; null: the event says nothing now */
  step(id: string, event: MachineEvent, operator: string | null): Step | null
}

export function intentStore(
  { ports, store: { site } }: CoreContext,
  policy: () => RecoveryPolicy,
): IntentStore {
  const find = (id: string) => site.statement<StoredIntent>(FIND).get(id) ?? null
  const addEvent = (
    id: string,
    at: number,
    step: Pick<Step, 'state' | 'code' | 'data'>,
    operator: string | null,
  ) => {
    const data = step.data ? JSON.stringify(step.data) : null
    site.statement(EVENT).run(id, id, at, step.state, step.code, data, operator)
  }
  return {
    find,
    insert(row) {
      site
        .statement(INSERT)
        .run(
          row.id,
          row.out_trade_no,
          row.state,
          row.room_id,
          row.room_path,
          row.amount_fen,
          row.tender,
          row.operator,
          row.shift_id,
          row.batch_id,
          row.balance_before_fen,
          row.memory,
          row.created_at,
        )
      addEvent(row.id, row.created_at, { state: 'DRAFT', code: 'created' }, row.operator)
    },
    step(id, event, operator) {
      const row = find(id)
      if (!row) return null
      const now = ports.clock.now()
      const step = transition({ state: stateOf(row), memory: memoryOf(row) }, event, now, policy())
      if (!step) return null
      const ask = step.effects.find((effect) => effect.do === 'ask')
      const endedAt = ENDED.has(step.state) ? (row.state === step.state ? row.ended_at : now) : null
      site.statement(STEP).run(step.state, JSON.stringify(step.memory), ask?.at ?? null, endedAt, id)
      addEvent(id, now, step, operator)
      return step
    },
  }
}
