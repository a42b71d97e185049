import { SitedeskError } from '#shared/errors.ts'
import type { SiteDatabase } from './store.ts'

/**
 * A restore is laid ready: another file takes the place of this one once the desk closes, and money that begins to move
 * until then would be forgotten. It stands in the file itself, with the audit row of the restore, so that every
 * connection sees it from that transaction on.
 */
const KEY = 'laid_aside'

/** Only inside `site.write`. */
export function layAside(site: SiteDatabase): void {
  site.statement("INSERT INTO meta (key, value) VALUES (?, 'yes') ON CONFLICT (key) DO NOTHING").run(KEY)
}

export const isLaidAside = (site: SiteDatabase): boolean =>
  site.statement('SELECT 1 FROM meta WHERE key = ?').get(KEY) !== undefined

/** No restore waits any more: it took place, was given up, or this is a file that was once laid aside. */
export async function takeUpAgain(site: SiteDatabase): Promise<void> {
  if (isLaidAside(site)) await site.write(() => site.statement('DELETE FROM meta WHERE key = ?').run(KEY))
}

/** Throws NOT_ALLOWED_NOW with `reason: restoring`. */
export function refuseLaidAside(site: SiteDatabase): void {
  if (!isLaidAside(site)) return
  throw new SitedeskError(
    'NOT_ALLOWED_NOW',
    'A restore is laid ready; nothing is sent until it took place.',
    {
      reason: 'restoring',
    },
  )
}
