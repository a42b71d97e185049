import { createRequire } from 'node:module'
import type { Log } from '#core/ports.ts'
import { DriverFailure, type OpenDriver } from './driver.ts'
import type { Noble } from './noble-types.ts'
import { reasonOf, wordsOf } from './reasons.ts'
import { tame } from './tame.ts'

type Load = (name: string) => unknown

/**
 * The computer's own adapter. Loaded at first use, never at start-up, and by `require`: a failed `import()` answers
 * with the same error for ever, a failed `require` looks again (ble.md §4). Each call makes an instance of its own.
 */
export function systemDriver(log: Log, load: Load = createRequire(import.meta.url)): OpenDriver {
  return async () => {
    try {
      const make = load('@abandonware/noble/with-custom-binding') as (options: object) => Noble
      return await Promise.resolve(tame(make({}), log))
    } catch (error) {
      throw new DriverFailure(reasonOf(error), wordsOf(error), { cause: error })
    }
  }
}
