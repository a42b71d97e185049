import { parseZone } from '../time.ts'
import { z } from '../z.ts'

/** What an operator may be allowed to do (interfaces §2). `admin` passes every check. */
export const ROLES = [
  'admin',
  'supervisor',
  'cashier',
  'installer',
  'meters',
  'attendance',
  'viewer',
] as const
export type Role = (typeof ROLES)[number]

/** `public`: before anyone signed in · `operator`: anyone signed in · otherwise one of these roles. */
export type Access = 'public' | 'operator' | readonly Role[]

export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** `write` changes something a person decided or entered and leaves an audit row. */
  readonly kind: 'read' | 'write'
  readonly access: Access
  /** One English sentence for the OpenAPI document. */
  readonly summary: string
  readonly input: I
  readonly output: O
  /** its lists may have tens of thousands of rows: the door checks a sample of them (performance targets) */
  readonly manyRows?: true
}

type Declared<I extends z.ZodType, O extends z.ZodType> = Omit<Operation<I, O>, 'kind'>

export const read = <I extends z.ZodType, O extends z.ZodType>(op: Declared<I, O>): Operation<I, O> => ({
  kind: 'read',
  ...op,
})

export const write = <I extends z.ZodType, O extends z.ZodType>(op: Declared<I, O>): Operation<I, O> => ({
  kind: 'write',
  ...op,
})

export const nothing = z.strictObject({})
export const done = z.object({ ok: z.literal(true) })

/** Epoch milliseconds. */
export const instant = z.int().min(0)
export const id = z.string().min(1).max(200)
export const source = z.enum(['imr', 'campus', 'water'])
export type Source = z.infer<typeof source>
export const role = z.enum(ROLES)
/** Fixed offset of a site. */
export const zone = z.string().refine((t) => parseZone(t) !== null, 'a fixed offset such as +08:00')

/** Every list pages the same way (interfaces §3). */
export const paging = {
  offset: z.int().min(0).optional(),
  limit: z.int().min(1).max(1000).optional(),
}
export const DEFAULT_LIMIT = 100

/** Another operator who confirms on the spot, by name and PIN; under the same limit of attempts as a sign-in. */
export const secondPerson = z.strictObject({
  name: z.string().min(1).max(60),
  pin: z.string().min(1).max(20),
})

export const page = <R extends z.ZodType>(row: R) => z.object({ total: z.int().min(0), rows: z.array(row) })
