import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../../store/store.ts'
import type { AlarmSource, Fact } from '../types.ts'

const PAGE = 500

interface Row {
  readonly room_id: string
  readonly balance_fen: number
  readonly active: number
}

/** By the index of balances: only what is low is read, whatever the number of rooms. Level 103 is a room (C-11). */
export const LOW = `SELECT b.room_id, b.balance_fen, r.active = 1 AND r.level = 103 AS active FROM room_balance b
  JOIN room r ON r.id = b.room_id
  WHERE b.balance_fen <= ? AND (b.balance_fen, b.room_id) > (?, ?) ORDER BY b.balance_fen, b.room_id LIMIT ${PAGE}`
const PLACE = 'SELECT name, parent_id FROM room WHERE id = ?'
/** Levels above a room; a ring of parents ends there too (C-12). */
const DEEPEST = 10

/** Rooms with their balance in fen. */
export function lowBalance(history: HistoryDatabase): AlarmSource {
  const low = history.statement<Row>(LOW)
  const place = history.statement<{ name: string; parent_id: string | null }>(PLACE)
  const pathOf = (id: string) => {
    const names: string[] = []
    for (let at: string | null = id; at !== null && names.length < DEEPEST;) {
      const row = place.get(at)
      if (!row) break
      names.unshift(row.name)
      at = row.parent_id
    }
    return names.join('/')
  }
  return {
    rule: 'lowBalance',
    wakes: ['rooms', 'recharge'],
    pace: { gapMs: 10 * SECOND, againMs: null },
    *facts(bound): Generator<Fact> {
      let last: readonly [number, string] = [Number.MIN_SAFE_INTEGER, '']
      for (;;) {
        const page = low.all(bound, ...last)
        for (const { room_id: id, balance_fen: value, active } of page)
          if (active === 1) yield { subject: id, name: () => pathOf(id), value }
        const end = page.at(-1)
        if (!end || page.length < PAGE) return
        last = [end.balance_fen, end.room_id]
      }
    },
  }
}
