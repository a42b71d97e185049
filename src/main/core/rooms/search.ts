import { linesOf, linesWith, linesWithin, type Lines } from '../lines.ts'
import { initialsOf, plain } from './pinyin.ts'
import type { Place } from './tree.ts'

/** Level of a room; only to these can money be sent (C-11, C-52). */
export const ROOM_LEVEL = 103

/** Places taken in between two turns of the event loop. */
const SLICE = 4000

/** How well a place fits a word; 0: not at all. */
const ABBREVIATED = 1
const HELD = 2
const PREFIX = 3
const EXACT = 4

/** With so many hits nobody looks for what a word may be short for. */
const ENOUGH = 20
/** Longer words are no abbreviation of a path. */
const LONGEST_SPLIT = 24

/** A name as it is typed: without marks, and as pinyin initials. */
type Spelt = readonly [plain: string, initials: string]

/** Places that follow each other, the last one not among them. */
interface Run {
  readonly from: number
  to: number
}

/** Places under one parent: what stands above them is looked at once for all. */
interface Group {
  /** names above, joined */
  readonly above: Spelt
  readonly segments: readonly Spelt[]
  /** one for each rank */
  readonly members: Run[]
}

interface Index {
  readonly places: readonly Place[]
  /** own name of each place */
  readonly names: readonly Spelt[]
  /** names repeat: a thousand floors have a room 101 */
  readonly named: ReadonlyMap<Spelt, readonly number[]>
  readonly groups: readonly Group[]
  /** meter numbers and ids, a line for each place */
  readonly codes: Lines
}

export interface RoomIndex {
  /** rooms before other levels, what is in use before what is not */
  readonly places: readonly Place[]
  /** places in which every word is found, the best first */
  find(query: string): Place[]
}

/** Yields between slices: the caller lets the event loop turn. */
export function* indexRooms(
  places: readonly Place[],
  numbersOf: (id: string) => readonly string[],
): Generator<void, RoomIndex> {
  const ranks = Map.groupBy(places, rankOf)
  const sorted: Place[] = []
  for (const rank of [0, 1, 2, 3]) {
    yield
    // what hangs under one parent is found as one
    for (const siblings of Map.groupBy(ranks.get(rank) ?? [], parentOf).values())
      for (const place of siblings) sorted.push(place)
  }
  const spelt = speller()
  const groups = new Map<Place | null, Group>()
  const names: Spelt[] = []
  const named = new Map<Spelt, number[]>()
  const codes: string[] = []
  for (const [i, place] of sorted.entries()) {
    const name = spelt(place.name)
    names.push(name)
    listIn(named, name).push(i)
    const group = groups.get(place.parent) ?? groupUnder(place.parent, spelt)
    groups.set(place.parent, group)
    takeIn(group.members, i)
    codes.push([...numbersOf(place.id), place.id].map(plain).join('\t'))
    if (i % SLICE === SLICE - 1) yield
  }
  const index = { places: sorted, names, named, groups: [...groups.values()], codes: linesOf(codes) }
  return { places: sorted, find: (query) => search(index, query) }
}

/** Rooms before other levels, what is in use before what is not. */
const rankOf = ({ level, active }: Place) => (active ? 0 : 2) + (level === ROOM_LEVEL ? 0 : 1)

const parentOf = ({ parent }: Place) => parent

function takeIn(runs: Run[], i: number): void {
  const last = runs.at(-1)
  if (last?.to === i) last.to = i + 1
  else runs.push({ from: i, to: i + 1 })
}

