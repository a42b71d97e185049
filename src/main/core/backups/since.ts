import type { CoreContext } from '../context.ts'
import type { PlaceState } from './second.ts'

const KEY = 'backups.second.since'
const FIND = 'SELECT value FROM meta WHERE key = ?'
const KEEP =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'

interface Standing {
  readonly folder: string | null
  readonly state: PlaceState
}

/**
 * Since when the second place stands so, epoch ms: kept, so that a computer that is switched off each night counts on
 * in the morning. Never rejects.
 */
export async function standsSince(
  { ports, store: { site } }: CoreContext,
  { folder, state }: Standing,
): Promise<number> {
  const now = ports.clock.now()
  try {
    const row = site.statement<{ value: string }>(FIND).get(KEY)
    const kept = row ? (JSON.parse(row.value) as Standing & { readonly since: number }) : null
    if (kept?.folder === folder && kept.state === state) return Math.min(kept.since, now)
    await site.write(() => site.statement(KEEP).run(KEY, JSON.stringify({ folder, state, since: now })))
  } catch (error) {
    ports.log.warn('since when the second place stands so was not kept', { error: String(error) })
  }
  return now
}
