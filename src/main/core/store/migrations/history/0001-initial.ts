import type { Migration } from '../../migrate.ts'

export const initial: Migration = {
  version: 1,
  name: 'initial',
  up: (db) =>
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

      CREATE TABLE meter (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        device_id TEXT NOT NULL,
        table_no TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        project TEXT NOT NULL DEFAULT '',
        type_code TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL DEFAULT 'unknown' CHECK (kind IN ('electricity', 'water', 'unknown')),
        place TEXT NOT NULL DEFAULT '',
        house TEXT NOT NULL DEFAULT '',
        user_code TEXT NOT NULL DEFAULT '',
        user_name TEXT NOT NULL DEFAULT '',
        online TEXT NOT NULL DEFAULT 'unknown',
        online_raw TEXT NOT NULL DEFAULT '',
        online_at INTEGER,
        gate TEXT NOT NULL DEFAULT 'unknown',
        gate_raw TEXT NOT NULL DEFAULT '',
        -- 0: known only from its readings (I-14), or gone from the last complete catalogue (C-50)
        active INTEGER NOT NULL DEFAULT 1,
        first_seen_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        UNIQUE (source, device_id)
      );
      CREATE INDEX meter_table_no ON meter (table_no);
      CREATE INDEX meter_source_table_no ON meter (source, table_no);

      -- the mass of the data: epoch seconds, value x 10 000, flags (see meters/reading-flags.ts)
      CREATE TABLE reading (
        meter INTEGER NOT NULL,
        at INTEGER NOT NULL,
        value INTEGER NOT NULL,
        flags INTEGER NOT NULL,
        PRIMARY KEY (meter, at)
      ) WITHOUT ROWID;

      -- what a reading row cannot say: the other value of a conflict, the full text of a long decimal
      CREATE TABLE reading_note (
        meter INTEGER NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('conflict', 'precise')),
        text TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (meter, at, kind, text)
      ) WITHOUT ROWID;

      -- one row per meter and day (start, end]: kept in the transaction that changes its readings
      CREATE TABLE daily (
        day INTEGER NOT NULL,
        meter INTEGER NOT NULL,
        first_value INTEGER NOT NULL,
        last_value INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        readings INTEGER NOT NULL,
        -- 1: the register fell between two readings of this day
        fell INTEGER NOT NULL,
        PRIMARY KEY (day, meter)
      ) WITHOUT ROWID;

      CREATE TABLE latest (
        meter INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        value INTEGER NOT NULL,
        flags INTEGER NOT NULL
      );
      CREATE INDEX latest_at ON latest (at);

      -- the cursor of every fetch and the gap map: one row per dataset, scope and window [from, to)
      CREATE TABLE sync_window (
        source TEXT NOT NULL,
        dataset TEXT NOT NULL,
        -- '' for all meters, else one table number
        scope TEXT NOT NULL,
        from_at INTEGER NOT NULL,
        to_at INTEGER NOT NULL,
        page_size INTEGER NOT NULL,
        next_page INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'partial', 'complete')),
        rows INTEGER NOT NULL DEFAULT 0,
        total_hint INTEGER,
        flags TEXT NOT NULL DEFAULT '',
        updated_at INTEGER NOT NULL,
        PRIMARY KEY (source, dataset, scope, from_at, to_at)
      ) WITHOUT ROWID;

      CREATE TABLE sync_state (
        source TEXT NOT NULL,
        dataset TEXT NOT NULL,
        last_complete_at INTEGER,
        partial INTEGER NOT NULL DEFAULT 0,
        -- everything before this instant was held at the last complete run
        complete_to INTEGER,
        last_error TEXT,
        PRIMARY KEY (source, dataset)
      ) WITHOUT ROWID;

      CREATE TABLE quarantine (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        dataset TEXT NOT NULL,
        at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        raw TEXT NOT NULL,
        UNIQUE (source, dataset, reason, raw)
      );
    `),
}
