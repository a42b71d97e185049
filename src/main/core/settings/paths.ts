import { SitedeskError } from '#shared/errors.ts'

/** Settings as a flat list: `upstreams.imr.baseUrl` → value. Arrays are values, objects never are. */
export type Leaves = Map<string, unknown>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function flatten(value: unknown, path = '', leaves: Leaves = new Map()): Leaves {
  if (isObject(value))
    for (const [key, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${key}` : key, leaves)
  else if (value !== undefined && path) leaves.set(path, value)
  return leaves
}

/** `inner` is `outer` or lies below it. */
export const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`)
export const overlap = (a: string, b: string) => isWithin(a, b) || isWithin(b, a)

export function deleteWithin(leaves: Leaves, outer: string): void {
  for (const path of leaves.keys()) if (isWithin(path, outer)) leaves.delete(path)
}

interface Branch extends Map<string, unknown> {}

/** The object again; refuses a path that is a value and an object at once. */
export function unflatten(leaves: Leaves): Record<string, unknown> {
  const root: Branch = new Map()
  for (const [path, value] of leaves) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const branch = keys.reduce((at, key) => stepInto(at, key, path), root)
    if (branch.has(last)) throw invalid(path, 'expected object')
    branch.set(last, value)
  }
  return toObject(root)
}

function stepInto(at: Branch, key: string, path: string): Branch {
  const found = at.get(key) ?? new Map<string, unknown>()
  if (!(found instanceof Map)) throw invalid(path, 'expected object')
  at.set(key, found)
  return found as Branch
}

// Object.fromEntries defines own properties: a key `__proto__` stays a key, for the schema to refuse.
const toObject = (branch: Branch): Record<string, unknown> =>
  Object.fromEntries([...branch].map(([key, value]) => [key, value instanceof Map ? toObject(value) : value]))

export const invalid = (path: string, message: string) =>
  new SitedeskError('INVALID_INPUT', `${path}: ${message}`, { issues: [{ path, message }] })
