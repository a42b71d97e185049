import type { Migration } from '../../migrate.ts'

/** A reprint that was counted and did not come out is counted no more, one at a time and with that reason. */
export const receiptsNotOut: Migration = {
  version: 19,
  name: 'receipts-not-out',
  up: (db) =>
    db.exec(`
      DROP TRIGGER receipt_is_fixed;
      CREATE TRIGGER receipt_is_fixed BEFORE UPDATE ON receipt
        WHEN NEW.number <> OLD.number OR NEW.intent_id <> OLD.intent_id OR NEW.made_at <> OLD.made_at
          OR NEW.content <> OLD.content
          OR (NEW.copies < OLD.copies
            AND NOT (NEW.copies = OLD.copies - 1 AND NEW.copies >= 0 AND NEW.failure IS 'notReported'))
        BEGIN SELECT RAISE(ABORT, 'a receipt keeps its number and its content'); END;
    `),
}
