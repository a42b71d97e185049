import type { Migration } from '../../migrate.ts'

/** Made from readings and from the decisions in site.db; can be made again at any time. */
export const usageEvents: Migration = {
  version: 4,
  name: 'usage events',
  up: (db) =>
    db.exec(`
      -- a value that a person gave stands for, or beside, what the vendor sent; null: the reading is ignored
      CREATE TABLE reading_fix (
        meter INTEGER NOT NULL,
        at INTEGER NOT NULL,
        value INTEGER,
        -- decimals as entered
        flags INTEGER NOT NULL,
        estimated INTEGER NOT NULL,
        decision TEXT NOT NULL,
        origin TEXT NOT NULL,
        PRIMARY KEY (meter, at)
      ) WITHOUT ROWID;

      -- where the difference of two readings is no usage, or is not certain (meters/events.ts)
      CREATE TABLE usage_event (
        meter INTEGER NOT NULL,
        -- the reading at which the register fell or jumped, or the estimate
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        -- no difference across (from_at, to_at] counts until somebody decides
        from_at INTEGER NOT NULL,
        to_at INTEGER NOT NULL,
        from_value INTEGER NOT NULL,
        before_value INTEGER NOT NULL,
        value INTEGER NOT NULL,
        to_value INTEGER NOT NULL,
        -- of a roll-over: whole digits of the register
        digits INTEGER,
        -- null: parked; else usage is the difference plus this
        step INTEGER,
        decision TEXT,
        PRIMARY KEY (meter, at, kind)
      ) WITHOUT ROWID;
      CREATE INDEX usage_event_at ON usage_event (at);

      -- what the vendor says of a meter whose attributes were entered by hand
      CREATE TABLE meter_vendor (
        meter INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        place TEXT NOT NULL,
        house TEXT NOT NULL,
        user_name TEXT NOT NULL
      );
    `),
}
