import type { Input } from '#shared/contract/index.ts'
import { parseYuan } from '#shared/money.ts'
import type { FilterValues } from '../../ui/filters.ts'

export type LowInput = Omit<Input<'rooms.lowBalance'>, 'offset' | 'limit'>

/** What the filters hold as the list's input; an amount that is none is left out. */
export function lowInput({ below, query }: FilterValues): LowInput {
  const bound = parseYuan(below)
  return {
    ...(bound?.exact ? { belowFen: bound.fen } : {}),
    ...(query ? { query } : {}),
  }
}
