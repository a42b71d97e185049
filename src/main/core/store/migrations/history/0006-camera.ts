import type { Migration } from '../../migrate.ts'

/** Readings of camera meters (IE-8) with what became of their pictures. `at` in epoch seconds, bytes on the disk. */
export const camera: Migration = {
  version: 6,
  name: 'camera',
  up: (db) =>
    db.exec(`
      CREATE TABLE camera (
        meter INTEGER NOT NULL,
        at INTEGER NOT NULL,
        status TEXT NOT NULL,
        -- 1: exactly the word for a picture that could be read (I-28)
        ok INTEGER NOT NULL,
        url TEXT NOT NULL,
        -- as sent; null where it could not be read (I-27)
        value TEXT,
        file TEXT NOT NULL CHECK (file IN ('held', 'wanted', 'none', 'failed', 'refused', 'dropped')),
        problem TEXT,
        type TEXT,
        bytes INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0,
        -- epoch ms
        try_after INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (meter, at)
      ) WITHOUT ROWID;
      CREATE INDEX camera_at ON camera (at);
      CREATE INDEX camera_wanted ON camera (at) WHERE file = 'wanted';
      CREATE INDEX camera_held ON camera (at, bytes) WHERE file = 'held';
    `),
}
