import type { RechargeTables } from '../../store/schema-recharge.ts'

export type StoredBatch = RechargeTables['recharge_batch']
export type StoredRow = RechargeTables['recharge_batch_row']

/** The header is kept as row 1, for the file that goes back. */
export const HEADER_ROW = 1
