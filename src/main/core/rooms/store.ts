import type { Clock } from '../ports.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { CampusAddress, CampusLowRoom, CampusRoom } from '../upstream/index.ts'

/** Rows stored in one transaction: some milliseconds of the main thread. */
export const SLICE = 500

const ADDRESS = `INSERT INTO room (id, parent_id, name, level, active, seen_at) VALUES (?, ?, ?, ?, 1, ?)
  ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name, level = excluded.level,
    active = 1, seen_at = excluded.seen_at`
const RETIRE = 'UPDATE room SET active = 0 WHERE active = 1 AND seen_at < ?'
/** An answer that was overtaken by a later one changes nothing; one of a time to come was stored by a clock set back since. */
const BALANCE = `INSERT INTO room_balance (room_id, balance_fen, balance_raw, at) VALUES (?, ?, ?, ?)
  ON CONFLICT (room_id) DO UPDATE SET balance_fen = excluded.balance_fen, balance_raw = excluded.balance_raw,
    at = excluded.at WHERE excluded.at >= at OR at > ?`
const CARD = 'UPDATE room_balance SET electricity_fen = ?, water_fen = ?, card_at = ? WHERE room_id = ?'
const METER = `INSERT INTO room_meter (room_id, table_no, type_code, reading, at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (room_id, table_no) DO UPDATE SET type_code = excluded.type_code, reading = excluded.reading,
    at = excluded.at`

/** What the campus platform said of rooms, as rows of history.db; everything only inside `history.write`. */
export function roomStore(db: HistoryDatabase, clock: Pick<Clock, 'now'>) {
  return {
    addresses(rows: readonly CampusAddress[], at: number): void {
      const address = db.statement(ADDRESS)
      for (const { id, parentId, name, level } of rows) address.run(id, parentId, name, level, at)
    },

    /** only after a complete list: what it did not name is kept, but not in use any more (C-50) */
    retireUnseen: (seenSince: number): number => db.statement(RETIRE).run(seenSince).changes,

    balances(rows: readonly CampusLowRoom[], at: number): void {
      const balance = db.statement(BALANCE)
      for (const row of rows)
        if (row.balance.fen !== null)
          balance.run(row.roomId, row.balance.fen, row.balance.raw, at, clock.now())
    },

    /** every meter that hangs there or did before; `moved` when these are not the same */
    card(roomId: string, room: CampusRoom, at: number): { numbers: string[]; moved: boolean } {
      const { fen, raw } = room.balance
      if (fen !== null) db.statement(BALANCE).run(roomId, fen, raw, at, clock.now())
      db.statement(CARD).run(room.electricityBalance.fen, room.waterBalance.fen, at, roomId)
      const before = db
        .statement<{ table_no: string }>('SELECT table_no FROM room_meter WHERE room_id = ?')
        .all(roomId)
        .map((row) => row.table_no)
      const now = new Set(room.meters.map((meter) => meter.tableNo))
      for (const { tableNo, typeCode, reading } of room.meters)
        db.statement(METER).run(roomId, tableNo, typeCode, reading, at)
      const gone = before.filter((tableNo) => !now.has(tableNo))
      const drop = db.statement('DELETE FROM room_meter WHERE room_id = ? AND table_no = ?')
      for (const tableNo of gone) drop.run(roomId, tableNo)
      return { numbers: [...now, ...gone], moved: gone.length > 0 || now.size !== before.length }
    },
  }
}
export type RoomStore = ReturnType<typeof roomStore>

/** Stores many rows in transactions of some hundred, so that no block of the main thread grows long. */
export async function inSlices<R>(
  db: HistoryDatabase,
  rows: readonly R[],
  store: (slice: readonly R[]) => void,
): Promise<void> {
  for (let from = 0; from < rows.length; from += SLICE)
    await db.write(() => store(rows.slice(from, from + SLICE)))
}
