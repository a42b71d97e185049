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

/** Links nodes to their parents in two passes, so that their order says nothing (C-11, C-12). */
export function buildTree(addresses: Iterable<Address>): Tree {
  const places = new Map<string, Place>()
  for (const address of addresses) places.set(address.id, { ...address, parent: null, children: [] })
  const cycles = cutCycles(places)
  const roots: Place[] = []
  const unlinked: Place[] = []
  for (const place of places.values()) {
    const parent = place.parentId === null ? undefined : places.get(place.parentId)
    if (place.parentId === null) roots.push(place)
    else if (!parent || cycles.has(place.id)) unlinked.push(place)
    else {
      place.parent = parent
      parent.children.push(place)
    }
  }
  for (const list of [roots, unlinked]) sortByName(list)
  for (const { children } of places.values()) if (children.length > 1) sortByName(children)
  return { places, roots, unlinked, cycles: [...cycles].toSorted() }
}

/** In every ring the node with the least id is cut off, whatever order the list came in. */
function cutCycles(places: ReadonlyMap<string, Place>): Set<string> {
  const cut = new Set<string>()
  const done = new Set<string>()
  for (const start of places.keys()) {
    const chain: string[] = []
    const onChain = new Set<string>()
    let id: string | null = start
    while (id !== null && !done.has(id) && !onChain.has(id)) {
      chain.push(id)
      onChain.add(id)
      id = places.get(id)?.parentId ?? null
    }
    if (id !== null && onChain.has(id)) {
      const [least] = chain.slice(chain.indexOf(id)).toSorted()
      if (least !== undefined) cut.add(least)
    }
    for (const one of chain) done.add(one)
  }
  return cut
}

/** Numbers in a name by their value: 2栋 before 10栋. */
const sortKey = (name: string) => name.replace(/\d+/g, (digits) => digits.padStart(8, '0'))

function sortByName(list: Place[]): void {
  const keys = new Map(list.map((place) => [place, sortKey(place.name)]))
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  list.sort((a, b) => order(keys.get(a) ?? '', keys.get(b) ?? '') || order(a.id, b.id))
}

/** Names from the top to this one. */
export function pathOf(place: Place): string[] {
  const path: string[] = []
  for (let at: Place | null = place; at; at = at.parent) path.push(at.name)
  return path.toReversed()
}
