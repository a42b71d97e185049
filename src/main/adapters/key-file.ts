import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyWrap } from '#core/ports.ts'

const NAME = 'secret.key'
const KEY_BYTES = 32
const NONCE_BYTES = 24

/**
 * Keeps the data key under a key in a file that only its owner may read (mode 0600; Windows has no such
 * mode). Made once, never written again: a lost key file means secrets are asked for anew (design §3).
 */
export function createKeyFile(directory: string): KeyWrap {
  const path = join(directory, NAME)
  return {
    kind: 'keyFile',
    wrap(key) {
      const secret = readKey(path) ?? makeKey(directory, path)
      if (!secret) return Promise.resolve(null)
      const nonce = new Uint8Array(randomBytes(NONCE_BYTES))
      const cipher = xchacha20poly1305(secret, nonce).encrypt(key)
      return Promise.resolve(Uint8Array.from([...nonce, ...cipher]))
    },
    unwrap(blob) {
      const secret = readKey(path)
      return Promise.resolve(secret ? open(secret, blob) : null)
    },
  }
}

function open(secret: Uint8Array, blob: Uint8Array): Uint8Array | null {
  if (blob.length <= NONCE_BYTES) return null
  try {
    return xchacha20poly1305(secret, blob.subarray(0, NONCE_BYTES)).decrypt(blob.subarray(NONCE_BYTES))
  } catch {
    return null
  }
}

/** null when there is none or it is not one of ours. */
function readKey(path: string): Uint8Array | null {
  try {
    const bytes = readFileSync(path)
    return bytes.length === KEY_BYTES ? new Uint8Array(bytes) : null
  } catch {
    return null
  }
}

/** `wx`: a file that is there already, whatever it holds, stays as it is. */
function makeKey(directory: string, path: string): Uint8Array | null {
  const secret = new Uint8Array(randomBytes(KEY_BYTES))
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    writeFileSync(path, secret, { flag: 'wx', mode: 0o600, flush: true })
    return secret
  } catch {
    return null
  }
}
