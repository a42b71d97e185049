import type { Migration } from '../../migrate.ts'
import { PHASE_NAMES } from '#shared/phases.ts'

/** What IMR can send again beside readings: consumption records (IE-5), 尖峰平谷 registers and phase values (IE-7). */
export const bands: Migration = {
  version: 3,
  name: 'bands',
  up: (db) =>
    db.exec(`
      -- instants in epoch seconds, values as they were sent (I-23); 0 all records of a day, 1 one a day (I-40)
      CREATE TABLE consumption (
        meter INTEGER NOT NULL,
        daily INTEGER NOT NULL,
        at INTEGER NOT NULL,
        reading TEXT NOT NULL,
        dosage TEXT,
        amount TEXT,
        meter_type TEXT NOT NULL,
        PRIMARY KEY (meter, daily, at)
      ) WITHOUT ROWID;

      CREATE TABLE band (
        meter INTEGER NOT NULL,
        at INTEGER NOT NULL,
        reported_at INTEGER,
        total TEXT,
        sharp TEXT,
        peak TEXT,
        flat TEXT,
        valley TEXT,
        -- 0: the total is more than 1 % off the sum of its bands (I-24)
        sum_ok INTEGER NOT NULL,
        PRIMARY KEY (meter, at)
      ) WITHOUT ROWID;

      -- beside the bands, since a year of quarter hours of one is read without the other
      CREATE TABLE phase (
        meter INTEGER NOT NULL,
        at INTEGER NOT NULL,
        ${PHASE_NAMES.map((name) => `${name} TEXT,`).join('\n        ')}
        PRIMARY KEY (meter, at)
      ) WITHOUT ROWID;

      -- 1: this deployment of the vendor has no such endpoint (I-44)
      ALTER TABLE sync_state ADD COLUMN unsupported INTEGER NOT NULL DEFAULT 0;
    `),
}
