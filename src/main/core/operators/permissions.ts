import { ROLES, type Operation, type Role } from '#shared/contract/define.ts'
import type { OperationName } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { groupOf, PERMISSION_GROUPS, type PermissionGroup, type Reach } from '#shared/permissions.ts'
import { operations } from '../operations.ts'
import type { SiteDatabase } from '../store/store.ts'

export interface Change {
  readonly group: PermissionGroup
  readonly role: Role
  readonly reach: Reach
}

/** What an administrator withheld from roles, inside what the contract allows; empty: as the contract says. */
export interface Permissions {
  /** how far somebody with these roles may; `group`: whose line says so */
  reachOf(operation: string, roles: readonly Role[]): { reach: Reach; group: PermissionGroup | null }
  /** operations that the contract lets these roles do, and the table does not */
  withheld(roles: readonly Role[]): string[]
  table(): { group: PermissionGroup; roles: { role: Role; reach: Reach; least: Reach }[] }[]
  /** only inside `site.write`; answers what was before */
  set(changes: readonly Change[]): Change[]
}

const ORDER: Readonly<Record<Reach, number>> = { none: 0, own: 1, all: 2 }
const further = (a: Reach, b: Reach): Reach => (ORDER[a] >= ORDER[b] ? a : b)

/** Roles that the contract lets do at least one thing of a group; never the administrator, who may everything. */
export const rolesOf = (group: PermissionGroup): readonly Role[] =>
  ROLES.filter(
    (role) => role !== 'admin' && groupOf(group).operations.some((operation) => mayBy(operation, role)),
  )

function mayBy(operation: string, role: Role): boolean {
  const { access }: Operation = operations().contract[operation as OperationName]
  return typeof access === 'string' || access.includes(role)
}

const GROUP_OF: ReadonlyMap<string, PermissionGroup> = new Map(
  PERMISSION_GROUPS.flatMap((group) =>
    groupOf(group).operations.map((operation) => [operation, group] as const),
  ),
)

const OPERATIONS: readonly string[] = [...GROUP_OF.keys()]

/** What the contract alone says. */
const mayCall = (operation: string, roles: readonly Role[]): boolean =>
  roles.some((role) => role === 'admin' || mayBy(operation, role))

export function createPermissions(db: SiteDatabase): Permissions {
  const find = db.statement<{ reach: Reach }>('SELECT reach FROM permission WHERE grp = ? AND role = ?')
  const reachOf = (group: PermissionGroup, role: Role): Reach => find.get(group, role)?.reach ?? 'all'
  const within: Permissions['reachOf'] = (operation, roles) => {
    const group = GROUP_OF.get(operation) ?? null
    if (group === null || roles.includes('admin')) return { reach: 'all', group }
    const reach = roles
      .filter((role) => mayBy(operation, role))
      .reduce<Reach>((found, role) => further(found, reachOf(group, role)), 'none')
    return { reach, group }
  }
  return {
    reachOf: within,
    withheld: (roles) =>
      OPERATIONS.filter((one) => mayCall(one, roles) && within(one, roles).reach === 'none'),
    table: () =>
      PERMISSION_GROUPS.map((group) => ({
        group,
        roles: rolesOf(group).map((role) => ({
          role,
          reach: reachOf(group, role),
          least: leastOf(group, role),
        })),
      })),
    set(changes) {
      const before = changes.map(({ group, role }) => ({ group, role, reach: reachOf(group, role) }))
      for (const change of changes) requirePossible(change)
      for (const { group, role, reach } of changes)
        if (reach === 'all')
          db.statement('DELETE FROM permission WHERE grp = ? AND role = ?').run(group, role)
        else db.statement(UPSERT).run(group, role, reach)
      return before
    },
  }
}

const UPSERT = `INSERT INTO permission (grp, role, reach) VALUES (?, ?, ?)
  ON CONFLICT (grp, role) DO UPDATE SET reach = excluded.reach`

const leastOf = (group: PermissionGroup, role: Role): Reach => groupOf(group).least?.[role] ?? 'none'

function requirePossible({ group, role, reach }: Change): void {
  const possible =
    rolesOf(group).includes(role) &&
    ORDER[reach] >= ORDER[leastOf(group, role)] &&
    (reach !== 'own' || groupOf(group).own === true)
  if (possible) return
  throw new SitedeskError('INVALID_INPUT', `${role} cannot have ${reach} of ${group}.`, {
    issues: [{ path: 'changes', message: 'outside what the contract allows' }],
    group,
    role,
    reach,
  })
}
