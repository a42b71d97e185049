import type { Migration } from '../../migrate.ts'

/**
 * What a purchase of coins cost when it was begun: the price of a coin may change (U-28); null in rows of before. And
 * what may still be paid at a provider although staff ended it here: it is asked about until that is over.
 */
export const payments: Migration = {
  version: 7,
  name: 'payments',
  up: (db) => {
    db.exec(`
      ALTER TABLE pmoney_charge_pay ADD COLUMN price INTEGER CHECK (price > 0);
      ALTER TABLE pmoney_charge_pay ADD COLUMN openThere INTEGER NOT NULL DEFAULT 0 CHECK (openThere IN (0, 1));
      ALTER TABLE order_pay_info ADD COLUMN openThere INTEGER NOT NULL DEFAULT 0 CHECK (openThere IN (0, 1));
      CREATE INDEX pmoney_charge_pay_open_there ON pmoney_charge_pay (id) WHERE openThere = 1;
      CREATE INDEX order_pay_info_open_there ON order_pay_info (id) WHERE openThere = 1;
    `)
  },
}
