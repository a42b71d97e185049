import type { Migration } from '../../migrate.ts'

/** What the water system can send again. Times in epoch ms, `amount` x 10 000. */
export const water: Migration = {
  version: 5,
  name: 'water',
  up: (db) =>
    db.exec(`
      CREATE TABLE water_region (
        id TEXT PRIMARY KEY,
        parent_id TEXT,
        name TEXT NOT NULL,
        -- order of the vendor
        ordinal INTEGER NOT NULL,
        -- 0: not in the last complete tree
        active INTEGER NOT NULL DEFAULT 1
      ) WITHOUT ROWID;

      -- the six lists: rows as the vendor names their fields, beside what they are found by
      CREATE TABLE water_record (
        dataset TEXT NOT NULL,
        -- JSON of the fields that make a row the same one (W-22)
        key TEXT NOT NULL,
        -- null: the vendor sent none, or none that can be read (W-05)
        at INTEGER,
        device_code TEXT NOT NULL,
        user_code TEXT NOT NULL,
        name TEXT NOT NULL,
        place TEXT NOT NULL,
        -- status or type
        word TEXT NOT NULL,
        amount INTEGER,
        body TEXT NOT NULL,
        PRIMARY KEY (dataset, key)
      ) WITHOUT ROWID;
      CREATE INDEX water_record_at ON water_record (dataset, at);
      CREATE INDEX water_record_device ON water_record (dataset, device_code, at);
      CREATE INDEX water_record_user ON water_record (dataset, user_code);

      -- what only a filter of the vendor tells: devices and accounts of a region, meters of a collector (W-08, W-16)
      CREATE TABLE water_member (
        kind TEXT NOT NULL CHECK (kind IN ('flows', 'costs', 'collector')),
        value TEXT NOT NULL,
        code TEXT NOT NULL,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (kind, value, code)
      ) WITHOUT ROWID;
    `),
}
