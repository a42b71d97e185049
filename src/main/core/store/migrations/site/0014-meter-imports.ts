import type { Migration } from '../../migrate.ts'

/** What a file of readings or of meter attributes brought, and what stood there before it. */
export const meterImports: Migration = {
  version: 14,
  name: 'meter imports',
  up: (db) =>
    db.exec(`
      ALTER TABLE meter_import ADD COLUMN kind TEXT NOT NULL DEFAULT 'readings';
      -- of rows: those that stand where something else stood
      ALTER TABLE meter_import ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE meter_import ADD COLUMN withdrawn_reason TEXT;

      -- attributes as JSON; undone: what it changed was put back
      CREATE TABLE meter_attribute_change (
        import TEXT NOT NULL,
        source TEXT NOT NULL,
        device_id TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (import, source, device_id)
      ) WITHOUT ROWID;
    `),
}
