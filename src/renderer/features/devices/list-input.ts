import type { Input } from '#shared/contract/index.ts'
import type { FilterValues } from '../../ui/filters.ts'

/** The registry's filters as they stand in the URL. */
export function listInput(values: FilterValues): Input<'devices.list'> {
  const { query, state, bound, price } = values
  return {
    ...(query ? { query: query.slice(0, 100) } : {}),
    ...(state === '0' ? { state: 0 as const } : {}),
    ...(state === '1' ? { state: 1 as const } : {}),
    ...(bound === 'yes' ? { bound: true } : {}),
    ...(bound === 'no' ? { bound: false } : {}),
    ...(price === 'none' ? { noPrice: true } : {}),
  }
}
