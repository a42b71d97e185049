import type { Migration } from '../../migrate.ts'

/** What the service for mini-programs keeps beside the 12 tables of its document (spec §3.3, §3.6). Times in epoch ms. */
export const lan: Migration = {
  version: 4,
  name: 'lan',
  up: (db) =>
    db.exec(`
      -- H-12: the answer of a signed request that changed something; the same request again gets it again
      CREATE TABLE lan_replay (
        path TEXT NOT NULL,
        signature TEXT NOT NULL,
        timestamp TEXT NOT NULL,
        answer TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (path, signature, timestamp)
      ) WITHOUT ROWID;
      CREATE INDEX lan_replay_at ON lan_replay (at);

      -- R-17: money came for an order that was settled or given up meanwhile; a person gives it back
      CREATE TABLE order_refund_task (
        id TEXT PRIMARY KEY,
        orderId TEXT NOT NULL,
        wxPayid TEXT NOT NULL UNIQUE,
        amountFen INTEGER NOT NULL CHECK (amountFen > 0),
        reason TEXT NOT NULL,
        raisedAt INTEGER NOT NULL,
        doneBy TEXT,
        doneAt INTEGER,
        note TEXT
      ) WITHOUT ROWID;

      -- the first of two people, where the bank account is not the one that was paid last
      CREATE TABLE cashout_approval (
        cashOutId TEXT PRIMARY KEY REFERENCES cashout_info (cashOutId),
        operator TEXT NOT NULL,
        at INTEGER NOT NULL
      ) WITHOUT ROWID;
    `),
}
