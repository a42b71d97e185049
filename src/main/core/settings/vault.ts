import { SECRET_PATHS, type SecretPath } from '#shared/contract/profile.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from '../context.ts'
import type { KeyWrap } from '../ports.ts'
import { redactor } from '../redact.ts'
import { NONCE_BYTES, seal, unseal } from './cipher.ts'
import { openDataKey } from './data-key.ts'

export const isSecretPath = (path: string): path is SecretPath =>
  (SECRET_PATHS as readonly string[]).includes(path)

/** The secrets of this site, opened once and kept in memory. */
export interface Vault {
  /** no data key: what is stored cannot be opened, and what is entered is kept until the program ends */
  readonly locked: boolean
  readonly kinds: readonly KeyWrap['kind'][]
  /** paths that have a value, whether it can be opened or not */
  paths(): SecretPath[]
  /** stored values that cannot be opened and were not entered anew */
  unreadable(): SecretPath[]
  /** null when there is none; throws SECRETS_LOCKED when there is one that cannot be opened */
  get(path: SecretPath): string | null
  /** what `get` gives from now on; call it after `store` is on the disk */
  remember(path: SecretPath, value: string | null): void
  /** encrypts into its row, or takes the row away; only inside `site.write` */
  store(path: SecretPath, value: string | null): void
  /** what every secret is encrypted with; null while locked */
  readonly key: Uint8Array | null
  /** secrets of the program itself, which no settings name; null: none, or it cannot be opened */
  readOwn(name: string): string | null
  /** only inside `site.write` */
  storeOwn(name: string, value: string | null): void
}

const OWN = 'program.'

export async function openVault(ctx: CoreContext): Promise<Vault> {
  const { key, kinds } = await openDataKey(ctx)
  const values = new Map<SecretPath, string>()
  const closed = new Set<SecretPath>()
  const learn = (path: SecretPath, value: string) => {
    redactor.learn(value)
    values.set(path, value)
    closed.delete(path)
  }
  for (const { path, nonce, cipher } of readRows(ctx)) {
    if (!isSecretPath(path)) continue
    const value = key && unseal(key, path, { nonce, cipher })
    if (value === null) closed.add(path)
    else learn(path, value)
  }
  return {
    locked: key === null,
    kinds,
    paths: () => SECRET_PATHS.filter((path) => values.has(path) || closed.has(path)),
    unreadable: () => [...closed],
    get(path) {
      if (closed.has(path)) throw lockedError(path)
      return values.get(path) ?? null
    },
    remember(path, value) {
      if (value !== null) return learn(path, value)
      values.delete(path)
      closed.delete(path)
    },
    store(path, value) {
      if (value === null) removeRow(ctx, path)
      else if (key) writeRow(ctx, key, path, value)
    },
    key,
    readOwn: (name) => readOwn(ctx, key, OWN + name),
    storeOwn(name, value) {
      if (value === null) removeRow(ctx, OWN + name)
      else if (key) writeRow(ctx, key, OWN + name, value)
      else throw lockedError(name)
    },
  }
}

function readOwn({ store: { site } }: CoreContext, key: Uint8Array | null, path: string): string | null {
  const row = site.get(site.query.selectFrom('secret').select(['nonce', 'cipher']).where('path', '=', path))
  return row && key ? unseal(key, path, row) : null
}

const readRows = ({ store: { site } }: CoreContext) =>
  site.all(site.query.selectFrom('secret').select(['path', 'nonce', 'cipher']))

function writeRow(
  { store: { site }, ports }: CoreContext,
  key: Uint8Array,
  path: string,
  value: string,
): void {
  const row = {
    ...seal(key, path, value, ports.random.bytes(NONCE_BYTES)),
    changed_at: ports.clock.now(),
  }
  site.run(
    site.query
      .insertInto('secret')
      .values({ path, ...row })
      .onConflict((on) => on.column('path').doUpdateSet(row)),
  )
}

const removeRow = ({ store: { site } }: CoreContext, path: string) =>
  void site.run(site.query.deleteFrom('secret').where('path', '=', path))

const lockedError = (path: string) =>
  new SitedeskError(
    'SECRETS_LOCKED',
    `The secret ${path} cannot be opened on this computer; enter it again or restore its key.`,
    { path },
  )
