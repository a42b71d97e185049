import type { Migration } from '../../migrate.ts'

/**
 * Who a payment was begun with stands beside it, since the settings may name somebody else before it is over.
 * Of rows from before only the provider is known: `mchId` null is the merchant of the settings, or the last that was.
 * `payment_merchant` keeps how a merchant is reached, without secrets: JSON of numbers and paths of key files.
 */
export const payees: Migration = {
  version: 20,
  name: 'payees',
  up: (db) => {
    for (const table of ['order_pay_info', 'pmoney_charge_pay'])
      db.exec(`
        ALTER TABLE ${table} ADD COLUMN provider TEXT NOT NULL DEFAULT 'offline'
          CHECK (provider IN ('offline', 'wechatpay'));
        ALTER TABLE ${table} ADD COLUMN mchId TEXT;
        UPDATE ${table} SET provider = 'wechatpay' WHERE prepayId IS NOT NULL OR openThere = 1;
      `)
    db.exec(`
      CREATE TABLE payment_merchant (
        mchId TEXT PRIMARY KEY,
        settings TEXT NOT NULL,
        usedAt INTEGER NOT NULL
      ) WITHOUT ROWID;
    `)
  },
}
