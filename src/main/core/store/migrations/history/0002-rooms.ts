import type { Migration } from '../../migrate.ts'

/** What the campus platform can send again. Amounts in fen, times in epoch ms. */
export const rooms: Migration = {
  version: 2,
  name: 'rooms',
  up: (db) =>
    db.exec(`
      CREATE TABLE room (
        id TEXT PRIMARY KEY,
        parent_id TEXT,
        name TEXT NOT NULL,
        level INTEGER NOT NULL,
        -- 0: not in the last complete list (C-50), kept with its history
        active INTEGER NOT NULL DEFAULT 1,
        seen_at INTEGER NOT NULL,
        -- when a person last opened or recharged it: its records are kept up to date
        touched_at INTEGER
      ) WITHOUT ROWID;
      CREATE INDEX room_parent ON room (parent_id);

      -- balance from a list of all rooms or from the room itself; the subsidies only from the latter (C-16)
      CREATE TABLE room_balance (
        room_id TEXT PRIMARY KEY,
        balance_fen INTEGER NOT NULL,
        balance_raw TEXT NOT NULL,
        at INTEGER NOT NULL,
        electricity_fen INTEGER,
        water_fen INTEGER,
        card_at INTEGER
      ) WITHOUT ROWID;
      CREATE INDEX room_balance_amount ON room_balance (balance_fen);

      CREATE TABLE room_meter (
        room_id TEXT NOT NULL,
        table_no TEXT NOT NULL,
        type_code TEXT NOT NULL,
        reading TEXT,
        at INTEGER NOT NULL,
        PRIMARY KEY (room_id, table_no)
      ) WITHOUT ROWID;
      CREATE INDEX room_meter_table_no ON room_meter (table_no);

      CREATE TABLE room_recharge (
        room_id TEXT NOT NULL,
        out_trade_no TEXT NOT NULL,
        at INTEGER NOT NULL,
        -- tells apart rows of one number, should the platform send several
        ordinal INTEGER NOT NULL DEFAULT 0,
        amount_fen INTEGER,
        amount_raw TEXT NOT NULL,
        trade_type TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (room_id, out_trade_no, at, ordinal)
      ) WITHOUT ROWID;
      CREATE INDEX room_recharge_at ON room_recharge (at);
      CREATE INDEX room_recharge_trade ON room_recharge (out_trade_no);

      -- rows have no id: equal ones are told apart by their ordinal (C-42)
      CREATE TABLE room_cost (
        room_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        digest TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        name TEXT NOT NULL,
        electricity_dosage TEXT NOT NULL,
        electricity_fen INTEGER,
        water_dosage TEXT NOT NULL,
        water_fen INTEGER,
        share_fen INTEGER,
        total_fen INTEGER,
        sum_ok INTEGER NOT NULL,
        PRIMARY KEY (room_id, at, digest, ordinal)
      ) WITHOUT ROWID;

      -- how far the records of a room are held
      CREATE TABLE room_records (
        room_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('recharge', 'cost')),
        complete_to INTEGER NOT NULL,
        fetched_at INTEGER NOT NULL,
        PRIMARY KEY (room_id, kind)
      ) WITHOUT ROWID;
    `),
}
