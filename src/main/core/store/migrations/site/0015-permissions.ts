import type { Migration } from '../../migrate.ts'

/** What an administrator withheld from roles (absent: everything the contract allows), and PINs that are to be changed. */
export const permissions: Migration = {
  version: 15,
  name: 'permissions',
  up: (db) => {
    db.exec(`
      CREATE TABLE permission (
        grp TEXT NOT NULL,
        role TEXT NOT NULL,
        reach TEXT NOT NULL CHECK (reach IN ('none', 'own')),
        PRIMARY KEY (grp, role)
      ) WITHOUT ROWID;
      ALTER TABLE operator ADD COLUMN pin_temporary INTEGER NOT NULL DEFAULT 0;
    `)
  },
}
