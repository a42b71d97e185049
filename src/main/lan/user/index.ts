import type { Endpoint } from '../endpoint.ts'
import { loginEndpoints } from '../login.ts'
import { coins } from './coins.ts'
import { devices } from './devices.ts'
import { orders } from './orders.ts'
import { people } from './people.ts'

/** The 20 endpoints of the users' mini-program (spec §3.4). */
export const userEndpoints: readonly Endpoint[] = [
  ...loginEndpoints('user', { login: 'userLogin', phone: 'getUserPhone' }),
  ...people,
  ...devices,
  ...orders,
  ...coins,
]
