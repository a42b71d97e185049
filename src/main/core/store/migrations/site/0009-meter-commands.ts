import type { Migration } from '../../migrate.ts'

/** What people told meters to do (spec I-30, I-31), and which of them no selection may cut off. Times in epoch ms. */
export const meterCommands: Migration = {
  version: 9,
  name: 'meter-commands',
  up: (db) =>
    db.exec(`
      CREATE TABLE meter_command (
        -- the order in which they were given
        ordinal INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        batch_id TEXT,
        meter_id TEXT NOT NULL,
        -- what is sent, and what is asked about (I-21)
        device_id TEXT NOT NULL,
        table_no TEXT NOT NULL,
        place TEXT NOT NULL,
        house TEXT NOT NULL,
        user_name TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('open', 'close', 'read')),
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'accepted', 'unknown', 'confirmed', 'unconfirmed',
          'rejected', 'notSent', 'skipped')),
        requested_by TEXT NOT NULL,
        confirmed_by TEXT,
        door TEXT NOT NULL,
        requested_at INTEGER NOT NULL,
        sent_at INTEGER,
        accepted_at INTEGER,
        ended_at INTEGER,
        gate_before TEXT,
        gate_now TEXT,
        read_at_before INTEGER,
        read_at_now INTEGER,
        error_code TEXT,
        error_message TEXT
      );
      CREATE INDEX meter_command_meter ON meter_command (meter_id, ordinal);
      CREATE INDEX meter_command_batch ON meter_command (batch_id) WHERE batch_id IS NOT NULL;
      CREATE INDEX meter_command_open ON meter_command (state) WHERE ended_at IS NULL;
      -- I-31: what was sent once is never waiting again, and what ended stays as it ended
      CREATE TRIGGER meter_command_sent_once BEFORE UPDATE OF state, sent_at ON meter_command
        WHEN OLD.ended_at IS NOT NULL OR (OLD.sent_at IS NOT NULL AND NEW.state IN ('waiting', 'sent'))
        BEGIN SELECT RAISE(ABORT, 'a command is sent once, and one that ended stays as it was'); END;
      CREATE TRIGGER meter_command_stays BEFORE DELETE ON meter_command
        BEGIN SELECT RAISE(ABORT, 'a command stays in the log'); END;

      CREATE TABLE protected_meter (
        meter_id TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at INTEGER NOT NULL
      ) WITHOUT ROWID;
    `),
}
