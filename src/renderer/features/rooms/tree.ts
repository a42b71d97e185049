import type { RoomNode } from '#shared/contract/rooms.ts'
import { inOrder } from './order.ts'

/** Level of what money can be sent to. */
export const ROOM_LEVEL = 103

export interface TreeLine {
  readonly node: RoomNode
  /** 1 at the top, as screen readers count */
  readonly depth: number
  readonly parent: string | null
}

/** The lines in sight: children only of what is expanded, so that the closed part costs nothing. */
export function visibleLines(rows: readonly RoomNode[], expanded: ReadonlySet<string>): readonly TreeLine[] {
  const lines: TreeLine[] = []
  const add = (nodes: readonly RoomNode[], depth: number, parent: string | null) => {
    for (const node of inOrder(nodes)) {
      lines.push({ node, depth, parent })
      if (expanded.has(node.id)) add(node.children, depth + 1, node.id)
    }
  }
  add(rows, 1, null)
  return lines
}

/** The node and what stands above it, from the top. */
export function trailTo(rows: readonly RoomNode[], id: string): readonly RoomNode[] {
  for (const node of rows) {
    if (node.id === id) return [node]
    const below = trailTo(node.children, id)
    if (below.length > 0) return [node, ...below]
  }
  return []
}

export interface RoomCount {
  readonly rooms: number
  readonly inactive: number
}

/** Rooms at and below a node. */
export function countRooms(node: RoomNode): RoomCount {
  const own = node.level === ROOM_LEVEL ? 1 : 0
  let count = { rooms: own, inactive: own === 1 && !node.active ? 1 : 0 }
  for (const child of node.children) {
    const below = countRooms(child)
    count = { rooms: count.rooms + below.rooms, inactive: count.inactive + below.inactive }
  }
  return count
}
