import { setImmediate as nextTurn } from 'node:timers/promises'

/** Rows that become text at once, and for how long, ms, before others have their turn. */
const SLICE = 1000
const BLOCK_MS = 8
/** How deep an answer has its list: `{id, ok, result: {rows}}`. */
const DEPTH = 3

/** A list of an answer whose rows are made some at a time, while it becomes text. */
export class LongList {
  readonly parts: Iterable<readonly unknown[]>

  constructor(parts: Iterable<readonly unknown[]>) {
    this.parts = parts
  }
}

/**
 * `JSON.stringify` of an answer as UTF-8: a long list in it some rows at a time, since all of it holds the thread.
 * `breathe` is waited for between them; a rejection of it ends the text.
 */
export async function jsonOf(value: unknown, breathe = nowAndThen()): Promise<string | Buffer> {
  if (!hasLongList(value, DEPTH)) return JSON.stringify(value)
  const writer = new Writer(breathe)
  await write(writer, value, DEPTH)
  return writer.end()
}

type Plain = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function hasLongList(value: unknown, depth: number): boolean {
  if (value instanceof LongList) return true
  if (Array.isArray(value)) return value.length > SLICE
  return depth > 0 && isPlain(value) && Object.values(value).some((one) => hasLongList(one, depth - 1))
}

/** Lets others have their turn where this one has been long enough. */
function nowAndThen(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < BLOCK_MS) return
    await nextTurn()
    since = performance.now()
  }
}

class Writer {
  readonly breathe: () => Promise<void>
  readonly #parts: Buffer[] = []

  constructor(breathe: () => Promise<void>) {
    this.breathe = breathe
  }

  add(text: string): void {
    this.#parts.push(Buffer.from(text))
  }

  end = (): Buffer => Buffer.concat(this.#parts)
}

async function write(to: Writer, value: unknown, depth: number): Promise<void> {
  if (!hasLongList(value, depth)) return to.add(JSON.stringify(value))
  if (value instanceof LongList) return await writeList(to, value.parts)
  if (Array.isArray(value)) return await writeList(to, slicesOf(value))
  let between = '{'
  for (const [key, one] of Object.entries(value as Plain)) {
    // what JSON leaves out of an object
    if (one === undefined || typeof one === 'function' || typeof one === 'symbol') continue
    to.add(`${between}${JSON.stringify(key)}:`)
    await write(to, one, depth - 1)
    between = ','
  }
  to.add('}')
}

function* slicesOf(list: readonly unknown[]): Generator<readonly unknown[]> {
  for (let at = 0; at < list.length; at += SLICE) yield list.slice(at, at + SLICE)
}

async function writeList(to: Writer, parts: Iterable<readonly unknown[]>): Promise<void> {
  let between = '['
  for (const part of parts) {
    if (part.length === 0) continue
    to.add(between + JSON.stringify(part).slice(1, -1))
    between = ','
    await to.breathe()
  }
  to.add(between === '[' ? '[]' : ']')
}
