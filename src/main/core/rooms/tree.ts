/** A node of the address list as it is stored. */
export interface Address {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  readonly level: number
  readonly active: boolean
}

export interface Place extends Address {
  /** null: at the top, or under the node for what hangs nowhere */
  parent: Place | null
  readonly children: Place[]
}

export interface Tree {
  readonly places: ReadonlyMap<string, Place>
  readonly roots: readonly Place[]
  /** what names a parent that is not there, or would hang under itself (C-12) */
  readonly unlinked: readonly Place[]
  /** of the unlinked, those whose chain of parents came back to themselves */
  readonly cycles: readonly string[]
}

/** Nodes taken in between two turns of the event loop. */
const SLICE = 4000

export function buildTree(addresses: Iterable<Address>): Tree {
  const steps = linkTree(addresses)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/**
 * Links nodes to their parents in two passes, so that their order says nothing (C-11, C-12). Yields between
 * slices: the caller may let the event loop turn.
 */
export function* linkTree(addresses: Iterable<Address>): Generator<void, Tree> {
  const places = new Map<string, Place>()
  for (const address of addresses) {
    places.set(address.id, { ...address, parent: null, children: [] })
    if (places.size % SLICE === 0) yield
  }
  const cycles = yield* cutCycles(places)
  const roots: Place[] = []
  const unlinked: Place[] = []
  let linked = 0
  for (const place of places.values()) {
    const parent = place.parentId === null ? undefined : places.get(place.parentId)
    if (place.parentId === null) roots.push(place)
    else if (!parent || cycles.has(place.id)) unlinked.push(place)
    else {
      place.parent = parent
      parent.children.push(place)
    }
    if (++linked % SLICE === 0) yield
  }
  yield* sortAll([roots, unlinked], places)
  return { places, roots, unlinked, cycles: [...cycles].toSorted() }
}

/** In every ring the node with the least id is cut off, whatever order the list came in. */
function* cutCycles(places: ReadonlyMap<string, Place>): Generator<void, Set<string>> {
  const cut = new Set<string>()
  /** on whose way up each node was met first */
  const metFrom = new Map<string, string>()
  let walked = 0
  for (const start of places.keys()) {
    const chain: string[] = []
    let id: string | null = start
    while (id !== null && !metFrom.has(id)) {
      chain.push(id)
      metFrom.set(id, start)
      id = places.get(id)?.parentId ?? null
    }
    if (id !== null && chain.length > 0 && metFrom.get(id) === start) {
      const [least] = chain.slice(chain.indexOf(id)).toSorted()
      if (least !== undefined) cut.add(least)
    }
    if (++walked % SLICE === 0) yield
  }
  return cut
}

function* sortAll(tops: readonly Place[][], places: ReadonlyMap<string, Place>): Generator<void, void> {
  const keys = new Map<string, string>()
  const keyOf = (name: string) => {
    const key = keys.get(name) ?? sortKey(name)
    keys.set(name, key)
    return key
  }
  let sorted = 0
  for (const list of tops) sortByName(list, keyOf)
  for (const { children } of places.values()) {
    if (children.length < 2) continue
    sortByName(children, keyOf)
    sorted += children.length
    if (sorted < SLICE) continue
    sorted = 0
    yield
  }
}

/** Numbers in a name by their value: 2栋 before 10栋. */
const sortKey = (name: string) => name.replace(/\d+/g, (digits) => digits.padStart(8, '0'))

function sortByName(list: Place[], keyOf: (name: string) => string): void {
  const keys = new Map(list.map((place) => [place, keyOf(place.name)]))
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  list.sort((a, b) => order(keys.get(a) ?? '', keys.get(b) ?? '') || order(a.id, b.id))
}

/** Names from the top to this one. */
export function pathOf(place: Place): string[] {
  const path: string[] = []
  for (let at: Place | null = place; at; at = at.parent) path.push(at.name)
  return path.toReversed()
}
