import { MINUTE } from '#shared/time.ts'
import type { Output } from '#shared/contract/index.ts'

export type Zombie = Output<'orders.zombies'>['rows'][number]
export type Fix = Zombie['fixes'][number]

/** A report this young need not be asked for again before something is done. */
const FRESH = 2 * MINUTE

/** The fix to begin with: look first, unless somebody just looked. */
export function proposalOf(zombie: Zombie, now: number): Fix | undefined {
  const [first, second] = zombie.fixes
  const fresh = zombie.reportedAt !== null && now - zombie.reportedAt <= FRESH
  return first === 'readPorts' && fresh ? (second ?? first) : first
}

export const zombieKey = ({ deviceCode, port, kind }: Zombie): string => `${deviceCode} ${port} ${kind}`
