import type { Migration } from '../../migrate.ts'

/**
 * What people decided about meters and entered for them. A meter goes by source and device, not by its key, so
 * that decisions outlive history.db. Readings count in epoch seconds and 1/10 000, the rest in epoch ms.
 */
export const meterDecisions: Migration = {
  version: 6,
  name: 'meter decisions',
  up: (db) =>
    db.exec(`
      CREATE TABLE meter_decision (
        id TEXT PRIMARY KEY,
        -- grows with every decision and withdrawal; of two for one instant the newer decision counts
        entered INTEGER NOT NULL UNIQUE,
        changed INTEGER NOT NULL UNIQUE,
        source TEXT NOT NULL,
        device_id TEXT NOT NULL,
        -- the reading that is meant
        at INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('value', 'ignore', 'accept', 'rollover', 'exchange')),
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'repair', 'camera', 'import')),
        value INTEGER,
        -- decimals as it was entered
        digits INTEGER NOT NULL DEFAULT 0,
        estimated INTEGER NOT NULL DEFAULT 0,
        -- of accept, rollover and exchange: the decision is for a fall or jump within (from_at, at]
        from_at INTEGER,
        register_digits INTEGER,
        old_last INTEGER,
        new_first INTEGER,
        -- the reading as it was when somebody decided
        original TEXT,
        reason TEXT NOT NULL,
        by TEXT,
        created_at INTEGER NOT NULL,
        batch TEXT,
        withdrawn_at INTEGER,
        withdrawn_by TEXT,
        withdrawn_reason TEXT
      ) WITHOUT ROWID;
      CREATE INDEX meter_decision_meter ON meter_decision (source, device_id, at);
      CREATE INDEX meter_decision_batch ON meter_decision (batch) WHERE batch IS NOT NULL;

      -- attributes that people know better than the vendor; null: the vendor's stands
      CREATE TABLE meter_attribute (
        source TEXT NOT NULL,
        device_id TEXT NOT NULL,
        name TEXT,
        place TEXT,
        house TEXT,
        user_name TEXT,
        -- whole digits of the register: where it rolls over
        digits INTEGER,
        by TEXT,
        changed_at INTEGER NOT NULL,
        PRIMARY KEY (source, device_id)
      ) WITHOUT ROWID;

      CREATE TABLE meter_import (
        id TEXT PRIMARY KEY,
        file_name TEXT NOT NULL,
        rows INTEGER NOT NULL,
        by TEXT,
        at INTEGER NOT NULL,
        withdrawn_at INTEGER,
        withdrawn_by TEXT
      ) WITHOUT ROWID;
      CREATE INDEX meter_import_at ON meter_import (at);
    `),
}
