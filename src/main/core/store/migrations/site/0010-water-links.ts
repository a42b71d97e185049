import type { Migration } from '../../migrate.ts'

/** What people say belongs together in the water system; what the systems say by number is worked out. */
export const waterLinks: Migration = {
  version: 10,
  name: 'water-links',
  up: (db) =>
    db.exec(`
      CREATE TABLE water_link (
        id TEXT PRIMARY KEY,
        -- two of the three at least; '' where it is not part of it
        room_id TEXT NOT NULL,
        device_code TEXT NOT NULL,
        user_code TEXT NOT NULL,
        how TEXT NOT NULL CHECK (how IN ('hand', 'import')),
        note TEXT NOT NULL,
        operator TEXT NOT NULL,
        at INTEGER NOT NULL,
        UNIQUE (room_id, device_code, user_code),
        CHECK ((room_id <> '') + (device_code <> '') + (user_code <> '') >= 2)
      ) WITHOUT ROWID;
    `),
}
