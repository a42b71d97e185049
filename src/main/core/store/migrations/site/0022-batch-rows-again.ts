import type { Migration } from '../../migrate.ts'

/** A row that another batch posted is posted once more only where a person said so, by name. */
export const batchRowsAgain: Migration = {
  version: 22,
  name: 'batch-rows-again',
  up: (db) =>
    db.exec(`
      ALTER TABLE recharge_batch_row ADD COLUMN repeat_by TEXT;
      ALTER TABLE recharge_batch_row ADD COLUMN repeat_at INTEGER;
      CREATE INDEX recharge_batch_row_same ON recharge_batch_row (room_id, amount_fen, note);
    `),
}
