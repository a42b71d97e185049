import type { Ports } from '../ports.ts'

const SALT_BYTES = 16
/** What is hashed where there is no such operator, so that the time of the answer tells nothing. */
const NOBODY = { salt: new Uint8Array(SALT_BYTES), hash: new Uint8Array(0) }

export interface StoredPin {
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/** PINs as argon2id hashes (19 MiB, t = 2, p = 1), made by a worker: 200 ms that nobody else waits for. */
export interface Pins {
  hash(pin: string): Promise<StoredPin>
  /** null: nobody of that name; takes as long as a wrong PIN */
  verify(pin: string, stored: StoredPin | null): Promise<boolean>
}

export function createPins(ports: Pick<Ports, 'workers' | 'random'>): Pins {
  return {
    async hash(pin) {
      const salt = ports.random.bytes(SALT_BYTES)
      return { salt, hash: await ports.workers.run('hashPin', { pin, salt }) }
    },
    async verify(pin, stored) {
      const { salt, hash } = stored ?? NOBODY
      const given = await ports.workers.run('hashPin', { pin, salt: Uint8Array.from(salt) })
      return equal(given, hash)
    },
  }
}

/** Looks at every byte whatever they are. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0)
  return difference === 0
}
