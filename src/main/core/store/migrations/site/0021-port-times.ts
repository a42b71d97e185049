import type { Migration } from '../../migrate.ts'

/** A report may name some ports of a charger only: the others keep what they said, and when (R-07, U-17). */
export const portTimes: Migration = {
  version: 21,
  name: 'port-times',
  up: (db) =>
    // JSON of four times, null for a port never reported; null: all of them at portStateTime
    db.exec('ALTER TABLE device_info ADD COLUMN portTimes TEXT'),
}
