import type { Migration } from '../../migrate.ts'

export const initial: Migration = {
  version: 1,
  name: 'initial',
  up: (db) =>
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

      CREATE TABLE operator (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE,
        roles TEXT NOT NULL,
        phone TEXT NOT NULL DEFAULT '',
        pin_salt BLOB NOT NULL,
        pin_hash BLOB NOT NULL,
        disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
        created_at INTEGER NOT NULL,
        last_sign_in_at INTEGER
      ) WITHOUT ROWID;

      -- one row per name: failures survive a restart, so a restart is no way round the throttle
      CREATE TABLE sign_in_failure (
        name TEXT PRIMARY KEY COLLATE NOCASE,
        failures INTEGER NOT NULL,
        closed_until INTEGER NOT NULL
      ) WITHOUT ROWID;

      CREATE TABLE setting (
        path TEXT PRIMARY KEY,
        value TEXT NOT NULL,
        changed_at INTEGER NOT NULL
      ) WITHOUT ROWID;

      CREATE TABLE secret (
        path TEXT PRIMARY KEY,
        nonce BLOB NOT NULL,
        cipher BLOB NOT NULL,
        changed_at INTEGER NOT NULL
      ) WITHOUT ROWID;

      -- the data key, wrapped in each way that can open it (design §3)
      CREATE TABLE key_wrap (
        kind TEXT PRIMARY KEY,
        blob BLOB NOT NULL,
        created_at INTEGER NOT NULL
      ) WITHOUT ROWID;

      CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        operator TEXT,
        door TEXT NOT NULL,
        operation TEXT NOT NULL,
        target TEXT,
        outcome TEXT NOT NULL,
        before TEXT,
        after TEXT,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
      );
      CREATE INDEX audit_at ON audit (at);
      CREATE INDEX audit_operation ON audit (operation, at);
      CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END;

      CREATE TABLE job (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        spec TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'partial', 'failed', 'cancelled')),
        step TEXT,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER,
        error TEXT,
        report TEXT NOT NULL DEFAULT '[]',
        started_by TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        ended_at INTEGER,
        resumable INTEGER NOT NULL DEFAULT 0
      ) WITHOUT ROWID;
      CREATE INDEX job_created ON job (created_at);
      CREATE INDEX job_kind ON job (kind, state);
    `),
}
