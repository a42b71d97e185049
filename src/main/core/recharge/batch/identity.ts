import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Fen } from '#shared/money.ts'
import type { StoredRow } from './stored.ts'

/** Hex digits of the digest in an intent's id: 128 bits. */
const ID_DIGITS = 32

/**
 * The intent of a row: of what it pays for, not of the file or the line it stands in, so that a corrected list finds
 * the sales that were begun. `ordinal` counts rows of one list that say the same.
 */
export function sharedId(row: { roomId: string; amountFen: Fen; note: string }, ordinal: number): string {
  const said = JSON.stringify([row.roomId, row.amountFen, row.note])
  return `${bytesToHex(sha256(utf8ToBytes(said))).slice(0, ID_DIGITS)}-${ordinal}`
}

/** The intent of a row that is a sale of its own, whatever other lists say. */
export const ownId = ({ batch_id, row }: Pick<StoredRow, 'batch_id' | 'row'>) => `${batch_id}-${row}`
