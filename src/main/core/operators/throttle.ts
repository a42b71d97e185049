import { SitedeskError } from '#shared/errors.ts'
import { DAY, HOUR, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'

/** Wrong PINs that are only wrong; each from this one on closes the name, twice as long every time. */
const FREE_FAILURES = 5
const FIRST_DELAY = 30 * SECOND
const LONGEST_DELAY = HOUR
/** A name nobody tried for so long starts anew, and its row goes. */
const FORGOTTEN_AFTER = DAY

/** How long a name stays closed after so many wrong PINs in a row, ms. */
export function delayAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0
  return Math.min(FIRST_DELAY * 2 ** Math.min(failures - FREE_FAILURES, 30), LONGEST_DELAY)
}

/** Counts wrong PINs by name, in the file: a restart is no way round (interfaces §3). */
export interface Throttle {
  /** epoch ms until which no PIN is looked at; null when open */
  closedUntil(name: string): number | null
  /** one more; only inside `site.write`. Returns until when the name is closed now, or null. */
  fail(name: string): number | null
  /** only inside `site.write` */
  clear(name: string): void
}

interface Row {
  readonly failures: number
  readonly closed_until: number
}

export function createThrottle({ store: { site }, ports }: CoreContext): Throttle {
  const find = (name: string) =>
    site
      .statement<Row>('SELECT failures, closed_until FROM sign_in_failure WHERE name = ?')
      .get(keyOf(name)) ?? { failures: 0, closed_until: 0 }
  return {
    closedUntil(name) {
      const { failures, closed_until } = find(name)
      const now = ports.clock.now()
      // A wall clock that was set back must not close the door for longer than was meant.
      const until = Math.min(closed_until, now + delayAfter(failures))
      return until > now ? until : null
    },
    fail(name) {
      const now = ports.clock.now()
      site.statement('DELETE FROM sign_in_failure WHERE closed_until < ?').run(now - FORGOTTEN_AFTER)
      const failures = find(name).failures + 1
      const until = now + delayAfter(failures)
      site.statement(UPSERT).run(keyOf(name), failures, until)
      return until > now ? until : null
    },
    clear: (name) => void site.statement('DELETE FROM sign_in_failure WHERE name = ?').run(keyOf(name)),
  }
}

const UPSERT = `INSERT INTO sign_in_failure (name, failures, closed_until) VALUES (?, ?, ?)
  ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, closed_until = excluded.closed_until`

/** How names compare, here and in the register. */
export const keyOf = (name: string) => name.trim().normalize('NFC').toLowerCase()

export const tooManyAttempts = (retryAt: number) =>
  new SitedeskError('TOO_MANY_ATTEMPTS', 'Too many wrong PINs; wait before the next one.', { retryAt })
