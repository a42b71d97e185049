import { isAscii, lineHolds, linesOf, linesWith, merge, type Lines } from '../lines.ts'
import { initialsOf, plain } from './pinyin.ts'
import { pathOf, type Place } from './tree.ts'

/** Level of a room; only to these can money be sent (C-11, C-52). */
export const ROOM_LEVEL = 103

/** Before and after each name, so that a beginning and a whole name are found like any other part. */
const EDGE = '\t'
/** Lines made between two turns of the event loop. */
const SLICE = 4000

interface Index {
  /** ASCII: names, pinyin initials, meter numbers, ids */
  readonly codes: Lines
  /** names with other characters */
  readonly words: Lines
  readonly places: readonly Place[]
}

export interface RoomIndex {
  /** places in which every word is found, the best first */
  find(query: string): Place[]
}

/** Yields between slices: the caller lets the event loop turn. */
export function* indexRooms(
  places: readonly Place[],
  numbersOf: (id: string) => readonly string[],
): Generator<void, RoomIndex> {
  const sorted = places.toSorted((a, b) => rankOf(a) - rankOf(b))
  const codes: string[] = []
  const words: string[] = []
  const spelt = speller()
  for (const [i, place] of sorted.entries()) {
    const { codes: code, words: word } = textsOf(place, spelt, numbersOf(place.id))
    codes.push(code)
    words.push(word)
    if (i % SLICE === SLICE - 1) yield
  }
  const index: Index = { codes: linesOf(codes), words: linesOf(words), places: sorted }
  return { find: (query) => search(index, query) }
}

/** Rooms before other levels, what is in use before what is not. */
const rankOf = ({ level, active }: Place) => (active ? 0 : 2) + (level === ROOM_LEVEL ? 0 : 1)

interface Spelt {
  readonly plain: string
  readonly initials: string
}

/** Names repeat: a thousand floors have a room 101. */
function speller(): (name: string) => Spelt {
  const known = new Map<string, Spelt>()
  return (name) => {
    const found = known.get(name) ?? { plain: plain(name), initials: initialsOf(name) }
    known.set(name, found)
    return found
  }
}

function textsOf(place: Place, spelt: (name: string) => Spelt, numbers: readonly string[]) {
  const path = pathOf(place).map(spelt)
  const initials = path.map((one) => one.initials)
  const names = path.map((one) => one.plain)
  const edged = (parts: readonly string[]) => EDGE + parts.join(EDGE) + EDGE
  const more = [...numbers, place.id].map((text) => text.toLowerCase())
  const initialed = initials.length > 1 ? initials.join('') : ''
  const joined = names.length > 1 ? names.join('') : ''
  const foreign = names.some((name) => !isAscii(name))
  return {
    codes: initialed + edged([...initials, ...more]),
    words: foreign ? joined + edged(names) : '',
  }
}

function search(index: Index, query: string): Place[] {
  const words = query.split(/\s+/).map(plainWord).filter(Boolean)
  if (words.length === 0) return []
  const whole = linesOfAll(index, words)
  const [only = ''] = words
  const lines = whole.length === 0 && words.length === 1 ? linesOfParts(index, only) : whole
  return ordered(index, lines, words.at(-1) ?? '')
    .map((line) => index.places[line])
    .filter((one) => !!one)
}

/** Codes such as H-47 are kept as they are, everything else without its marks. */
const plainWord = (word: string) => plain(word) || word.toLowerCase()

const anyLines = ({ codes, words }: Index, text: string): readonly number[] =>
  merge(isAscii(text) ? linesWith(codes, text) : [], linesWith(words, text))

function linesOfAll(index: Index, words: readonly string[]): readonly number[] {
  const [longest = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  const holds = (line: number) =>
    others.every((word) => lineHolds(index.codes, line, word) || lineHolds(index.words, line, word))
  const lines = anyLines(index, longest)
  return others.length === 0 ? lines : lines.filter(holds)
}

/** Longer words are no abbreviation of a path. */
const LONGEST_SPLIT = 24

/**
 * `东A102`, `dza102`: the beginning of an area and that of a room, whatever stands between them. Tried only
 * where nothing holds the word as it is.
 */
function linesOfParts(index: Index, word: string): readonly number[] {
  if (word.length > LONGEST_SPLIT) return []
  let found: readonly number[] = []
  for (let cut = 1; cut < word.length; cut++) {
    const above = EDGE + word.slice(0, cut)
    const below = EDGE + word.slice(cut)
    const lines = anyLines(index, below)
    const fits = (line: number) =>
      inOrder(index.codes, line, above, below) || inOrder(index.words, line, above, below)
    found = merge(found, lines.filter(fits))
  }
  return found
}

function inOrder({ text, starts }: Lines, line: number, first: string, second: string): boolean {
  const own = text.slice(starts[line], starts[line + 1])
  const at = own.indexOf(first)
  return at >= 0 && own.indexOf(second, at + first.length) >= 0
}

/** Whole names first, then beginnings, then the rest; within each as the index stands. */
function ordered(index: Index, lines: readonly number[], word: string): readonly number[] {
  const exact = new Set(anyLines(index, EDGE + word + EDGE))
  const prefix = new Set(anyLines(index, EDGE + word))
  if (prefix.size === 0) return lines
  const ofRank = (rank: number) => (line: number) => rank === (exact.has(line) ? 0 : prefix.has(line) ? 1 : 2)
  return [0, 1, 2].flatMap((rank) => lines.filter(ofRank(rank)))
}
