import type { Migration } from '../../migrate.ts'

/**
 * Figures of days that were closed. A meter goes by its public id with what was known of it then, so that figures
 * outlive history.db; usage in 1/10 000, stamps in epoch ms.
 */
export const reports: Migration = {
  version: 12,
  name: 'reports',
  up: (db) =>
    db.exec(`
      CREATE TABLE report_meter (
        id INTEGER PRIMARY KEY,
        meter_id TEXT NOT NULL,
        table_no TEXT NOT NULL,
        kind TEXT NOT NULL,
        place TEXT NOT NULL,
        house TEXT NOT NULL,
        user_name TEXT NOT NULL,
        UNIQUE (meter_id, table_no, kind, place, house, user_name)
      );

      CREATE TABLE report_version (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        version INTEGER NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        reason TEXT NOT NULL,
        meters INTEGER NOT NULL,
        as_of INTEGER,
        changed INTEGER NOT NULL,
        UNIQUE (day, version)
      );

      -- all figures of the first version of a day, of later ones only what changed
      CREATE TABLE report_figure (
        version_id INTEGER NOT NULL REFERENCES report_version (id),
        meter INTEGER NOT NULL REFERENCES report_meter (id),
        usage INTEGER NOT NULL,
        -- 0 gap, 1 measured, 2 reset, 3 estimated, 4 not there any more
        state INTEGER NOT NULL,
        PRIMARY KEY (version_id, meter)
      ) WITHOUT ROWID;

      CREATE TRIGGER report_version_stays BEFORE UPDATE ON report_version
        BEGIN SELECT RAISE(ABORT, 'a closed day stays as it was closed'); END;
      CREATE TRIGGER report_version_kept BEFORE DELETE ON report_version
        BEGIN SELECT RAISE(ABORT, 'a closed day stays as it was closed'); END;
      CREATE TRIGGER report_figure_stays BEFORE UPDATE ON report_figure
        BEGIN SELECT RAISE(ABORT, 'a closed day stays as it was closed'); END;
      CREATE TRIGGER report_figure_kept BEFORE DELETE ON report_figure
        BEGIN SELECT RAISE(ABORT, 'a closed day stays as it was closed'); END;
    `),
}
