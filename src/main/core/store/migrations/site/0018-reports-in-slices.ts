import type { Migration } from '../../migrate.ts'

/**
 * Figures of a day are stored some at a time before their version is, so that a site of many meters does not hold the
 * thread; they count, and stay as they are, once there is a version that names them.
 */
export const reportsInSlices: Migration = {
  version: 18,
  name: 'reports-in-slices',
  up: (db) =>
    db.exec(`
      CREATE TABLE report_figure_next (
        -- of report_version, which comes last
        version_id INTEGER NOT NULL,
        meter INTEGER NOT NULL REFERENCES report_meter (id),
        usage INTEGER NOT NULL,
        -- 0 gap, 1 measured, 2 reset, 3 estimated, 4 not there any more
        state INTEGER NOT NULL,
        PRIMARY KEY (version_id, meter)
      ) WITHOUT ROWID;
      INSERT INTO report_figure_next SELECT version_id, meter, usage, state FROM report_figure;
      DROP TABLE report_figure;
      ALTER TABLE report_figure_next RENAME TO report_figure;

      CREATE TRIGGER report_figure_stays BEFORE UPDATE ON report_figure
        BEGIN SELECT RAISE(ABORT, 'a closed day stays as it was closed'); END;
      CREATE TRIGGER report_figure_kept BEFORE DELETE ON report_figure
        WHEN EXISTS (SELECT 1 FROM report_version WHERE id = OLD.version_id)
        BEGIN SELECT RAISE(ABORT, 'a closed day stays as it was closed'); END;
      CREATE TRIGGER report_figure_whole BEFORE INSERT ON report_figure
        WHEN EXISTS (SELECT 1 FROM report_version WHERE id = NEW.version_id)
        BEGIN SELECT RAISE(ABORT, 'a closed day stays as it was closed'); END;
    `),
}
