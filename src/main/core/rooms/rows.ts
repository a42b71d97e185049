import type { RoomRow } from '#shared/contract/rooms.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { ROOM_LEVEL } from './search.ts'
import { pathOf, type Place } from './tree.ts'

export const isSelectable = ({ level, active }: Place) => level === ROOM_LEVEL && active

/** Balances as they were last heard of. */
export function rowMaker(db: HistoryDatabase): (place: Place) => RoomRow {
  const balance = db.statement<{ balance_fen: number; at: number }>(
    'SELECT balance_fen, at FROM room_balance WHERE room_id = ?',
  )
  return (place) => {
    const { id, name, level, active } = place
    const held = balance.get(id)
    return {
      id,
      name,
      path: pathOf(place),
      level,
      active,
      selectable: isSelectable(place),
      balanceFen: held?.balance_fen ?? null,
      balanceAt: held?.at ?? null,
    }
  }
}
