import { randomBytes, randomUUID } from 'node:crypto'
import type { Random } from '#core/ports.ts'

export function createRandom(): Random {
  return {
    uuid: () => randomUUID(),
    bytes: (length) => new Uint8Array(randomBytes(length)),
    fraction: () => Math.random(),
  }
}
