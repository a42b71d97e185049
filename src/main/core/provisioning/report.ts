import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Exchange } from '#shared/contract/chargers.ts'
import type { AcceptanceReport } from '#shared/contract/provisioning.ts'
import { loadOperations } from '../operations.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { RunStore, StoredRun } from './store.ts'
import { deviceOf, headOf } from './views.ts'

const EXCHANGES = `SELECT name, at, direction, text, step FROM charger_exchange
  WHERE run_id = ? AND at <= ? ORDER BY id`
const LAST_CHANGE = 'SELECT max(updated_at) AS at FROM provisioning_device WHERE run_id = ?'

type Line = Exchange & { readonly name: string; readonly step: string | null }

/**
 * The acceptance report of a run (features §3.1): the text is what counts, its hash stands on the paper. The same run
 * gives the same text, key by key, until something of it changes.
 */
export async function reportOf(
  { site, store, desk }: { site: SiteDatabase; store: RunStore; desk: string },
  run: StoredRun,
): Promise<AcceptanceReport> {
  const { counts, ...head } = headOf(run, store.counts(run.id))
  const lastChange = site.statement<{ at: number | null }>(LAST_CHANGE).get(run.id)?.at ?? run.createdAt
  const madeAt = Math.max(lastChange, run.endedAt ?? 0)
  // a connection that ends by itself some seconds later is not the run's any more
  const lines = Map.groupBy(site.statement<Line>(EXCHANGES).all(run.id, madeAt), ({ name }) => name)
  // parsed so that the keys stand in the contract's order, which is the one that every door sends
  const { contract } = await loadOperations()
  const { content: order } = contract['provisioning.report'].output.shape
  const content = order.parse({
    version: 1,
    run: head,
    counts,
    desk,
    madeAt,
    devices: store.devices(run.id).map((device) => ({
      ...deviceOf(device),
      exchanges: lines.get(device.name) ?? [],
    })),
  })
  const json = JSON.stringify(content)
  return { sha256: bytesToHex(sha256(utf8ToBytes(json))), content, json }
}
