import type { MeterRow } from '#shared/contract/meters.ts'
import { DAY } from '#shared/time.ts'

export type Kind = MeterRow['kind']

/** The unit of a meter's register; none where the class of meter is not known (I-10). */
export const unitOf = (kind: Kind): string => (kind === 'electricity' ? 'kWh' : kind === 'water' ? 'm³' : '')

export type GateWord = 'tripped' | 'closedCircuit' | 'valveShut' | 'valveOpen' | 'off' | 'on' | 'none'

/** A breaker trips, a valve shuts: the vendor uses one pair of words for both (I-09). */
export function gateWord(kind: Kind, gate: MeterRow['gate']): GateWord {
  if (gate === 'unknown') return 'none'
  const off = gate === 'closed'
  if (kind === 'electricity') return off ? 'tripped' : 'closedCircuit'
  if (kind === 'water') return off ? 'valveShut' : 'valveOpen'
  return off ? 'off' : 'on'
}

/** Supply is cut: what a person should see at a glance. */
export const isCut = (row: Pick<MeterRow, 'gate'>) => row.gate === 'closed'

/** Without a reading for longer than this a meter counts as silent, as `meters.summary` counts it. */
export const SILENT_MS = 2 * DAY
