import type { CoreContext } from '../context.ts'
import type { KeyWrap } from '../ports.ts'
import type { SiteDatabase } from '../store/store.ts'
import { fingerprint, KEY_BYTES } from './cipher.ts'

export interface DataKey {
  /** null: there are wraps but none opens here, or there is nothing to wrap a key with */
  readonly key: Uint8Array | null
  /** the wraps in the file, ours or not */
  readonly kinds: readonly KeyWrap['kind'][]
}

type Wraps = Map<string, Uint8Array>

/** Row of `meta` that tells the right data key from a wrong one. */
const CHECK = 'data_key_check'

/**
 * Opens the data key with the first wrap that gives it, and adds the wraps this host has and the file has not.
 * A wrap in the file is never overwritten, and a file with secrets or wraps never gets a second key (design §3).
 */
export async function openDataKey(ctx: CoreContext): Promise<DataKey> {
  const { site } = ctx.store
  const wraps = readWraps(site)
  const isNew = wraps.size === 0 && !hasSecrets(site)
  const key = isNew ? ctx.ports.random.bytes(KEY_BYTES) : await unwrap(ctx, wraps)
  if (key) await addWraps(ctx, key, wraps, isNew)
  const kinds = [...readWraps(site).keys()] as KeyWrap['kind'][]
  return { key: kinds.length > 0 ? key : null, kinds }
}

function readWraps(site: SiteDatabase): Wraps {
  const rows = site.all(site.query.selectFrom('key_wrap').select(['kind', 'blob']).orderBy('created_at'))
  return new Map(rows.map(({ kind, blob }) => [kind, Uint8Array.from(blob)]))
}

const hasSecrets = (site: SiteDatabase) =>
  site.get(site.query.selectFrom('secret').select('path').limit(1)) !== undefined

async function unwrap(ctx: CoreContext, wraps: Wraps): Promise<Uint8Array | null> {
  const { site } = ctx.store
  const check = site.get(site.query.selectFrom('meta').select('value').where('key', '=', CHECK))?.value
  for (const port of ctx.ports.keyWraps) {
    const blob = wraps.get(port.kind)
    const key = blob ? await attempt(ctx, port.kind, () => port.unwrap(blob)) : null
    if (key?.length === KEY_BYTES && fingerprint(key) === check) return key
  }
  return null
}

async function addWraps(ctx: CoreContext, key: Uint8Array, wraps: Wraps, isNew: boolean): Promise<void> {
  const { site } = ctx.store
  const made: { kind: string; blob: Uint8Array }[] = []
  for (const port of ctx.ports.keyWraps) {
    if (wraps.has(port.kind)) continue
    const blob = await attempt(ctx, port.kind, () => port.wrap(key))
    if (blob) made.push({ kind: port.kind, blob })
  }
  if (made.length === 0) return
  const created_at = ctx.ports.clock.now()
  await site.write(() => {
    for (const wrap of made)
      site.run(
        site.query
          .insertInto('key_wrap')
          .values({ ...wrap, created_at })
          .onConflict((on) => on.doNothing()),
      )
    if (isNew) site.run(site.query.insertInto('meta').values({ key: CHECK, value: fingerprint(key) }))
  })
}

/** A key store that fails is one that is not there; the log says why. */
async function attempt(
  ctx: CoreContext,
  kind: string,
  work: () => Promise<Uint8Array | null>,
): Promise<Uint8Array | null> {
  try {
    return await work()
  } catch (error) {
    ctx.ports.log.warn('a key store failed', { kind, error: String(error) })
    return null
  }
}
