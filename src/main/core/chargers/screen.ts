import type { AreaHandlers } from '../context.ts'
import type { Doing } from './handlers.ts'
import { SitedeskError } from '#shared/errors.ts'
import { cancelled } from './errors.ts'
import type { ChargerParts } from './index.ts'

/** A screen that goes on asking keeps the radio listening. */
const LISTEN_MS = 10_000
/** Strangers are those of the last half minute. */
const STRANGERS_MS = 30_000

/** What is on the air. */
export function createScreen(
  { ctx, air, driver, closing }: ChargerParts,
  chargers: Doing,
): Pick<AreaHandlers<'chargers'>, 'chargers.radio' | 'chargers.scan' | 'chargers.nearby'> {
  const { clock, log } = ctx.ports
  /** A radio that failed is tried again by a person, not by every look at the list. */
  const listen = async () => {
    const { state, reason } = driver.health()
    if (state !== 'ready' && reason !== null) return
    await air.extend(LISTEN_MS).catch((error: unknown) => {
      if (!(error instanceof SitedeskError)) throw error
      log.info('not listening', { reason: error.message })
    })
  }
  return {
    async 'chargers.radio'(_call, { retry }) {
      if (retry) await driver.start()
      return chargers.health()
    },
    async 'chargers.scan'(_call, { seconds }) {
      const from = clock.monotonic()
      const release = await air.hold()
      try {
        await clock.sleep(seconds * 1000, closing).catch(() => Promise.reject(cancelled()))
      } finally {
        release()
      }
      const heard = new Set(
        air.sightings
          .all(clock.monotonic())
          .filter(({ heardAt }) => heardAt >= from)
          .map(({ name }) => name),
      )
      return {
        found: chargers.heard().filter(({ name }) => heard.has(name)),
        strangers: air.sightings.strangers(from),
      }
    },
    async 'chargers.nearby'(_call, { listen: wanted }) {
      if (wanted) await listen()
      return {
        radio: chargers.health(),
        listening: air.listening,
        now: clock.now(),
        found: chargers.heard(),
        strangers: air.sightings.strangers(clock.monotonic() - STRANGERS_MS),
      }
    },
  }
}
