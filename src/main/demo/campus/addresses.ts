/** One node of the address tree as the platform sends it. */
export interface WireAddress {
  readonly addrId: string
  readonly addrName: string
  /** 0 for the root, a number; a string below (C-09) */
  readonly supaddrId: 0 | string
  readonly addLevel: 101 | 102 | 103
}

/** A leaf has no `children` at all (CE-3). */
export interface WireTree extends WireAddress {
  children?: WireTree[]
}

export type Level = WireAddress['addLevel']

/** Hands out ids as the platform does: `1-…` areas, `2-…` buildings and floors, `H-…` rooms. */
export class AddressBook {
  readonly list: WireAddress[] = []
  readonly #byPath = new Map<string, WireAddress>()
  readonly #last = { 101: 0, 102: 0, 103: 0 }

  /** The node of this name below `parent`, made when it is not there yet. */
  place(parent: WireAddress | null, level: Level, addrName: string): WireAddress {
    const path = `${parent?.addrId ?? ''}/${addrName}`
    const known = this.#byPath.get(path)
    if (known) return known
    const addrId = `${PREFIX[level]}-${++this.#last[level]}`
    const node = { addrId, addrName, supaddrId: parent?.addrId ?? (0 as const), addLevel: level }
    this.#byPath.set(path, node)
    this.list.push(node)
    return node
  }
}
const PREFIX = { 101: '1', 102: '2', 103: 'H' } as const

/** Nests a list of whatever order; what hangs on nothing or on itself is left out. */
export function nest(list: readonly WireAddress[]): WireTree[] {
  const nodes = new Map<string, WireTree>(list.map((node) => [node.addrId, { ...node }]))
  const roots: WireTree[] = []
  for (const node of nodes.values()) {
    const parent = node.supaddrId === 0 ? undefined : nodes.get(node.supaddrId)
    if (parent) (parent.children ??= []).push(node)
    else if (node.supaddrId === 0) roots.push(node)
  }
  return roots
}

/** The fault `oddTree`: children before parents, a room below nothing, two buildings below each other (C-12). */
export function oddList(list: readonly WireAddress[]): WireAddress[] {
  return [
    ...list.toReversed(),
    { addrId: 'H-900001', addrName: '无主房间', supaddrId: '2-900000', addLevel: 103 },
    { addrId: '2-900002', addrName: '环形甲', supaddrId: '2-900003', addLevel: 102 },
    { addrId: '2-900003', addrName: '环形乙', supaddrId: '2-900002', addLevel: 102 },
  ]
}
