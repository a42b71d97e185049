import type { Output } from '#shared/contract/index.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { DEFAULT_SEARCH_ROWS } from '#shared/contract/search.ts'
import type { AreaHandlers, Call } from '../context.ts'
import type { Devices } from '../devices/index.ts'
import type { Meters } from '../meters/index.ts'
import { loadOperations } from '../operations.ts'
import type { Rooms } from '../rooms/index.ts'

type Hit = Output<'search.find'>['rows'][number]

/** One search over everything a site has; rooms first, and room for the others beside them. */
export function createSearch(areas: {
  readonly meters: Pick<Meters, 'handlers'>
  readonly rooms: Pick<Rooms, 'find'>
  readonly devices: Pick<Devices, 'find'>
}): { handlers: AreaHandlers<'search'> } {
  return {
    handlers: {
      'search.find': async (call, input) => {
        const { query, limit = DEFAULT_SEARCH_ROWS } = input
        const [rooms, meters] = await Promise.all([
          areas.rooms.find(query, limit),
          areas.meters.handlers['search.find'](call, input),
        ])
        const chargers =
          query.trim() !== '' && (await mayRead(call)) ? areas.devices.find(call, query, limit) : []
        return { rows: shared([rooms.map(roomHit), chargers.map(chargerHit), meters.rows], limit) }
      },
    },
  }
}

/** Who may not read the registry finds nothing of it. */
async function mayRead({ operator }: Call): Promise<boolean> {
  const { contract } = await loadOperations()
  const { access } = contract['devices.list']
  const roles: readonly string[] = operator?.roles ?? []
  return roles.includes('admin') || roles.some((role) => (access as readonly string[]).includes(role))
}

/** Kind by kind, each with as many as the others leave it, so that none hides another. */
function shared(kinds: readonly (readonly Hit[])[], limit: number): Hit[] {
  const counts = kinds.map(() => 0)
  let left = limit
  for (let round = 1; left > 0 && kinds.some(({ length }) => length >= round); round++)
    for (const [i, hits] of kinds.entries())
      if (left > 0 && hits.length >= round) {
        counts[i] = round
        left--
      }
  return kinds.flatMap((hits, i) => hits.slice(0, counts[i]))
}

const roomHit = ({ id, name, path }: { id: string; name: string; path: string[] }): Hit => ({
  kind: 'room',
  id,
  title: name,
  subtitle: path.slice(0, -1).join(' · '),
})

const chargerHit = ({ deviceCode, btName, alias }: DeviceRow): Hit => ({
  kind: 'charger',
  id: deviceCode,
  title: alias === '' ? deviceCode : `${deviceCode} ${alias}`,
  subtitle: btName,
})
