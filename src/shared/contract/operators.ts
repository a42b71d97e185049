import { z } from '../z.ts'
import { PERMISSION_GROUPS, REACHES } from '../permissions.ts'
import { done, id, instant, nothing, page, paging, read, role, write } from './define.ts'

export const operatorName = z.string().trim().min(1).max(40)
export const pin = z.string().regex(/^\d{4,12}$/, 'a PIN of 4 to 12 digits')
export const phone = z
  .string()
  .regex(/^1\d{10}$/, 'a mobile number of 11 digits')
  .or(z.literal(''))

const session = z.object({
  session: z.string(),
  name: z.string(),
  roles: z.array(role),
  /** the PIN was given for one time: nothing else is answered before operators.changePin */
  mustChangePin: z.boolean(),
})

const reach = z.enum(REACHES)
const permissionGroup = z.enum(PERMISSION_GROUPS)
const permissionTable = z.object({
  groups: z.array(
    z.object({ group: permissionGroup, roles: z.array(z.object({ role, reach, least: reach })) }),
  ),
  /** operations that the contract lets who asks do, and the table does not */
  withheld: z.array(z.string()),
})

export const operatorRow = z.object({
  id,
  name: z.string(),
  roles: z.array(role),
  phone: z.string(),
  disabled: z.boolean(),
  mustChangePin: z.boolean(),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
})

export const operators = {
  'operators.createFirst': write({
    access: 'public',
    summary: 'First run only: creates the administrator and signs in.',
    input: z.strictObject({ name: operatorName, pin, siteName: z.string().trim().max(80).optional() }),
    output: session,
  }),
  'operators.signIn': write({
    access: 'public',
    summary: 'Signs an operator in with a PIN; five wrong ones close the door for 30 s, doubling.',
    input: z.strictObject({ name: operatorName, pin: z.string().min(1).max(64) }),
    output: session,
  }),
  'operators.signOut': write({
    access: 'operator',
    summary: 'Ends this session.',
    input: nothing,
    output: done,
  }),
  'operators.lock': write({
    access: 'operator',
    summary: 'Locks this screen until the PIN is given again.',
    input: nothing,
    output: done,
  }),
  'operators.touch': read({
    access: 'operator',
    summary: 'Says that a person is at the screen, so that it does not lock itself.',
    input: nothing,
    output: done,
  }),
  'operators.changePin': write({
    access: 'operator',
    summary: "Changes one's own PIN; other sessions of the same operator end.",
    input: z.strictObject({ pin: z.string().min(1).max(64), newPin: pin }),
    output: done,
  }),
  'operators.permissions': read({
    access: 'operator',
    summary: 'What an administrator withheld from which role, inside what the contract allows.',
    input: nothing,
    output: permissionTable,
  }),
  'operators.setPermissions': write({
    access: ['admin'],
    summary:
      'Withholds groups of operations from roles, or gives them back; `own` where there is such a thing.',
    input: z.strictObject({
      changes: z
        .array(z.strictObject({ group: permissionGroup, role, reach }))
        .min(1)
        .max(300),
    }),
    output: permissionTable,
  }),
  'operators.list': read({
    access: ['admin', 'supervisor'],
    summary: 'All operators.',
    input: z.strictObject({ ...paging, query: z.string().max(100).optional() }),
    output: page(operatorRow),
  }),
  'operators.create': write({
    access: ['admin'],
    summary: 'Adds an operator.',
    input: z.strictObject({ name: operatorName, pin, roles: z.array(role).min(1), phone: phone.optional() }),
    output: operatorRow,
  }),
  'operators.update': write({
    access: ['admin'],
    summary:
      'Changes name, roles, phone, PIN or whether an operator may sign in. The last administrator stays.',
    input: z.strictObject({
      id,
      name: operatorName.optional(),
      roles: z.array(role).min(1).optional(),
      phone: phone.optional(),
      pin: pin.optional(),
      /** with `pin`: he has to choose his own at the next sign-in */
      temporary: z.boolean().optional(),
      disabled: z.boolean().optional(),
    }),
    output: operatorRow,
  }),
}
