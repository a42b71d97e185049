import type { Migration } from '../../migrate.ts'

/** Since when a condition holds that waits for the delay of its rule. */
export const alarmsWaiting: Migration = {
  version: 17,
  name: 'alarms-waiting',
  up: (db) =>
    db.exec(`
      CREATE TABLE alarm_waiting (
        rule TEXT NOT NULL,
        subject TEXT NOT NULL,
        -- epoch ms
        since INTEGER NOT NULL,
        PRIMARY KEY (rule, subject)
      ) WITHOUT ROWID;
      -- how many of each rule are open is asked for while a hundred thousand are
      CREATE INDEX alarm_open_rule ON alarm (rule) WHERE state <> 'cleared' AND members = 0;
    `),
}
