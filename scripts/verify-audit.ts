/**
 * Proves a chain that `audit.chain` exported: npm run verify-audit -- FILE [FILE …] [--head HASH]
 *
 * This file stands alone: it needs Node and nothing else, neither the program nor its database, and was written apart
 * from what it checks. Several files are one chain, each going on where the one before ends.
 *
 * Exit code 0: every row of the span is there, unchanged and in order. 1: it is not; the first row that does not fit
 * and how. 2: the call or a file cannot be read.
 *
 * What it cannot prove: that nobody computed the whole file anew, or left out rows after its last one and wrote new
 * anchors. Against that stands a hash that was kept elsewhere (on paper, in a mail): `--head HASH` asks that a row
 * with this hash is in the chain, so that all rows up to it are those of that day.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const FORMAT = 'sitedesk-audit-chain/1'
const NO_HASH = '0'.repeat(64)
const FIELDS = ['id', 'at', 'operator', 'door', 'operation', 'target', 'outcome', 'before', 'after'] as const
const ROW_KEYS: ReadonlySet<string> = new Set([...FIELDS, 'place', 'hash'])

export interface Proof {
  readonly ok: boolean
  /** rows that fit */
  readonly rows: number
  readonly first: number | null
  readonly last: number | null
  readonly lastHash: string
  /** one sentence: what does not fit, and where */
  readonly fault: string | null
}

type Json = Record<string, unknown>

class Fault extends Error {}

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

