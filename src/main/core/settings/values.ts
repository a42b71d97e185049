import type { SiteProfile } from '#shared/contract/profile.ts'
import { siteSettings } from '#shared/contract/profile.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { z } from '#shared/z.ts'
import { deleteWithin, flatten, isWithin, unflatten, type Leaves } from './paths.ts'
import type { EffectiveSettings } from './types.ts'
import { isSecretPath } from './vault.ts'

/** Objects of which one kind or another holds: parts of two kinds never mix. */
export const UNIONS = ['upstreams.water.auth', 'lan.wechat', 'lan.payment'] as const

export const unionOf = (path: string) => UNIONS.find((union) => isWithin(path, union))

/** What the config file decides; its operators are not settings. */
export function fileLeaves(profile: SiteProfile | undefined): Leaves {
  const { operators: _operators, ...settings } = profile ?? {}
  return flatten(settings)
}

/** Later layers win leaf by leaf; a union given by a later layer replaces that of the earlier ones. */
export function layer(...layers: readonly Leaves[]): Leaves {
  const merged: Leaves = new Map()
  for (const leaves of layers) {
    for (const union of UNIONS) if (touches(leaves, union)) deleteWithin(merged, union)
    for (const [path, value] of leaves) merged.set(path, value)
  }
  return merged
}

/** Whether a layer says which kind a union is; a secret alone says nothing about the kind. */
export const touches = (leaves: Leaves, union: string) =>
  [...leaves.keys()].some((path) => isWithin(path, union) && !isSecretPath(path))

export const withoutSecrets = (leaves: Leaves): Leaves =>
  new Map([...leaves].filter(([path]) => !isSecretPath(path)))

/** Refuses leaves that are no site settings, naming the path (interfaces §3). */
export function check(leaves: Leaves): void {
  const result = siteSettings.safeParse(unflatten(leaves))
  if (result.success) return
  const issues = result.error.issues.flatMap(plainIssues)
  const [first] = issues
  throw new SitedeskError('INVALID_INPUT', `${first?.path ?? 'settings'}: ${first?.message ?? 'not valid'}`, {
    issues,
  })
}

interface PlainIssue {
  readonly path: string
  readonly message: string
}

/** An unknown key is named itself, not the object that holds it. */
function plainIssues(issue: z.core.$ZodIssue): PlainIssue[] {
  const path = issue.path.join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
  return issue.keys.map((key) => ({
    path: path ? `${path}.${key}` : key,
    message: 'there is no such setting',
  }))
}

/** At most this many bad stored values are dropped one by one before all are. */
const MAX_REPAIRS = 50

/**
 * Stored values of an older version, or of a damaged file, that no longer fit: left out, not deleted.
 * `dropped` names them for the log.
 */
export function fitting(stored: Leaves, file: Leaves): { leaves: Leaves; dropped: string[] } {
  const leaves = new Map(stored)
  const dropped: string[] = []
  for (let i = 0; i < MAX_REPAIRS; i++) {
    const bad = firstBad(layer(leaves, file))
    if (bad === null) return { leaves, dropped }
    const victims = [...leaves.keys()].filter((path) => isWithin(path, bad) || isWithin(bad, path))
    for (const path of victims) leaves.delete(path)
    dropped.push(...victims)
    if (victims.length === 0) break
  }
  return { leaves: new Map(), dropped: [...stored.keys()] }
}

function firstBad(leaves: Leaves): string | null {
  try {
    check(leaves)
    return null
  } catch (error) {
    if (!(error instanceof SitedeskError)) throw error
    return (error.data as { issues: PlainIssue[] }).issues[0]?.path ?? ''
  }
}

export function effective(base: EffectiveSettings, stored: Leaves, file: Leaves): EffectiveSettings {
  const values = unflatten(
    withoutSecrets(layer(flatten(base), stored, file)),
  ) as unknown as Partial<EffectiveSettings>
  // A branch without any value has no leaves, so flattening loses it.
  const upstreams = { ...base.upstreams, ...values.upstreams }
  return { ...base, ...values, upstreams }
}
