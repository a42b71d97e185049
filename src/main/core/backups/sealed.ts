import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * Files under a passphrase: a head in clear, an index, then the bytes of the files, in chunks of XChaCha20-Poly1305.
 * The nonce of a chunk is a random prefix, the chunk's number and whether it is the last (the STREAM construction), so
 * that a chunk that is missing, moved or cut off at the end does not open; the head is bound to every chunk.
 */
const MAGIC = utf8ToBytes('SITEDESK-SEALED\n')
/** Plain bytes of a chunk. */
export const CHUNK = 262_144
const TAG = 16
export const PREFIX_BYTES = 19
const LENGTH_BYTES = 4
/** A head is a few hundred bytes; more is not ours. */
const MOST_HEAD = 4096

/** OWASP's first recommendation for argon2id: 46 MiB, one pass, one lane. */
export const PASSPHRASE_KDF = { m: 47_104, t: 1, p: 1 } as const
export const SALT_BYTES = 16
export const SHORTEST_PASSPHRASE = 10

export interface Kdf {
  readonly m: number
  readonly t: number
  readonly p: number
}

/** A key with what it was made of: whoever knows the passphrase makes the same. */
export interface SealingKey {
  readonly key: Uint8Array
  readonly salt: Uint8Array
  readonly kdf: Kdf
}

interface Head {
  readonly salt: Uint8Array
  readonly kdf: Kdf
  readonly prefix: Uint8Array
  /** sealed bytes of the index */
  readonly index: number
}

export interface Entry {
  readonly name: string
  readonly bytes: number
  /** of the plain bytes, hex */
  readonly sha256: string
}

/** The first chunk, JSON. */
export interface Index {
  readonly entries: readonly Entry[]
  /** what the writer wants to say about the entries */
  readonly about: Readonly<Record<string, unknown>>
}

function nonceOf(prefix: Uint8Array, chunk: number, last: boolean): Uint8Array {
  const tail = new Uint8Array(5)
  new DataView(tail.buffer).setUint32(0, chunk)
  tail[4] = last ? 1 : 0
  return concatBytes(prefix, tail)
}

/** The head of a sealed file as it stands in it. */
function headBytes({ salt, kdf, prefix, index }: Head): Uint8Array {
  const json = utf8ToBytes(
    JSON.stringify({
      v: 1,
      kdf: { name: 'argon2id', ...kdf },
      salt: bytesToHex(salt),
      prefix: bytesToHex(prefix),
      index,
    }),
  )
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setUint32(0, json.length)
  return concatBytes(MAGIC, length, json)
}

export interface Sealer {
  /** head and index, to be written first */
  readonly start: Uint8Array
  /** the next chunk of the entries' bytes, one after another: all but the last exactly CHUNK long */
  seal(plain: Uint8Array, last: boolean): Uint8Array
}

export function createSealer({ key, salt, kdf }: SealingKey, prefix: Uint8Array, index: Index): Sealer {
  if (prefix.length !== PREFIX_BYTES) throw new Error(`a prefix has ${PREFIX_BYTES} bytes`)
  const plain = utf8ToBytes(JSON.stringify(index))
  const empty = index.entries.every(({ bytes }) => bytes === 0)
  const head = headBytes({ salt, kdf, prefix, index: plain.length + TAG })
  let chunk = 0
  const seal = (bytes: Uint8Array, last: boolean) =>
    xchacha20poly1305(key, nonceOf(prefix, chunk++, last), head).encrypt(bytes)
  return { start: concatBytes(head, seal(plain, empty)), seal }
}

export interface SealedHead {
  readonly salt: Uint8Array
  readonly kdf: Kdf
  /** bytes of the file until the end of the head */
  readonly headBytes: number
  /** bytes of the sealed index behind it */
  readonly indexBytes: number
  /** opens the index; null: another key, or other bytes */
  index(key: Uint8Array, sealed: Uint8Array): Index | null
  /** opens a chunk of entries, counted from 1; null: not the bytes that belong there */
  open(key: Uint8Array, chunk: number, sealed: Uint8Array, last: boolean): Uint8Array | null
}

/** Enough of a file to read its head. */
export const HEAD_READ = MAGIC.length + LENGTH_BYTES + MOST_HEAD

/** null: not a sealed file of this format */
export function readHead(start: Uint8Array): SealedHead | null {
  const at = MAGIC.length + LENGTH_BYTES
  if (start.length < at || MAGIC.some((byte, i) => start[i] !== byte)) return null
  const length = new DataView(start.buffer, start.byteOffset).getUint32(MAGIC.length)
  if (length > MOST_HEAD || start.length < at + length) return null
  const head = parseHead(start.subarray(at, at + length))
  if (!head) return null
  const bound = Uint8Array.from(start.subarray(0, at + length))
  const open = (key: Uint8Array, chunk: number, sealed: Uint8Array, last: boolean) => {
    try {
      return xchacha20poly1305(key, nonceOf(head.prefix, chunk, last), bound).decrypt(Uint8Array.from(sealed))
    } catch {
      return null
    }
  }
  return {
    salt: head.salt,
    kdf: head.kdf,
    headBytes: at + length,
    indexBytes: head.index,
    index(key, sealed) {
      const plain = open(key, 0, sealed, false) ?? open(key, 0, sealed, true)
      return plain && (JSON.parse(new TextDecoder().decode(plain)) as Index)
    },
    open,
  }
}

/** Keys of a wrong shape, or work that would take the computer's memory, are refused. */
function parseHead(json: Uint8Array): Head | null {
  try {
    const value = JSON.parse(new TextDecoder().decode(json)) as Record<string, never>
    const kdf = value['kdf'] as unknown as Kdf
    const salt = hexToBytes(value['salt'] as unknown as string)
    const prefix = hexToBytes(value['prefix'] as unknown as string)
    const index = Number(value['index'])
    const sane = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most
    if (value['v'] !== 1 || salt.length !== SALT_BYTES || prefix.length !== PREFIX_BYTES) return null
    if (!sane(kdf.m, 1_048_576) || !sane(kdf.t, 20) || !sane(kdf.p, 4)) return null
    if (!sane(index, 16_777_216)) return null
    return { salt, kdf: { m: kdf.m, t: kdf.t, p: kdf.p }, prefix, index }
  } catch {
    return null
  }
}

export const sealedChunk = CHUNK + TAG
