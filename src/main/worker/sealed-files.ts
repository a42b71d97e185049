import { argon2id } from '@noble/hashes/argon2.js'
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  CHUNK,
  createSealer,
  HEAD_READ,
  PREFIX_BYTES,
  readHead,
  sealedChunk,
  type Entry,
  type Index,
  type SealedHead,
} from '#core/backups/sealed.ts'
import type { SealedFault, WorkerTasks } from '#core/ports.ts'
import { hashOf } from './inspect-copy.ts'

export const derivePassphrase = ({ passphrase, salt, kdf }: WorkerTasks['derivePassphrase']['input']) =>
  argon2id(new TextEncoder().encode(passphrase.normalize('NFC')), salt, { ...kdf, dkLen: 32 })

/** Seals files into one, reads all of it back, and only then gives it its name. */
export async function sealFiles(
  input: WorkerTasks['sealFiles']['input'],
): Promise<WorkerTasks['sealFiles']['output']> {
  const { target, key, files, about } = input
  const entries: Entry[] = []
  for (const { name, path } of files) entries.push({ name, ...(await hashOf(path)) })
  const part = `${target}.part`
  try {
    writeSealed(part, input, { entries, about })
    const back = open(part, (head) => check(head, key.key))
    if ('fault' in back) throw new Error(`the sealed file could not be read back (${back.fault})`)
    renameSync(part, target)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  return hashOf(target)
}

function writeSealed(part: string, input: WorkerTasks['sealFiles']['input'], index: Index): void {
  const sealer = createSealer(input.key, new Uint8Array(randomBytes(PREFIX_BYTES)), index)
  const out = openSync(part, 'w', 0o600)
  try {
    writeSync(out, sealer.start)
    for (const { piece, last } of pieces(input.files.map(({ path }) => path)))
      writeSync(out, sealer.seal(piece, last))
    fsyncSync(out)
  } finally {
    closeSync(out)
  }
}

/** The bytes of files one after another, in chunks; knows the last one when it gives it. */
function* pieces(paths: readonly string[]): Generator<{ piece: Uint8Array; last: boolean }> {
  const total = paths.reduce((sum, path) => sum + statSync(path).size, 0)
  let given = 0
  let held = new Uint8Array(CHUNK)
  let filled = 0
  for (const path of paths) {
    const file = openSync(path, 'r')
    try {
      for (;;) {
        const got = readSync(file, held, filled, CHUNK - filled, null)
        if (got === 0) break
        filled += got
        if (filled < CHUNK) continue
        given += filled
        yield { piece: held, last: given === total }
        held = new Uint8Array(CHUNK)
        filled = 0
      }
    } finally {
      closeSync(file)
    }
  }
  if (filled > 0) yield { piece: held.subarray(0, filled), last: true }
}

interface Opened {
  readonly file: number
  readonly head: SealedHead
  /** sealed bytes behind the index */
  readonly rest: number
}

/** Runs `work` on a sealed file; a fault where it is none. */
function open<R>(path: string, work: (opened: Opened) => R): R | { fault: SealedFault } {
  let file: number
  try {
    // a folder opens too, on some systems
    if (!statSync(path).isFile()) return { fault: 'unreadable' }
    file = openSync(path, 'r')
  } catch {
    return { fault: 'unreadable' }
  }
  try {
    const start = read(file, 0, HEAD_READ)
    const head = readHead(start)
    if (!head) return { fault: 'notSealed' }
    const rest = statSync(path).size - head.headBytes - head.indexBytes
    return rest < 0 ? { fault: 'damaged' } : work({ file, head, rest })
  } finally {
    closeSync(file)
  }
}

function read(file: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let filled = 0
  for (;;) {
    const got = filled < length ? readSync(file, bytes, filled, length - filled, at + filled) : 0
    if (got === 0) return bytes.subarray(0, filled)
    filled += got
  }
}

const indexOf = ({ file, head }: Opened, key: Uint8Array): Index | null =>
  head.index(key, read(file, head.headBytes, head.indexBytes))

/** The plain chunks in order; throws where one does not open. */
function* chunks({ file, head, rest }: Opened, key: Uint8Array): Generator<Uint8Array> {
  const count = Math.ceil(rest / sealedChunk)
  for (let i = 0; i < count; i++) {
    const at = head.headBytes + head.indexBytes + i * sealedChunk
    const plain = head.open(
      key,
      i + 1,
      read(file, at, Math.min(sealedChunk, rest - i * sealedChunk)),
      i === count - 1,
    )
    if (!plain) throw new DamagedError()
    yield plain
  }
}

class DamagedError extends Error {}

/** Passes every entry's bytes on and compares what they hash to. */
function pour(
  opened: Opened,
  key: Uint8Array,
  sinkOf: (entry: Entry) => { write(bytes: Uint8Array): void; end(): void },
): Index | { fault: SealedFault } {
  const index = indexOf(opened, key)
  if (!index) return { fault: 'wrongKey' }
  try {
    const source = chunks(opened, key)
    let held = new Uint8Array()
    for (const entry of index.entries) {
      const hash = createHash('sha256')
      const sink = sinkOf(entry)
      let left = entry.bytes
      try {
        while (left > 0) {
          if (held.length === 0) held = Uint8Array.from(next(source))
          const piece = held.subarray(0, left)
          held = held.subarray(piece.length)
          left -= piece.length
          hash.update(piece)
          sink.write(piece)
        }
      } finally {
        sink.end()
      }
      if (hash.digest('hex') !== entry.sha256) throw new DamagedError()
    }
    if (held.length > 0 || !source.next().done) throw new DamagedError()
    return index
  } catch (error) {
    if (error instanceof DamagedError) return { fault: 'damaged' }
    throw error
  }
}

function next(source: Generator<Uint8Array>): Uint8Array {
  const { value, done } = source.next()
  if (done || value === undefined) throw new DamagedError()
  return value
}

const check = (opened: Opened, key: Uint8Array) =>
  pour(opened, key, () => ({ write: () => undefined, end: () => undefined }))

/** Opens a sealed file: into a folder, or only to see that all of it opens. */
export function unsealFile(input: WorkerTasks['unsealFile']['input']): WorkerTasks['unsealFile']['output'] {
  const { path, directory } = input
  return open(path, (opened) => {
    const key = 'key' in input.with ? input.with.key : passphraseKey(opened, input.with.passphrase)
    if (directory === null) return doneOf(check(opened, key), key, opened)
    const poured = pour(opened, key, ({ name }) => {
      const out = openSync(join(directory, plainName(name)), 'w', 0o600)
      return {
        write: (bytes) => void writeSync(out, bytes),
        end() {
          fsyncSync(out)
          closeSync(out)
        },
      }
    })
    return doneOf(poured, key, opened)
  })
}

const passphraseKey = ({ head }: Opened, passphrase: string) =>
  derivePassphrase({ passphrase, salt: head.salt, kdf: head.kdf })

const doneOf = (
  poured: Index | { fault: SealedFault },
  key: Uint8Array,
  { head }: Opened,
): WorkerTasks['unsealFile']['output'] =>
  'fault' in poured ? poured : { index: poured, key: { key, salt: head.salt, kdf: head.kdf } }

/** A name in a file that somebody else may have made never leaves the folder. */
function plainName(name: string): string {
  if (/^[a-z]+\.db$/.test(name)) return name
  throw new Error('an entry has a name that is none of ours')
}
