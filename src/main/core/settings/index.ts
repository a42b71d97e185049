import { parseZone } from '#shared/time.ts'
import type { Call, CoreContext } from '../context.ts'
import { planChanges, refuseFixed, type Plan } from './changes.ts'
import { defaults } from './defaults.ts'
import { invalid, type Leaves } from './paths.ts'
import { findProblems } from './problems.ts'
import { lastChange, readStored, writeSetting } from './rows.ts'
import type { EffectiveSettings, Settings } from './types.ts'
import { effective, fileLeaves, fitting } from './values.ts'
import { isSecretPath, openVault, type Vault } from './vault.ts'

export { fingerprint, seal, unseal, type Sealed } from './cipher.ts'
export { insecureHost, staysLocal } from './hosts.ts'
export type { EffectiveSettings, Problem, Settings } from './types.ts'

export async function createSettings(ctx: CoreContext): Promise<Settings> {
  const vault = await openVault(ctx)
  const file = fileLeaves(ctx.options.profile)
  await keepSecretsOfFile(ctx, vault, file)
  const listeners = new Set<(paths: readonly string[]) => void>()
  let values = load(ctx, file)

  const changed = (paths: readonly string[]) => {
    values = load(ctx, file)
    for (const listener of listeners) listener(paths)
    ctx.events.emit({ type: 'changed', area: 'settings' })
  }
  return {
    values: () => values,
    secret: (path) => vault.get(path),
    zone: () => parseZone(values.zone) ?? 0,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    problems: () => findProblems(ctx.options, values, vault),
    nameSite(name) {
      if (file.has('siteName')) return () => undefined
      writeSetting(ctx, 'siteName', name)
      return () => changed(['siteName'])
    },
    ownSecret: (name) => vault.readOwn(name),
    keepOwnSecret: (name, value) => vault.storeOwn(name, value),
    dataKey: () => vault.key,
    set(path, value) {
      refuseFixed(path, file)
      writeSetting(ctx, path, value)
      return () => changed([path])
    },
    handlers: {
      'settings.get': () => ({
        values,
        fixed: [...file.keys()],
        secretsSet: vault.paths(),
        keyProtection: [...vault.kinds],
        changedAt: lastChange(ctx),
      }),
      'settings.update': async (call, input) => {
        const paths = await update(ctx, vault, file, call, input.changes)
        if (paths.length > 0) changed(paths)
        return { changed: paths }
      },
    },
  }
}

function load(ctx: CoreContext, file: Leaves): EffectiveSettings {
  const { leaves, dropped } = fitting(readStored(ctx), file)
  if (dropped.length > 0) ctx.ports.log.warn('stored settings that no longer fit are left out', { dropped })
  return effective(defaults(ctx.options.demo), leaves, file)
}

/** Secrets of the config file hold even where the data key is locked; a new one is stored encrypted. */
async function keepSecretsOfFile(ctx: CoreContext, vault: Vault, file: Leaves): Promise<void> {
  const unreadable = vault.unreadable()
  for (const [path, value] of file) {
    if (!isSecretPath(path) || typeof value !== 'string') continue
    const known = !unreadable.includes(path) && vault.get(path) === value
    if (!known) await ctx.store.site.write(() => vault.store(path, value))
    vault.remember(path, value)
  }
}

/** Plans inside the transaction, so that two changes at once are checked one after the other. */
async function update(
  ctx: CoreContext,
  vault: Vault,
  file: Leaves,
  call: Call,
  changes: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const plan = await call.commit(() => {
    const stored = fitting(readStored(ctx), file).leaves
    const found = planChanges(changes, { stored, file, secrets: vault.paths() })
    if (!ctx.options.demo && found.values.get('lan.wechat.kind') === 'simulator')
      throw invalid('lan.wechat.kind', 'simulator is only for --demo')
    call.note(auditDetail(found, stored, vault))
    for (const [path, value] of found.values) writeSetting(ctx, path, value)
    for (const [path, value] of found.secrets) vault.store(path, value)
    return found
  })
  for (const [path, value] of plan.secrets) vault.remember(path, value)
  return [...plan.values.keys(), ...plan.secrets.keys()]
}

function auditDetail({ values, secrets }: Plan, stored: Leaves, vault: Vault) {
  const set = vault.paths()
  const before = [...values.keys()].map((path) => [path, stored.get(path) ?? null] as const)
  const secretsBefore = [...secrets.keys()].map((path) => [path, set.includes(path) ? 'set' : null] as const)
  const secretsAfter = [...secrets].map(([path, value]) => [path, value === null ? null : 'set'] as const)
  return {
    before: Object.fromEntries([...before, ...secretsBefore]),
    after: Object.fromEntries([...values, ...secretsAfter]),
  }
}