function listIn<K>(lists: Map<K, number[]>, key: K): number[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function speller(): (name: string) => Spelt {
  const known = new Map<string, Spelt>()
  return (name) => {
    const found = known.get(name) ?? ([plain(name), initialsOf(name)] as const)
    known.set(name, found)
    return found
  }
}

function groupUnder(parent: Place | null, spelt: (name: string) => Spelt): Group {
  const segments: Spelt[] = []
  for (let at = parent; at; at = at.parent) segments.unshift(spelt(at.name))
  const joined = (which: 0 | 1) => segments.map((one) => one[which]).join('')
  return { above: [joined(0), joined(1)], segments, members: [] }
}

function search(index: Index, query: string): Place[] {
  const words = query.split(/\s+/).map(plainWord).filter(Boolean)
  const last = words.at(-1)
  if (last === undefined) return []
  let fits = new Uint8Array()
  let within: Uint8Array<ArrayBuffer> | undefined
  // names first: numbers are then looked for among what is left
  for (const word of words.toSorted((a, b) => Number(mayBeCode(a)) - Number(mayBeCode(b)))) {
    const found = fitsOf(index, word, words.length === 1, within)
    // what fits every word fits as well as it fits the last: that is most often the room
    if (word === last) fits = found
    within = within ? narrow(within, found) : found
  }
  if (within) narrow(fits, within)
  const [best = [], ...rest] = [EXACT, PREFIX, HELD, ABBREVIATED].map((fit) =>
    placesOf(index.places, fits, fit),
  )
  return best.concat(...rest)
}

/** Numbers and ids hold digits: letters alone are a name. */
const mayBeCode = (word: string) => /\d/.test(word)

/** Takes out what is not among the others. */
function narrow<F extends Uint8Array>(fits: F, others: Uint8Array): F {
  for (let i = 0; i < fits.length; i++) if (others[i] === 0) fits[i] = 0
  return fits
}

/** Places after a hit that are looked at one by one before the rest of them is. */
const NEAR = 64

/**
 * The places that fit so well, in their order: run by run, since what is under one parent is most often found as a
 * whole. A call of indexOf for each of ten thousand hits takes longer than all the rest.
 */
function placesOf(places: readonly Place[], fits: Uint8Array, fit: number): Place[] {
  let found: Place[] = []
  for (let from = fits.indexOf(fit); from >= 0;) {
    let to = from + 1
    while (fits[to] === fit) to++
    if (to - from > NEAR) found = found.concat(places.slice(from, to))
    else for (let i = from; i < to; i++) found.push(places[i] as Place)
    const far = Math.min(to + NEAR, fits.length)
    while (to < far && fits[to] !== fit) to++
    from = to < far ? to : fits.indexOf(fit, far)
  }
  return found
}

const plainWord = (word: string) => plain(word) || word.toLowerCase()

/** How well each place fits one word; of numbers only those `within`. */
function fitsOf(
  index: Index,
  word: string,
  alone: boolean,
  within: Uint8Array | undefined,
): Uint8Array<ArrayBuffer> {
  const fits = new Uint8Array(index.places.length)
  // the least first: what fits better is written over it
  for (const group of index.groups) markUnder(index, group, word, fits)
  const mark = (i: number, fit: number) => {
    const before = fits[i]
    if (before === undefined || before < fit) fits[i] = fit
  }
  for (const [name, members] of index.named) {
    const fit = Math.max(fitOf(name[0], word), fitOf(name[1], word))
    if (fit > 0) for (const i of members) mark(i, fit)
  }
  const coded = mayBeCode(word) ? codedWith(index.codes, word, within) : []
  for (const i of coded) mark(i, coded.length === 1 ? EXACT : HELD)
  if (alone && isFew(fits)) markAbbreviated(index, word, mark)
  return fits
}

/** With more runs than these the whole is looked through: each costs a string of its own. */
const MOST_RUNS = 50

function codedWith(codes: Lines, word: string, within: Uint8Array | undefined): number[] {
  if (!within) return linesWith(codes, word)
  const runs: Run[] = []
  for (let i = 0; i < within.length && runs.length <= MOST_RUNS; i++) if (within[i] !== 0) takeIn(runs, i)
  if (runs.length > MOST_RUNS) return linesWith(codes, word)
  return runs.flatMap(({ from, to }) => linesWithin(codes, word, from, to))
}

function fitOf(name: string, word: string): number {
  const at = name.indexOf(word)
  if (at < 0) return 0
  if (at > 0) return HELD
  return name.length === word.length ? EXACT : PREFIX
}

function isFew(fits: Uint8Array): boolean {
  let hits = 0
  for (let fit = HELD; fit <= EXACT; fit++)
    for (let i = fits.indexOf(fit); i >= 0 && hits < ENOUGH; i = fits.indexOf(fit, i + 1)) hits++
  return hits < ENOUGH
}

/** A word that stands in the names above, or begins there and goes on in the own name. */
function markUnder({ names }: Index, { above, members }: Group, word: string, fits: Uint8Array): void {
  if (above[0].includes(word) || above[1].includes(word)) {
    for (const { from, to } of members) fits.fill(HELD, from, to)
    return
  }
  for (const which of [0, 1] as const) {
    const text = above[which]
    const end = text.at(-1)
    if (end === undefined) continue
    for (let cut = word.indexOf(end) + 1; cut > 0 && cut < word.length; cut = word.indexOf(end, cut) + 1) {
      if (!text.endsWith(word.slice(0, cut))) continue
      const rest = word.slice(cut)
      for (const { from, to } of members)
        for (let i = from; i < to; i++) if (names[i]?.[which].startsWith(rest)) fits[i] = HELD
    }
  }
}

/** `东A102`, `dza102`: the beginning of an area and that of a room, whatever stands between them. */
function markAbbreviated(
  { names, groups }: Index,
  word: string,
  mark: (i: number, fit: number) => void,
): void {
  if (word.length > LONGEST_SPLIT) return
  for (let cut = 1; cut < word.length; cut++) {
    const first = word.slice(0, cut)
    const rest = word.slice(cut)
    for (const { segments, members } of groups) {
      if (!segments.some(([name, initials]) => name.startsWith(first) || initials.startsWith(first))) continue
      for (const { from, to } of members)
        for (let i = from; i < to; i++) {
          const name = names[i]
          if (name && (name[0].startsWith(rest) || name[1].startsWith(rest))) mark(i, ABBREVIATED)
        }
    }
  }
}
