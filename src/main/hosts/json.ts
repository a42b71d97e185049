import { setImmediate as nextTurn } from 'node:timers/promises'

/** Rows that become text at once, and for how long, ms, before others have their turn. */
const SLICE = 1000
const BLOCK_MS = 8
/** How deep an answer has its list: `{id, ok, result: {rows}}`. */
const DEPTH = 3

/** `JSON.stringify` of an answer as UTF-8: a long list in it some rows at a time, since all of it holds the thread. */
export async function jsonOf(value: unknown): Promise<string | Buffer> {
  if (!hasLongList(value, DEPTH)) return JSON.stringify(value)
  const writer = new Writer()
  await write(writer, value, DEPTH)
  return writer.end()
}

type Plain = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function hasLongList(value: unknown, depth: number): boolean {
  if (Array.isArray(value)) return value.length > SLICE
  return depth > 0 && isPlain(value) && Object.values(value).some((one) => hasLongList(one, depth - 1))
}

class Writer {
  readonly #parts: Buffer[] = []
  #since = performance.now()

  add(text: string): void {
    this.#parts.push(Buffer.from(text))
  }

  async breathe(): Promise<void> {
    if (performance.now() - this.#since < BLOCK_MS) return
    await nextTurn()
    this.#since = performance.now()
  }

  end = (): Buffer => Buffer.concat(this.#parts)
}

async function write(to: Writer, value: unknown, depth: number): Promise<void> {
  if (!hasLongList(value, depth)) return to.add(JSON.stringify(value))
  if (Array.isArray(value)) return await writeList(to, value)
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

async function writeList(to: Writer, list: readonly unknown[]): Promise<void> {
  for (let at = 0; at < list.length; at += SLICE) {
    to.add((at === 0 ? '[' : ',') + JSON.stringify(list.slice(at, at + SLICE)).slice(1, -1))
    await to.breathe()
  }
  to.add(']')
}
