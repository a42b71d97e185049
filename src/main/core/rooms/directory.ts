import type { Clock } from '../ports.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { plain } from './pinyin.ts'
import { indexRooms, ROOM_LEVEL, type RoomIndex } from './search.ts'
import { buildTree, linkTree, pathOf, type Address, type Place, type Tree } from './tree.ts'

/** All addresses in memory: the tree and what finds in it. */
export interface Directory {
  tree(): Tree
  /** places in which every word of the query is found, the best first */
  find(query: string): Promise<Place[]>
  /** every place: rooms before other levels, what is in use before what is not */
  all(): Promise<readonly Place[]>
  /** the room a text names: a whole path, an id, a meter number, or a name that only one room has */
  resolve(text: string): Promise<string | null>
  /** the addresses changed: links them anew, slice by slice; until then the old tree answers */
  renew(): Promise<void>
  /** other meters hang in the rooms */
  markNumbersStale(): void
}

interface Stored {
  readonly id: string
  readonly parent_id: string | null
  readonly name: string
  readonly level: number
  readonly active: number
}

/** Rows read between two turns of the event loop. */
const SLICE = 2000

const addressOf = ({ parent_id, active, ...row }: Stored): Address => ({
  ...row,
  parentId: parent_id,
  active: active === 1,
})

/** Takes the steps of a long work one by one, and lets the event loop turn between them. */
const turner =
  (clock: Clock) =>
  async <R>(steps: Generator<void, R>): Promise<R> => {
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
      await clock.yield()
    }
  }

/** The tree of what is stored now, read and linked in slices. */
function linker(db: HistoryDatabase, clock: Clock): () => Promise<Tree> {
  const part = db.statement<Stored>(
    'SELECT id, parent_id, name, level, active FROM room WHERE id > ? ORDER BY id LIMIT ?',
  )
  const inTurns = turner(clock)
  return async () => {
    const addresses: Address[] = []
    for (let rows = part.all('', SLICE); rows.length > 0;) {
      for (const row of rows) addresses.push(addressOf(row))
      await clock.yield()
      rows = part.all(rows.at(-1)?.id ?? '', SLICE)
    }
    return inTurns(linkTree(addresses))
  }
}

export function createDirectory(db: HistoryDatabase, clock: Clock): Directory {
  const all = db.statement<Stored>('SELECT id, parent_id, name, level, active FROM room')
  const numbers = numberReader(db, clock)
  let tree: Tree | null = null
  let version = 0
  let renewed = 0
  const current = () => (tree ??= buildTree(all.all().map(addressOf)))
  const inTurns = turner(clock)
  const link = linker(db, clock)
  const linked = async () => (tree ??= await link())
  const index = keptFor(
    () => version,
    async (): Promise<RoomIndex> => {
      const { places } = await linked()
      const found = Map.groupBy(await numbers(), (row) => row.room_id)
      await clock.yield()
      return inTurns(
        indexRooms([...places.values()], (id) => (found.get(id) ?? []).map((row) => row.table_no)),
      )
    },
  )
  const names = keptFor(
    () => version,
    async () => inTurns(namesOf((await linked()).places, await numbers())),
  )
  const stale = () => void version++
  return {
    tree: current,
    find: async (query) => (await index()).find(query),
    all: async () => (await index()).places,
    async resolve(text) {
      const trimmed = text.trim()
      const byId = (await linked()).places.get(trimmed)
      if (byId && isRoom(byId)) return byId.id
      const found = await names()
      return found.get(trimmed.toLowerCase()) ?? found.get(plain(trimmed)) ?? null
    },
    async renew() {
      const turn = ++renewed
      const anew = await link()
      // another began later and read more
      if (turn !== renewed) return
      tree = anew
      stale()
    },
    markNumbersStale: stale,
  }
}

/** Built once for what is stored now; a build that failed is not kept. */
function keptFor<R>(version: () => number, build: () => Promise<R>): () => Promise<R> {
  let kept: { readonly of: number; readonly built: Promise<R> } | null = null
  return () => {
    if (kept?.of === version()) return kept.built
    const built = build()
    const mine = { of: version(), built }
    kept = mine
    built.catch(() => {
      if (kept === mine) kept = null
    })
    return built
  }
}

interface Hanging {
  readonly room_id: string
  readonly table_no: string
}

/** All meter numbers with their rooms, read in slices. */
function numberReader(db: HistoryDatabase, clock: Clock): () => Promise<Hanging[]> {
  const part = db.statement<Hanging>(
    `SELECT room_id, table_no FROM room_meter WHERE (room_id, table_no) > (?, ?)
     ORDER BY room_id, table_no LIMIT ?`,
  )
  return async () => {
    const all: Hanging[] = []
    for (let rows = part.all('', '', SLICE); rows.length > 0;) {
      for (const row of rows) all.push(row)
      await clock.yield()
      const { room_id = '', table_no = '' } = rows.at(-1) ?? {}
      rows = part.all(room_id, table_no, SLICE)
    }
    return all
  }
}

const isRoom = ({ level, active }: Place) => active && level === ROOM_LEVEL

/** What names exactly one room; null where it names several. Yields between slices. */
function* namesOf(
  places: ReadonlyMap<string, Place>,
  meters: readonly Hanging[],
): Generator<void, ReadonlyMap<string, string | null>> {
  let taken = 0
  const names = new Map<string, string | null>()
  // names repeat: a thousand floors have a room 101
  const known = new Map<string, string>()
  const spelt = (name: string) => {
    const found = known.get(name) ?? plain(name)
    known.set(name, found)
    return found
  }
  const add = (name: string, id: string) => {
    if (name !== '') names.set(name, (names.get(name) ?? id) === id && names.get(name) !== null ? id : null)
  }
  for (const place of places.values()) {
    if (++taken % SLICE === 0) yield
    if (!isRoom(place)) continue
    for (const name of new Set([spelt(place.name), pathOf(place).map(spelt).join('')])) add(name, place.id)
  }
  for (const { room_id, table_no } of meters) {
    if (++taken % SLICE === 0) yield
    const place = places.get(room_id)
    if (place && isRoom(place)) add(table_no.toLowerCase(), room_id)
  }
  return names
}
