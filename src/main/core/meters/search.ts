import { isAscii, lineHolds, linesOf, linesWith, merge, type Lines } from '../lines.ts'
import type { Clock } from '../ports.ts'
import type { HistoryDatabase } from '../store/store.ts'

/** Meters read between two turns of the event loop while the index is built. */
const BUILD_SLICE = 4000
const FIELD = '\t'

/** Finds meters by parts of their number, device, name, place, house, user or user code. */
export interface SearchIndex {
  /** keys of the meters in which every word is found, by table number; at most `limit` where one is given */
  find(query: string, limit?: number): Promise<number[]>
  /** the catalogue changed: the next search reads it again */
  markStale(): void
}

/** Numbers and codes stand apart: ASCII is twice as fast to search. */
interface Built {
  readonly codes: Lines
  readonly words: Lines
  /** the meter of each line, by table number */
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
  const codes: string[] = []
  const words: string[] = []
  const keys: number[] = []
  let last: readonly [string, number] = ['', -1]
  for (;;) {
    const rows = page.arrays(...last) as [number, string, ...string[]][]
    for (const [id, ...texts] of rows) {
      keys.push(id)
      codes.push(lineOf(texts.filter(isAscii)))
      words.push(lineOf(texts.filter((text) => !isAscii(text))))
    }
    const end = rows.at(-1)
    if (!end || rows.length < BUILD_SLICE) break
    last = [end[1], end[0]]
    await clock.yield()
  }
  return { codes: linesOf(codes), words: linesOf(words), keys: Int32Array.from(keys) }
}

/** A text that another one holds (deviceId and name are often the number again) is kept once. */
function lineOf(texts: readonly string[]): string {
  let line = ''
  for (const text of texts) {
    if (text === '' || line.includes(text)) continue
    line += line === '' ? text : FIELD + text
  }
  return line.toLowerCase()
}

function search(built: Built, words: readonly string[], limit: number): number[] {
  const [longest = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  const holdsOthers = (line: number) =>
    others.every((word) => lineHolds(built.codes, line, word) || lineHolds(built.words, line, word))
  const most = others.length === 0 ? limit : Number.POSITIVE_INFINITY
  const codes = isAscii(longest) ? linesWith(built.codes, longest, most) : []
  const lines = merge(codes, linesWith(built.words, longest, most))
  const found: number[] = []
  for (const line of lines) {
    if (found.length >= limit) break
    if (others.length === 0 || holdsOthers(line)) found.push(built.keys[line] ?? 0)
  }
  return found
}
