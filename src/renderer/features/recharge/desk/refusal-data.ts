import { INTENT_STATES } from '#shared/intent-states.ts'
import type { IntentState } from '#shared/contract/values.ts'

export interface RefusalData {
  /** the account is stopped until the settings change (F-04): the same call again is refused again */
  readonly stopped: boolean
  readonly intentId: string | null
  readonly limitFen: number | null
  /** the sale that is in the way */
  readonly other: { readonly at: number; readonly amountFen: number; readonly state: IntentState } | null
}

/** What the core tells beside a refusal of `recharge.create`, as far as the sheets use it. */
export function refusalData(error: unknown): RefusalData {
  const data = error instanceof Error && 'data' in error ? error.data : null
  const field = (name: string): unknown =>
    typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined
  const intentId = [field('intentId'), field('id')].find((value) => typeof value === 'string')
  const limit = field('limitFen')
  const at = field('createdAt')
  const amountFen = field('amountFen')
  const state = INTENT_STATES.find((one) => one === field('state'))
  const other =
    typeof at === 'number' && typeof amountFen === 'number' && state ? { at, amountFen, state } : null
  return {
    stopped: field('reason') === 'stopped',
    other,
    intentId: intentId ?? null,
    limitFen: typeof limit === 'number' ? limit : null,
  }
}
