import type { Migration } from '../../migrate.ts'

/**
 * What people decided on camera readings. A reading goes by source, number and instant (epoch seconds), as the
 * vendor names it, so that decisions outlive history.db; taken back, not removed.
 */
export const cameraReview: Migration = {
  version: 11,
  name: 'camera review',
  up: (db) =>
    db.exec(`
      CREATE TABLE camera_review (
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        table_no TEXT NOT NULL,
        at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('accepted', 'corrected', 'rejected', 'skipped')),
        value TEXT,
        -- what the vendor had sent by then
        original TEXT,
        status TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT,
        created_at INTEGER NOT NULL,
        -- what was decided about the reading with it (meter_decision)
        decision TEXT,
        withdrawn_at INTEGER,
        withdrawn_by TEXT
      ) WITHOUT ROWID;
      CREATE UNIQUE INDEX camera_review_valid ON camera_review (source, table_no, at) WHERE withdrawn_at IS NULL;
    `),
}
