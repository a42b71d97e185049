import type { Clock } from '../ports.ts'
import type { HistoryDatabase } from '../store/store.ts'

/** Meters read between two turns of the event loop while the index is built. */
const BUILD_SLICE = 4000
const LINE = '\n'
const FIELD = '\t'

/** Finds meters by parts of their number, device, name, place, house, user or user code. */
export interface SearchIndex {
  /** keys of the meters in which every word is found, by table number; at most `limit` where one is given */
  find(query: string, limit?: number): Promise<number[]>
  /** the catalogue changed: the next search reads it again */
  markStale(): void
}

/** All texts in one lower-cased string, one line a meter: faster than any index of a few characters. */
interface Built {
  readonly text: string
  /** where each meter's line begins, and the end of the text */
  readonly starts: Int32Array
  readonly keys: Int32Array
}

export function createSearchIndex(db: HistoryDatabase, clock: Clock): SearchIndex {
  let built: Built | null = null
  let building: Promise<Built> | null = null
  let version = 0
  let builtVersion = -1
  const rebuild = async () => {
    const building = version
    built = await build(db, clock)
    builtVersion = building
    return built
  }
  const current = (): Built | Promise<Built> => {
    if (built && builtVersion === version) return built
    building ??= rebuild().finally(() => void (building = null))
    return building
  }
  return {
    async find(query, limit = Number.POSITIVE_INFINITY) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean)
      if (words.length === 0) return []
      return search(await current(), words, limit)
    },
    markStale: () => void version++,
  }
}

async function build(db: HistoryDatabase, clock: Clock): Promise<Built> {
  const page = db.statement(
    `SELECT id, table_no, device_id, name, place, house, user_name, user_code FROM meter
     WHERE (table_no, id) > (?, ?) ORDER BY table_no, id LIMIT ${BUILD_SLICE}`,
  )
  const lines: string[] = []
  const keys: number[] = []
  let last: readonly [string, number] = ['', -1]
  for (;;) {
    const rows = page.arrays(...last) as [number, string, ...string[]][]
    for (const [id, ...texts] of rows) {
      keys.push(id)
      lines.push(lineOf(texts))
    }
    const end = rows.at(-1)
    if (!end || rows.length < BUILD_SLICE) break
    last = [end[1], end[0]]
    await clock.yield()
  }
  return { text: lines.join(LINE) + LINE, starts: startsOf(lines), keys: Int32Array.from(keys) }
}

/** A text that another one holds (deviceId and name are often the number again) is kept once. */
function lineOf(texts: readonly string[]): string {
  let line = ''
  for (const text of texts) {
    if (text === '' || line.includes(text)) continue
    line += line === '' ? text : FIELD + text
  }
  return line.toLowerCase().replaceAll(LINE, ' ')
}

function startsOf(lines: readonly string[]): Int32Array {
  const starts = new Int32Array(lines.length + 1)
  for (let i = 0; i < lines.length; i++) starts[i + 1] = (starts[i] ?? 0) + (lines[i]?.length ?? 0) + 1
  return starts
}

function search({ text, starts, keys }: Built, words: readonly string[], limit: number): number[] {
  const [longest = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  const found: number[] = []
  let line = 0
  let at = text.indexOf(longest)
  while (at >= 0 && found.length < limit) {
    line = lineAt(starts, at, line)
    const end = starts[line + 1] ?? text.length
    if (others.length === 0 || holdsAll(text.slice(starts[line], end), others)) found.push(keys[line] ?? 0)
    at = text.indexOf(longest, end)
  }
  return found
}

const holdsAll = (line: string, words: readonly string[]) => words.every((word) => line.includes(word))

/** The line that holds a position; positions only grow, and the next hit is often near. */
function lineAt(starts: Int32Array, position: number, from: number): number {
  let low = from
  let step = 1
  while (low + step < starts.length && (starts[low + step] ?? 0) <= position) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, starts.length - 1)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle
  }
  return low
}
