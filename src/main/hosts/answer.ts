import type { Caller } from '#core/context.ts'
import type { Core } from '#core/core.ts'
import type { Answer } from '#shared/bridge.ts'
import { SitedeskError, type WireError } from '#shared/errors.ts'

/** What a door tells of a failure: the typed error, or INTERNAL without a word of what broke. */
export const toWire = (error: unknown): WireError =>
  error instanceof SitedeskError
    ? error.toWire()
    : { code: 'INTERNAL', message: 'The call failed; the log says why.' }

/** Calls the core and never rejects. */
export async function answer(core: Core, caller: Caller, operation: string, input: unknown): Promise<Answer> {
  try {
    return { ok: true, result: await core.call(caller, operation, input) }
  } catch (error) {
    return { ok: false, error: toWire(error) }
  }
}
