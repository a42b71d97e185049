import { DEFAULT_SEARCH_ROWS } from '#shared/contract/search.ts'
import type { Output } from '#shared/contract/index.ts'
import type { AreaHandlers } from '../context.ts'
import type { Meters } from '../meters/index.ts'
import type { Rooms } from '../rooms/index.ts'

type Hit = Output<'search.find'>['rows'][number]

/** One search over everything a site has; rooms first, and room for the meters beside them. */
export function createSearch(areas: {
  readonly meters: Pick<Meters, 'handlers'>
  readonly rooms: Pick<Rooms, 'find'>
}): { handlers: AreaHandlers<'search'> } {
  return {
    handlers: {
      'search.find': async (call, input) => {
        const { query, limit = DEFAULT_SEARCH_ROWS } = input
        const [found, others] = await Promise.all([
          areas.rooms.find(query, limit),
          areas.meters.handlers['search.find'](call, input),
        ])
        const meters = others.rows
        const room = Math.max(Math.ceil(limit / 2), limit - meters.length)
        return { rows: [...found.slice(0, room).map(hitOf), ...meters].slice(0, limit) }
      },
    },
  }
}

const hitOf = ({ id, name, path }: { id: string; name: string; path: string[] }): Hit => ({
  kind: 'room',
  id,
  title: name,
  subtitle: path.slice(0, -1).join(' · '),
})
