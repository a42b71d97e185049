import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

export const KEY_BYTES = 32
/** XChaCha20: long enough to be drawn at random for every value */
export const NONCE_BYTES = 24

export interface Sealed {
  readonly nonce: Uint8Array
  readonly cipher: Uint8Array
}

/** The path is bound to the value: a row copied to another path does not open. */
export function seal(key: Uint8Array, path: string, text: string, nonce: Uint8Array): Sealed {
  return { nonce, cipher: xchacha20poly1305(key, nonce, utf8ToBytes(path)).encrypt(utf8ToBytes(text)) }
}

/** null when key, path or bytes do not belong together */
export function unseal(key: Uint8Array, path: string, { nonce, cipher }: Sealed): string | null {
  try {
    const plain = xchacha20poly1305(key, bytes(nonce), utf8ToBytes(path)).decrypt(bytes(cipher))
    return new TextDecoder().decode(plain)
  } catch {
    return null
  }
}

/** Tells whether a wrap gave the right key, without telling anything of use about the key. */
export function fingerprint(key: Uint8Array): string {
  return bytesToHex(sha256(concatBytes(utf8ToBytes('sitedesk data key'), key)).subarray(0, 8))
}

// The driver answers Buffers, views on a shared pool; the ciphers want plain arrays.
const bytes = (value: Uint8Array) => Uint8Array.from(value)
