import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Log } from '#core/ports.ts'
import { DriverFailure, type OpenDriver } from './driver.ts'
import type { Noble } from './noble-types.ts'
import { reasonOf, wordsOf } from './reasons.ts'
import { tame } from './tame.ts'

export interface SystemParts {
  readonly load?: (name: string) => unknown
  /** whether the kernel knows Bluetooth at all */
  readonly known?: () => boolean
}

/** Where it does not, making noble's socket fails, and leaves behind what aborts the process at its end (libuv). */
const kernelKnows = () => process.platform !== 'linux' || existsSync('/sys/class/bluetooth')

/**
 * The computer's own adapter. Loaded at first use, never at start-up, and by `require`: a failed `import()` answers
 * with the same error for ever, a failed `require` looks again (ble.md §4). Each call makes an instance of its own.
 */
export function systemDriver(log: Log, parts: SystemParts = {}): OpenDriver {
  const { load = createRequire(import.meta.url), known = kernelKnows } = parts
  return async () => {
    try {
      const make = load('@abandonware/noble/with-custom-binding') as (options: object) => Noble
      if (!known()) throw new DriverFailure('notSupported', 'the kernel has no Bluetooth')
      return await Promise.resolve(tame(make({}), log))
    } catch (error) {
      if (error instanceof DriverFailure) throw error
      throw new DriverFailure(reasonOf(error), wordsOf(error), { cause: error })
    }
  }
}
