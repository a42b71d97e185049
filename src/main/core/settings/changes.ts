import { SitedeskError } from '#shared/errors.ts'
import type { SecretPath } from '#shared/contract/profile.ts'
import { deleteWithin, flatten, invalid, isWithin, overlap, type Leaves } from './paths.ts'
import { check, layer, touches, UNIONS, unionOf } from './values.ts'
import { isSecretPath } from './vault.ts'

/** What one `settings.update` will do; null takes a value away. */
export interface Plan {
  readonly values: ReadonlyMap<string, unknown>
  readonly secrets: ReadonlyMap<SecretPath, string | null>
}

export interface Current {
  readonly stored: Leaves
  readonly file: Leaves
  /** secret paths that have a value */
  readonly secrets: readonly SecretPath[]
}

const PATH = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/

/** Checks the changes against the file and the site profile; throws FIXED_BY_FILE or INVALID_INPUT. */
export function planChanges(changes: Readonly<Record<string, unknown>>, current: Current): Plan {
  const next: Leaves = new Map(current.stored)
  const secrets = new Map<SecretPath, string | null>()
  const given: Leaves = new Map()
  for (const [path, value] of Object.entries(changes)) {
    if (!PATH.test(path)) throw invalid(path, 'there is no such setting')
    const leaves = flatten(value, path)
    if (givesWhatTheFileGives(path, leaves, current.file)) continue
    refuseFixed(path, current.file)
    for (const secret of current.secrets) if (isWithin(secret, path)) secrets.set(secret, null)
    deleteWithin(next, path)
    for (const [leaf, inner] of leaves) given.set(leaf, inner)
  }
  dropOtherKind(given, current, next, secrets)
  apply(given, next, secrets)
  const entered = [...secrets].filter(([, value]) => value !== null)
  check(layer(new Map([...next, ...entered]), current.file))
  return { values: difference(current.stored, next), secrets }
}

/** A form that sends everything back changes nothing by it. */
const givesWhatTheFileGives = (path: string, leaves: Leaves, file: Leaves) =>
  !isSecretPath(path) &&
  leaves.size > 0 &&
  [...leaves].every(([leaf, value]) => file.has(leaf) && same(file.get(leaf), value))

export function refuseFixed(path: string, file: Leaves): void {
  const union = unionOf(path)
  const fixed =
    [...file.keys()].find((leaf) => overlap(leaf, path)) ??
    (union && !isSecretPath(path) && touches(file, union) ? path : undefined)
  if (fixed === undefined) return
  throw new SitedeskError('FIXED_BY_FILE', `${fixed} is fixed by the config file; change it there.`, {
    path: fixed,
  })
}

/** Another `kind` of a union starts empty. */
function dropOtherKind(
  given: Leaves,
  { stored, secrets: set }: Current,
  next: Leaves,
  secrets: Map<SecretPath, string | null>,
): void {
  for (const union of UNIONS) {
    const kind = given.get(`${union}.kind`)
    if (kind === undefined || same(kind, stored.get(`${union}.kind`))) continue
    deleteWithin(next, union)
    for (const secret of set) if (isWithin(secret, union)) secrets.set(secret, null)
  }
}

function apply(given: Leaves, next: Leaves, secrets: Map<SecretPath, string | null>): void {
  for (const [path, value] of given) {
    // anything but text is left for the schema to refuse
    if (isSecretPath(path)) secrets.set(path, value as string | null)
    else if (value === null) next.delete(path)
    else next.set(path, value)
  }
}

function difference(before: Leaves, after: Leaves): Map<string, unknown> {
  const changed = new Map<string, unknown>()
  for (const path of before.keys()) if (!after.has(path)) changed.set(path, null)
  for (const [path, value] of after) if (!same(before.get(path), value)) changed.set(path, value)
  return changed
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
