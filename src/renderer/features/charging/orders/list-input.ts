import type { Input } from '#shared/contract/index.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { FilterValues } from '../../../ui/filters.ts'
import { daySpan } from '../day-span.ts'

export type OrdersInput = Omit<Input<'orders.list'>, 'offset' | 'limit'>

const STATES = ['unpaid', 'pending', 'settled', 'cancelled'] as const
const PORTS = [1, 2, 3, 4] as const
/** the filter's own word for unpaid and pending together */
export const OPEN = 'open'

function stateOf(value: string | undefined): OrdersInput['state'] {
  if (value === OPEN) return ['unpaid', 'pending']
  return STATES.filter((state) => state === value)
}

/** What the filters hold as the list's input; a part of a phone number is looked for like any word. */
export function ordersInput(values: FilterValues, zone: ZoneOffset): OrdersInput {
  const { user, query, device, port, manager } = values
  const whole = user !== undefined && /^1\d{10}$/.test(user)
  const words = [query, whole ? undefined : user].filter(Boolean).join(' ').slice(0, 100)
  const state = stateOf(values['state'])
  const number = PORTS.find((one) => String(one) === port)
  return {
    ...(words ? { query: words } : {}),
    ...(whole ? { user } : {}),
    ...(manager ? { manager: manager.slice(0, 11) } : {}),
    ...(device ? { deviceCode: device.slice(0, 8) } : {}),
    ...(number === undefined ? {} : { port: number }),
    ...(state && state.length > 0 ? { state } : {}),
    ...daySpan(values, zone),
  }
}
