import type { Migration } from '../../migrate.ts'

/** Phones as they look masked (D-17): who looks the same is told apart, and found again. */
export const privacy: Migration = {
  version: 8,
  name: 'privacy',
  up: (db) => {
    db.exec(`
      CREATE INDEX user_info_masked ON user_info (substr(user, 1, 3), substr(user, 8), id);
      CREATE INDEX manager_info_masked ON manager_info (substr(manager, 1, 3), substr(manager, 8), id);
    `)
  },
}
