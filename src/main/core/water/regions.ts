import type { WaterRegionNode } from '#shared/contract/water.ts'
import type { AreaHandlers } from '../context.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { Freshness } from './freshness.ts'

interface Stored {
  readonly id: string
  readonly parent_id: string | null
  readonly name: string
  readonly active: number
}

/** The tree as the vendor orders it; a node whose parent is gone stands at the top. */
export function createRegions(
  db: HistoryDatabase,
  state: Freshness,
): Pick<AreaHandlers<'water'>, 'water.regions'> {
  const regions = db.statement<Stored>(
    'SELECT id, parent_id, name, active FROM water_region ORDER BY ordinal, id',
  )
  const counts = db.statement<{ kind: string; value: string; n: number }>(
    "SELECT kind, value, count(*) AS n FROM water_member WHERE kind <> 'collector' GROUP BY kind, value",
  )
  return {
    'water.regions': () => {
      const found = new Map(counts.all().map(({ kind, value, n }) => [`${kind} ${value}`, n]))
      const stored = regions.all()
      const nodes = new Map<string, WaterRegionNode>(
        stored.map(({ id, name, active }) => [
          id,
          {
            id,
            name,
            active: active === 1,
            devices: found.get(`flows ${id}`) ?? 0,
            accounts: found.get(`costs ${id}`) ?? 0,
            children: [],
          },
        ]),
      )
      const rows: WaterRegionNode[] = []
      for (const { id, parent_id } of stored) {
        const node = nodes.get(id)
        const above = parent_id === null || parent_id === id ? undefined : nodes.get(parent_id)
        if (node) (above?.children ?? rows).push(node)
      }
      return { total: stored.length, rows, asOf: state.completeAt('water', 'regions') }
    },
  }
}

/**
 * The region of each meter, as names from the top: the deepest one whose filter returned it, of several the first
 * as the vendor orders them, so that every meter counts once.
 */
export function createRegionOf(db: HistoryDatabase): () => ReadonlyMap<string, string> {
  const regions = db.statement<Stored>(
    'SELECT id, parent_id, name, active FROM water_region ORDER BY ordinal, id',
  )
  const members = db.statement<{ value: string; code: string }>(
    "SELECT value, code FROM water_member WHERE kind = 'flows'",
  )
  return () => {
    const stored = new Map(regions.all().map((region) => [region.id, region]))
    const order = new Map([...stored.keys()].map((id, i) => [id, i]))
    const paths = new Map([...stored.keys()].map((id) => [id, pathOf(stored, id)]))
    const found = new Map<string, string>()
    const rank = (id: string) => (paths.get(id)?.length ?? 0) * stored.size - (order.get(id) ?? stored.size)
    for (const { value, code } of members.all()) {
      const known = found.get(code)
      if (stored.has(value) && (known === undefined || rank(value) > rank(known))) found.set(code, value)
    }
    return new Map([...found].map(([code, id]) => [code, (paths.get(id) ?? []).join(' / ')]))
  }
}

function pathOf(stored: ReadonlyMap<string, Stored>, id: string): string[] {
  const path: string[] = []
  // a tree that bites its tail ends where it began
  const seen = new Set<string>()
  for (let at = stored.get(id); at && !seen.has(at.id); at = stored.get(at.parent_id ?? '')) {
    seen.add(at.id)
    path.unshift(at.name)
  }
  return path
}
