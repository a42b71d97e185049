import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Caller, CoreContext } from '../context.ts'

/** Characters that tell screens of one machine apart; of a hash, so that no session is written down. */
const TAG = 8

/** Where it was done: the machine, and which screen or script there. */
export function placeOf(
  { options }: CoreContext,
  { screen, session }: Pick<Caller, 'screen' | 'session'>,
): string | null {
  const { machine } = options
  if (machine === undefined) return null
  const who = screen ?? session
  return who === undefined ? machine : `${machine} #${bytesToHex(sha256(utf8ToBytes(who))).slice(0, TAG)}`
}
