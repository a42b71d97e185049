import { ROLES, type Role } from '#shared/contract/define.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { CoreContext, SignedIn } from '../context.ts'
import type { StoredPin } from './pins.ts'
import { keyOf } from './throttle.ts'

export interface Operator extends SignedIn {
  readonly phone: string
  readonly disabled: boolean
  readonly mustChangePin: boolean
  readonly createdAt: number
  readonly lastSignInAt: number | null
}

export interface OperatorDraft {
  readonly name: string
  readonly roles: readonly Role[]
  readonly phone: string
  readonly pin: StoredPin
  /** the PIN has to be changed at the next sign-in */
  readonly temporary?: boolean
}

interface Row {
  readonly id: string
  readonly name: string
  readonly roles: string
  readonly phone: string
  readonly disabled: number
  readonly pin_temporary: number
  readonly created_at: number
  readonly last_sign_in_at: number | null
}

const COLUMNS = 'id, name, roles, phone, disabled, pin_temporary, created_at, last_sign_in_at'

/** Who may work here. Every look-up reads the file, so that a changed role holds from the next call on. */
export interface Register {
  all(): Operator[]
  count(): number
  byId(id: string): Operator | null
  byName(name: string): Operator | null
  pinOf(id: string): StoredPin | null
  /** the rest only inside `site.write`; NAME_TAKEN, LAST_ADMIN, SHIFT_OPEN, NOT_FOUND */
  add(draft: OperatorDraft): Operator
  change(id: string, change: Partial<OperatorDraft & { disabled: boolean }>): Operator
  signedIn(id: string): void
}

export function createRegister({ store: { site }, ports }: CoreContext): Register {
  const all = () => site.statement<Row>(`SELECT ${COLUMNS} FROM operator ORDER BY name`).all().map(toOperator)
  const byId = (id: string) => {
    const row = site.statement<Row>(`SELECT ${COLUMNS} FROM operator WHERE id = ?`).get(id)
    return row ? toOperator(row) : null
  }
  // SQLite's NOCASE knows ASCII only; the register is small.
  const byName = (name: string) => all().find((operator) => keyOf(operator.name) === keyOf(name)) ?? null
  const existing = (id: string) => {
    const found = byId(id)
    if (!found) throw notFound('operator', id)
    return found
  }
  const refuseTaken = (name: string, self?: string) => {
    const other = byName(name)
    if (other && other.operatorId !== self)
      throw new SitedeskError('NAME_TAKEN', `There is an operator ${other.name} already.`, { name })
  }
  // sales, drawers and reports carry the name: a shift left under the old one would be nobody's, or the next one's
  const refuseOpenShift = (name: string) => {
    const open = site
      .statement<{ id: string; number: number }>(
        "SELECT id, number FROM shift WHERE operator = ? AND state = 'open'",
      )
      .get(name)
    if (!open) return
    const message = `Shift ${open.number} of ${name} is still open; it is closed before the name changes.`
    throw new SitedeskError('SHIFT_OPEN', message, { ...open, operator: name })
  }
  return {
    all,
    count: () => site.statement<{ n: number }>('SELECT count(*) AS n FROM operator').get()?.n ?? 0,
    byId,
    byName,
    pinOf: (id) =>
      site
        .statement<StoredPin>('SELECT pin_salt AS salt, pin_hash AS hash FROM operator WHERE id = ?')
        .get(id) ?? null,
    add(draft) {
      refuseTaken(draft.name)
      const id = ports.random.uuid()
      const values = { id, ...toColumns(draft), created_at: ports.clock.now(), last_sign_in_at: null }
      site.run(site.query.insertInto('operator').values({ ...values, disabled: 0 }))
      return existing(id)
    },
    change(id, change) {
      const before = existing(id)
      if (change.name !== undefined) refuseTaken(change.name, id)
      if (change.name !== undefined && change.name !== before.name) refuseOpenShift(before.name)
      if (losesAdmin(before, change)) refuseLastAdmin(all(), id)
      const columns = toColumns(change)
      if (Object.keys(columns).length > 0)
        site.run(site.query.updateTable('operator').set(columns).where('id', '=', id))
      return existing(id)
    },
    signedIn: (id) =>
      void site.statement('UPDATE operator SET last_sign_in_at = ? WHERE id = ?').run(ports.clock.now(), id),
  }
}

const isActiveAdmin = (operator: { roles: readonly Role[]; disabled: boolean }) =>
  operator.roles.includes('admin') && !operator.disabled

const losesAdmin = (before: Operator, change: { roles?: readonly Role[]; disabled?: boolean }) =>
  isActiveAdmin(before) &&
  !isActiveAdmin({ roles: change.roles ?? before.roles, disabled: change.disabled ?? before.disabled })

function refuseLastAdmin(all: readonly Operator[], id: string): void {
  if (all.some((other) => other.operatorId !== id && isActiveAdmin(other))) return
  throw new SitedeskError('LAST_ADMIN', 'This is the last administrator; make another one first.', { id })
}

interface Columns {
  name: string
  roles: string
  phone: string
  pin_salt: Uint8Array
  pin_hash: Uint8Array
  pin_temporary: number
  disabled: number
}

function toColumns(draft: OperatorDraft): Omit<Columns, 'disabled'>
function toColumns(draft: Partial<OperatorDraft & { disabled: boolean }>): Partial<Columns>
function toColumns(draft: Partial<OperatorDraft & { disabled: boolean }>): Partial<Columns> {
  const { name, roles, phone, pin, temporary = false, disabled } = draft
  return {
    ...(name !== undefined && { name }),
    ...(roles && { roles: JSON.stringify(ROLES.filter((role) => roles.includes(role))) }),
    ...(phone !== undefined && { phone }),
    ...(pin && { pin_salt: pin.salt, pin_hash: pin.hash, pin_temporary: Number(temporary) }),
    ...(disabled !== undefined && { disabled: Number(disabled) }),
  }
}

function toOperator(row: Row): Operator {
  return {
    operatorId: row.id,
    name: row.name,
    roles: JSON.parse(row.roles) as Role[],
    phone: row.phone,
    disabled: row.disabled === 1,
    mustChangePin: row.pin_temporary === 1,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
  }
}
