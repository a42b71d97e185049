import { deriveJamCode } from '#shared/chargers.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import { chargerError } from './errors.ts'
import { refused, type Signer, type Talk } from './talk.ts'

const PARITIES: readonly BleProfile['jamParity'][] = ['one', 'zero']
const SIG_CASES: readonly BleProfile['sigCase'][] = ['lower', 'upper']
const TS_FORMATS: readonly BleProfile['tsFormat'][] = ['unix', 'ymd12']

/**
 * Every way a firmware may want its signature: 2 × 2 × 2 (B-02, B-05, B-06), what is known first. A jam code that a
 * person entered leaves no choice of parity; one that was derived does.
 */
export function variants(name: string, known: BleProfile, stored: string): Signer[] {
  const derived = [deriveJamCode(name, 'one'), deriveJamCode(name, 'zero')]
  const jamOf = (parity: BleProfile['jamParity']) =>
    derived.includes(stored) ? deriveJamCode(name, parity) : stored
  const found = new Map<string, Signer>()
  for (const tsFormat of both(known.tsFormat, TS_FORMATS))
    for (const sigCase of both(known.sigCase, SIG_CASES))
      for (const jamParity of both(known.jamParity, PARITIES)) {
        const signer: Signer = {
          profile: { ...known, jamParity, sigCase, tsFormat },
          jamCode: jamOf(jamParity),
        }
        const key = [signer.jamCode, sigCase, tsFormat].join()
        if (!found.has(key)) found.set(key, signer)
      }
  return [...found.values()]
}

const both = <T extends string>(first: T, all: readonly T[]): T[] => [
  first,
  ...all.filter((one) => one !== first),
]

/**
 * Finds out by STIME alone how this charger wants its frames (B-07): at most eight writes, and only a definite
 * refusal of signature or timestamp leads to the next.
 */
export async function probe(
  name: string,
  talk: Talk,
  signers: readonly Signer[],
  refusedStamp: () => void,
): Promise<Signer> {
  for (const signer of signers) {
    const reply = await talk.set({ command: 'STIME' }, signer)
    if (reply.status === 0) return signer
    if (reply.status !== 2 && reply.status !== 3) throw refused(name, 'STIME', reply)
    if (reply.status === 2) refusedStamp()
  }
  throw chargerError('CHARGER_REFUSED', 'noProfile', `${name} refuses every way of signing that is known.`, {
    name,
    tried: signers.length,
  })
}
