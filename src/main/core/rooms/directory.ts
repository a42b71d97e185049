import type { Clock } from '../ports.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { plain } from './pinyin.ts'
import { indexRooms, ROOM_LEVEL, type RoomIndex } from './search.ts'
import { buildTree, pathOf, type Address, type Place, type Tree } from './tree.ts'

/** All addresses in memory: the tree and what finds in it. */
export interface Directory {
  tree(): Tree
  /** places in which every word of the query is found, the best first */
  find(query: string): Promise<Place[]>
  /** the room a text names: a whole path, an id, a meter number, or a name that only one room has */
  resolve(text: string): string | null
  /** the addresses changed */
  markStale(): void
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

const addressOf = ({ parent_id, active, ...row }: Stored): Address => ({
  ...row,
  parentId: parent_id,
  active: active === 1,
})

export function createDirectory(db: HistoryDatabase, clock: Clock): Directory {
  const all = db.statement<Stored>('SELECT id, parent_id, name, level, active FROM room')
  const meters = db.statement<{ room_id: string; table_no: string }>(
    'SELECT room_id, table_no FROM room_meter',
  )
  let tree: Tree | null = null
  let names: ReadonlyMap<string, string | null> | null = null
  let version = 0
  let index: { readonly of: number; readonly built: Promise<RoomIndex> } | null = null
  const current = () => (tree ??= buildTree(all.all().map(addressOf)))
  const numbers = () => Map.groupBy(meters.all(), (row) => row.room_id)
  const build = async () => {
    const found = numbers()
    const steps = indexRooms([...current().places.values()], (id) =>
      (found.get(id) ?? []).map((row) => row.table_no),
    )
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
      await clock.yield()
    }
  }
  const stale = () => {
    version++
    names = null
  }
  return {
    tree: current,
    async find(query) {
      if (index?.of !== version) index = { of: version, built: build() }
      return (await index.built).find(query)
    },
    resolve(text) {
      const { places } = current()
      const trimmed = text.trim()
      const byId = places.get(trimmed)
      if (byId && isRoom(byId)) return byId.id
      names ??= namesOf(places, meters.all())
      return names.get(trimmed.toLowerCase()) ?? names.get(plain(trimmed)) ?? null
    },
    markStale() {
      tree = null
      stale()
    },
    markNumbersStale: stale,
  }
}

const isRoom = ({ level, active }: Place) => active && level === ROOM_LEVEL

/** What names exactly one room; null where it names several. */
function namesOf(
  places: ReadonlyMap<string, Place>,
  meters: readonly { room_id: string; table_no: string }[],
): ReadonlyMap<string, string | null> {
  const names = new Map<string, string | null>()
  const add = (name: string, id: string) => {
    if (name !== '') names.set(name, (names.get(name) ?? id) === id && names.get(name) !== null ? id : null)
  }
  for (const place of places.values()) {
    if (!isRoom(place)) continue
    for (const name of new Set([plain(place.name), plain(pathOf(place).join(''))])) add(name, place.id)
  }
  for (const { room_id, table_no } of meters) {
    const place = places.get(room_id)
    if (place && isRoom(place)) add(table_no.toLowerCase(), room_id)
  }
  return names
}
