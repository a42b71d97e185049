import type { CampusEndpoint, CampusFault } from '#shared/contract/demo.ts'
import { REFUSALS, type Refusal } from '../gatekeeper.ts'
import { Faults } from '../faults.ts'

/** The names of campus faults without their prefix. */
export type CampusFaultKind = CampusFault extends `campus.${infer Kind}` ? Kind : never

export class CampusFaults extends Faults<CampusFaultKind> {}

/** Codes that are answered at the door, nothing done. 1010 is answered by the recharge itself. */
const AT_THE_DOOR = [
  'failed',
  'noAccount',
  'wrongPassword',
  'noToken',
  'expired',
  'missing',
  'mismatch',
  'tooFast',
] as const satisfies readonly CampusFaultKind[]

/** By nature these are about the recharge: set for no endpoint they strike that one alone. */
const OF_RECHARGE: readonly CampusFaultKind[] = ['answerLost', 'stallApplied', 'gatewayTimeout']

export const placeOf = (
  kind: CampusFaultKind,
  endpoint: CampusEndpoint | undefined,
): CampusEndpoint | undefined => endpoint ?? (OF_RECHARGE.includes(kind) ? 'userBalanceQuery' : undefined)

export function refusedByFault(strikes: (kind: CampusFaultKind) => boolean): Refusal | null {
  const kind = AT_THE_DOOR.find((each) => strikes(each))
  return kind ? REFUSALS[kind] : null
}
