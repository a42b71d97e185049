import type { ListInput } from '../../../ui/column.ts'
import type { FilterValues } from '../../../ui/filters.ts'

export const PORT_FILTERS = ['query', 'state', 'price'] as const

export function portsInput({ query, state, price }: FilterValues): ListInput<'devices.list'> {
  return {
    ...(query ? { query: query.slice(0, 100) } : {}),
    ...(state === 'enabled' ? { state: 0 as const } : {}),
    ...(state === 'disabled' ? { state: 1 as const } : {}),
    ...(price === 'none' ? { noPrice: true } : {}),
  }
}
