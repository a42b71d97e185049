import type { Endpoint } from '../endpoint.ts'
import { loginEndpoints } from '../login.ts'
import { devices } from './devices.ts'
import { income } from './income.ts'
import { people } from './people.ts'

/** The 18 endpoints of the managers' mini-program (spec §3.5). */
export const managerEndpoints: readonly Endpoint[] = [
  ...loginEndpoints('manager', { login: 'managerLogin', phone: 'getManagerPhone' }),
  ...people,
  ...devices,
  ...income,
]
