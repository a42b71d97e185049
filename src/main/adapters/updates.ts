import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Agent } from 'undici'
import { FetchFailure, type Fetching, type UpdateHost } from '#core/updates/index.ts'

/** A server that says nothing for so long has gone. */
const SILENT_MS = 30_000

/** What updates need of any computer. */
export const updateTools: Pick<UpdateHost, 'verify' | 'fetchFile' | 'sha256'> = {
  verify: verifyEd25519,
  fetchFile,
  sha256,
}

/** SubjectPublicKeyInfo of Ed25519 before its 32 bytes (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

function verifyEd25519(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  const raw = Buffer.from(publicKey, 'base64')
  if (raw.length !== 32 || signature.length !== 64) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function fetchFile(fetching: Fetching): Promise<void> {
  const { from, target, size, signal } = fetching
  const here = existsSync(target) ? statSync(target).size : 0
  // one that is longer than the whole is of something else
  const start = here > size ? 0 : here
  if (start === size) return
  // a connection of its own: one that broke is never used again
  const { Agent } = await import('undici')
  const agent = new Agent({ pipelining: 0 })
  try {
    const { body, at } =
      'url' in from ? await ask(from.url, start, signal, agent) : readFrom(from.path, start)
    await write(fetching, body, at)
  } finally {
    await agent.destroy()
  }
  const got = statSync(target).size
  if (got < size) throw new FetchFailure('truncated', `${got} of ${size} bytes came`)
}

interface Coming {
  readonly body: Readable
  /** where in the file it begins */
  readonly at: number
}

function readFrom(path: string, start: number): Coming {
  if (!existsSync(path)) throw new FetchFailure('notFound', `there is no ${path}`)
  return { body: createReadStream(path, { start }), at: start }
}

async function ask(url: string, start: number, signal: AbortSignal, dispatcher: Agent): Promise<Coming> {
  const headers = start === 0 ? {} : { range: `bytes=${start}-` }
  const limits = { headersTimeout: SILENT_MS, bodyTimeout: SILENT_MS }
  const { request } = await import('undici')
  const asking = request(url, { headers, signal, dispatcher, ...limits })
  const { statusCode, body } = await asking.catch((error: unknown) => {
    throw new FetchFailure('unreachable', String(error), { cause: error })
  })
  if (statusCode === 206 && start > 0) return { body, at: start }
  if (statusCode === 200) return { body, at: 0 }
  body.destroy()
  body.on('error', () => undefined)
  if (statusCode >= 300 && statusCode < 400) throw new FetchFailure('redirect', `it answers ${statusCode}`)
  throw new FetchFailure(statusCode === 404 ? 'notFound' : 'unreachable', `it answers ${statusCode}`)
}

/** Never a byte more than was signed for, whatever the other side sends; what came before it broke is on the disk. */
async function write({ target, size, onBytes, signal }: Fetching, body: Readable, at: number): Promise<void> {
  let received = at
  const stop = () => body.destroy(new Error('stopped'))
  signal.addEventListener('abort', stop, { once: true })
  const file = await open(target, at === 0 ? 'w' : 'a', 0o600).catch((error: unknown) => {
    body.destroy()
    throw failureOf(error)
  })
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      received += chunk.length
      if (received > size) throw new FetchFailure('tooLarge', `more than ${size} bytes came`)
      await file.write(chunk)
      onBytes(received)
    }
  } catch (error) {
    throw failureOf(error)
  } finally {
    signal.removeEventListener('abort', stop)
    await file.close()
  }
}

const STORAGE = new Set(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'EIO'])

/** What came is kept: a connection that broke goes on from there. */
function failureOf(error: unknown): FetchFailure {
  if (error instanceof FetchFailure) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new FetchFailure(STORAGE.has(code) ? 'storage' : 'truncated', String(error), { cause: error })
}
