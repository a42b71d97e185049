import type { Output } from '#shared/contract/index.ts'
import { formatDecimal, neededDigits } from '#shared/decimal.ts'
import { GAP, RESET, type UsageTable } from './usage-tables.ts'

type UsageOutput = Output<'meters.usage'>
type UsageRow = UsageOutput['rows'][number]

const STATES = ['gap', 'measured', 'reset', 'estimated'] as const
/** Usage is shown with at least these decimals, so that columns stand under each other. */
const LEAST_DIGITS = 2

export const usageText = (scaled: number) => formatDecimal(scaled, neededDigits(scaled, LEAST_DIGITS))

/** The rows of an answer, meter by meter, buckets ascending; the starts are epoch ms. */
export function usageRows(
  table: UsageTable,
  ids: readonly string[],
  starts: readonly number[],
): Pick<UsageOutput, 'rows' | 'coverage'> {
  const rows: UsageRow[] = []
  let measured = 0
  let at = 0
  for (const meterId of ids)
    for (const bucket of starts) {
      const state = table.state[at] ?? GAP
      const none = state === GAP || state === RESET
      if (!none) measured++
      const usage = none ? null : usageText(table.usage[at] ?? 0)
      rows.push({ meterId, bucket, usage, state: STATES[state] ?? 'gap' })
      at++
    }
  return { rows, coverage: { measured, total: rows.length } }
}
