import type { Migration } from '../../migrate.ts'

/** Alarms with every step of each, and what was sent of them (features §3.11). Stamps in epoch ms. */
export const alarms: Migration = {
  version: 16,
  name: 'alarms',
  up: (db) =>
    db.exec(`
      CREATE TABLE alarm (
        id TEXT PRIMARY KEY,
        rule TEXT NOT NULL,
        subject TEXT NOT NULL,
        name TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
        level INTEGER NOT NULL CHECK (level IN (1, 2)),
        state TEXT NOT NULL CHECK (state IN ('raised', 'acknowledged', 'cleared')),
        -- 1: the condition still is, so nothing new is raised of the subject
        holds INTEGER NOT NULL,
        value INTEGER,
        raised_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        acknowledged_at INTEGER,
        acknowledged_by TEXT,
        cleared_at INTEGER,
        -- null: by itself
        cleared_by TEXT,
        snoozed_until INTEGER,
        assignee TEXT,
        digest_id TEXT REFERENCES alarm (id),
        -- of a digest: alarms that it stands for
        members INTEGER NOT NULL DEFAULT 0
      ) WITHOUT ROWID;
      -- once per subject, whatever the program believes
      CREATE UNIQUE INDEX alarm_holding ON alarm (rule, subject) WHERE holds = 1;
      CREATE INDEX alarm_open ON alarm (digest_id, raised_at) WHERE state <> 'cleared';
      CREATE INDEX alarm_raised ON alarm (digest_id, raised_at);
      CREATE INDEX alarm_snoozed ON alarm (snoozed_until) WHERE snoozed_until IS NOT NULL;

      CREATE TABLE alarm_event (
        id INTEGER PRIMARY KEY,
        alarm_id TEXT NOT NULL REFERENCES alarm (id),
        at INTEGER NOT NULL,
        operator TEXT,
        kind TEXT NOT NULL,
        comment TEXT,
        -- JSON
        data TEXT
      );
      CREATE INDEX alarm_event_alarm ON alarm_event (alarm_id, id);
      CREATE INDEX alarm_event_at ON alarm_event (at);

      CREATE TABLE alarm_delivery (
        id TEXT PRIMARY KEY,
        channel TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('alarms', 'test')),
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
        made_at INTEGER NOT NULL,
        tried_at INTEGER,
        next_at INTEGER,
        tries INTEGER NOT NULL DEFAULT 0,
        result TEXT,
        text TEXT NOT NULL DEFAULT '',
        -- JSON array of alarm ids
        alarms TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX alarm_delivery_made ON alarm_delivery (made_at);
      CREATE INDEX alarm_delivery_waiting ON alarm_delivery (channel, next_at) WHERE state = 'waiting';
    `),
}