/** One line, exactly as it was written: a changed blank is a change. */
function parse(line: string, number: number): Json {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Fault(`line ${number} is no JSON`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Fault(`line ${number} is no row`)
  if (JSON.stringify(value) !== line) throw new Fault(`line ${number} is not as it was written`)
  return value as Json
}

interface Anchors {
  readonly first: number
  readonly last: number
  readonly count: number
  readonly previousHash: string
  readonly lastHash: string
}

function readHead(line: Json): Anchors {
  const { format, first, last, count, previousHash, lastHash } = line
  if (format !== FORMAT) throw new Fault(`the first line does not say ${FORMAT}`)
  const numbers = [first, last, count].every((value) => Number.isInteger(value))
  if (!numbers || !isHash(previousHash) || !isHash(lastHash))
    throw new Fault('the first line lacks an anchor (first, last, count, previousHash, lastHash)')
  const anchors = line as unknown as Anchors
  if (anchors.last - anchors.first + 1 !== anchors.count || anchors.count < 1)
    throw new Fault('the anchors of the first line contradict each other')
  return anchors
}

/** Walks the lines of one file; `known` is the row that the file before it ended with. */
class Walk {
  readonly #known: { id: number; hash: string } | null
  #anchors: Anchors | null = null
  #ended = false
  #number = 0
  id = 0
  hash = ''
  rows = 0
  readonly hashes = new Set<string>()

  constructor(known: { id: number; hash: string } | null) {
    this.#known = known
  }

  line(text: string): void {
    this.#number++
    const value = parse(text, this.#number)
    if (this.#anchors === null) this.#begin(readHead(value))
    else if (this.#ended) throw new Fault(`line ${this.#number} stands after the end`)
    else if ('end' in value) this.#end(value, this.#anchors)
    else this.#row(value, this.#anchors)
  }

  #begin(anchors: Anchors): void {
    const known = this.#known
    if (known && (anchors.first !== known.id + 1 || anchors.previousHash !== known.hash))
      throw new Fault(`row ${anchors.first}: the file does not go on after row ${known.id} of the one before`)
    if (anchors.first === 1 && anchors.previousHash !== NO_HASH)
      throw new Fault('row 1: something is said to stand before it')
    this.#anchors = anchors
    this.id = anchors.first - 1
    this.hash = anchors.previousHash
  }

  #row(row: Json, { first, last, lastHash }: Anchors): void {
    const wanted = this.id + 1
    const keys = Object.keys(row)
    if (keys.length !== ROW_KEYS.size || keys.some((key) => !ROW_KEYS.has(key)))
      throw new Fault(`row ${wanted}: its fields are not those of an audit row`)
    const id = row['id'] as number
    if (id !== wanted) throw new Fault(misplaced(id, wanted, first))
    if (id > last) throw new Fault(`row ${id}: the first line says that the chain ends with row ${last}`)
    if (hashOf(row, this.hash) !== row['hash'])
      throw new Fault(`row ${id} was changed, or does not follow the row before it`)
    if (id === last && row['hash'] !== lastHash)
      throw new Fault(`row ${id}: the first line names another hash for the last row`)
    this.id = id
    this.hash = row['hash']
    this.rows++
    this.hashes.add(this.hash)
  }

  #end({ end, count, last, lastHash }: Json, anchors: Anchors): void {
    if (end !== FORMAT) throw new Fault(`the last line does not say ${FORMAT}`)
    if (count !== anchors.count || last !== anchors.last || lastHash !== anchors.lastHash)
      throw new Fault('the anchors of the first and the last line differ')
    this.#ended = true
  }

  finish(): void {
    if (this.#anchors === null) throw new Fault('the file is empty')
    const { last, count } = this.#anchors
    if (this.id !== last) throw new Fault(`row ${this.id + 1} is missing: the chain ends with row ${last}`)
    if (!this.#ended) throw new Fault(`the last line is missing: ${count} rows are there, the end is not`)
  }
}

const misplaced = (id: number, wanted: number, first: number) =>
  id < wanted && id >= first
    ? `row ${id} stands where row ${wanted} should: out of order or twice`
    : `row ${wanted} is missing: row ${id} stands in its place`

/** As the program hashes: the hash before it, a line break, the values as JSON in this order. */
function hashOf(row: Json, previous: string): string {
  const values = FIELDS.map((field) => row[field])
  const all = row['place'] === null ? values : [...values, row['place']]
  return createHash('sha256')
    .update(`${previous}\n${JSON.stringify(all)}`, 'utf8')
    .digest('hex')
}

type Lines = AsyncIterable<string> | Iterable<string>

/** Files in the order of their rows; `head`: a hash that was kept elsewhere. */
export async function proveChain(files: readonly Lines[], head?: string): Promise<Proof> {
  let known: { id: number; hash: string } | null = null
  let first: number | null = null
  let rows = 0
  let found = false
  try {
    for (const lines of files) {
      const walk: Walk = new Walk(known)
      try {
        for await (const line of lines) walk.line(line)
        walk.finish()
      } finally {
        rows += walk.rows
      }
      first ??= walk.id - walk.rows + 1
      known = { id: walk.id, hash: walk.hash }
      found ||= head !== undefined && walk.hashes.has(head)
    }
    if (head !== undefined && !found)
      throw new Fault(`no row has the hash ${head}: these are not the rows of that day`)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { message: fault } = error
    return { ok: false, rows, first, last: known?.id ?? null, lastHash: known?.hash ?? '', fault }
  }
  return { ok: true, rows, first, last: known?.id ?? null, lastHash: known?.hash ?? '', fault: null }
}

const USAGE = 'usage: npm run verify-audit -- FILE [FILE …] [--head HASH]\n'

async function main(given: readonly string[]): Promise<number> {
  const at = given.indexOf('--head')
  const head = at < 0 ? undefined : given[at + 1]
  const files = given.filter((_, i) => at < 0 || (i !== at && i !== at + 1))
  const wrong =
    files.length === 0 || files.some((file) => file.startsWith('--')) || (at >= 0 && !isHash(head))
  if (wrong) {
    process.stderr.write(USAGE)
    return 2
  }
  try {
    const open = (file: string) =>
      createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
    const proof = await proveChain(files.map(open), head)
    if (proof.ok)
      process.stdout.write(
        `whole: rows ${proof.first}–${proof.last} (${proof.rows}), last hash ${proof.lastHash}\n`,
      )
    else process.stdout.write(`broken: ${proof.fault} (${proof.rows} rows before it fit)\n`)
    return proof.ok ? 0 : 1
  } catch (error) {
    process.stderr.write(`cannot be read: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
