import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { lastFour, maskPhone } from '#shared/privacy.ts'
import type { Audit } from '../audit/index.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { seesWhole } from '../privacy.ts'
import type { Settings } from '../settings/index.ts'
import { createInitial } from './initial.ts'
import { createPermissions, type Permissions } from './permissions.ts'
import { createPins, type Pins } from './pins.ts'
import { createRegister, type Operator, type Register } from './register.ts'
import { SessionBook, type SessionControl, type Sessions } from './sessions.ts'
import { createPinChecks, type SignIn } from './sign-in.ts'
import { createSecondPerson, type SecondPerson } from './second-person.ts'
import { createThrottle, keyOf, type Throttle } from './throttle.ts'

export { requireOther, type SecondPerson } from './second-person.ts'
export type { Sessions, SessionState } from './sessions.ts'

export interface Operators {
  readonly sessions: Sessions
  /** the PIN of a second person for one deed; PIN_WRONG or TOO_MANY_ATTEMPTS, both in the audit log */
  readonly secondPerson: SecondPerson
  readonly permissions: Permissions
  /** all that exist, disabled ones too: none means first run */
  count(): number
  /** who may sign in, for the list on the sign-in screen */
  names(): string[]
  handlers: AreaHandlers<'operators'>
}

interface Parts {
  readonly settings: Settings
  readonly register: Register
  readonly pins: Pins
  readonly throttle: Throttle
  readonly sessions: SessionControl
  readonly signIn: SignIn
  readonly own: SignIn
}

export async function createOperators(
  ctx: CoreContext,
  { settings, audit }: { settings: Settings; audit: Audit },
): Promise<Operators> {
  const register = createRegister(ctx)
  const pins = createPins(ctx.ports)
  const throttle = createThrottle(ctx)
  await createInitial(ctx, { register, pins, audit })
  const sessions = new SessionBook(ctx, register, () => settings.values().autoLockMinutes)
  const { signIn, vouch, own } = createPinChecks(ctx, { register, pins, throttle, audit })
  const permissions = createPermissions(ctx.store.site)
  const parts = { settings, register, pins, throttle, sessions, signIn, own }
  return {
    sessions,
    secondPerson: createSecondPerson(ctx, { vouch, audit, permissions }),
    permissions,
    count: register.count,
    names: () =>
      register
        .all()
        .filter((operator) => !operator.disabled)
        .map((operator) => operator.name),
    handlers: {
      ...sessionHandlers(ctx, parts),
      ...registerHandlers(ctx, parts),
      ...permissionHandlers(ctx, permissions),
    },
  }
}

function sessionHandlers(ctx: CoreContext, { settings, register, pins, sessions, signIn, own }: Parts) {
  const opened = (call: Call, { operatorId, name, roles, mustChangePin }: Operator) => ({
    session: sessions.open(call.caller, operatorId),
    name,
    roles: [...roles],
    mustChangePin,
  })
  const refuseSetUp = () => {
    if (register.count() > 0)
      throw new SitedeskError('ALREADY_SET_UP', 'There are operators already; sign in as one of them.')
  }
  return {
    'operators.createFirst': async (call: Call, input: Checked<'operators.createFirst'>) => {
      refuseSetUp()
      const pin = await pins.hash(input.pin)
      const { operator, named } = await call.commit(() => {
        refuseSetUp()
        const operator = register.add({ name: input.name, roles: ['admin'], phone: '', pin })
        register.signedIn(operator.operatorId)
        call.note({ target: operator.name, after: { roles: operator.roles, siteName: input.siteName } })
        return { operator, named: settings.begin(input) }
      })
      named()
      changed(ctx)
      return opened(call, operator)
    },
    'operators.signIn': async (call: Call, input: Checked<'operators.signIn'>) =>
      opened(call, await signIn(call, input)),
    'operators.changePin': async (call: Call, { pin, newPin }: Checked<'operators.changePin'>) => {
      const me = await own(call, { name: call.operator?.name ?? '', pin })
      if (pin === newPin)
        throw new SitedeskError('INVALID_INPUT', 'newPin: another one than before', {
          issues: [{ path: 'newPin', message: 'another one than before' }],
        })
      const hashed = await pins.hash(newPin)
      await call.commit(() => {
        register.change(me.operatorId, { pin: hashed })
        call.note({ target: me.name, after: { newPin: true } })
      })
      sessions.endOf(me.operatorId, call.caller)
      changed(ctx)
      return { ok: true as const }
    },
    'operators.signOut': async (call: Call) => {
      await call.commit(() => undefined)
      sessions.end(call.caller)
      return { ok: true as const }
    },
    'operators.lock': async (call: Call) => {
      await call.commit(() => undefined)
      sessions.lock(call.caller)
      return { ok: true as const }
    },
    'operators.touch': (call: Call) => {
      sessions.touch(call.caller)
      return { ok: true as const }
    },
  }
}

function registerHandlers(ctx: CoreContext, { register, pins, throttle, sessions }: Parts) {
  return {
    'operators.list': (call: Call, input: Checked<'operators.list'>) => list(register, call, input),
    'operators.create': async (
      call: Call,
      { name, roles, phone = '', ...input }: Checked<'operators.create'>,
    ) => {
      const pin = await pins.hash(input.pin)
      const operator = await call.commit(() => {
        const added = register.add({ name, roles, phone, pin })
        call.note({ target: added.name, after: audited(added) })
        return added
      })
      changed(ctx)
      return shown(operator)
    },
    'operators.update': async (
      call: Call,
      { id, pin, temporary = false, ...change }: Checked<'operators.update'>,
    ) => {
      const hashed = pin === undefined ? undefined : await pins.hash(pin)
      const operator = await call.commit(() => {
        const before = register.byId(id)
        const after = register.change(id, { ...change, ...(hashed && { pin: hashed, temporary }) })
        if (hashed) throttle.clear(after.name)
        call.note({
          target: after.name,
          before: before && audited(before),
          after: { ...audited(after), ...(hashed && { newPin: true, temporary }) },
        })
        return after
      })
      if (operator.disabled) sessions.endOf(id)
      else if (hashed) sessions.endOf(id, call.caller)
      changed(ctx)
      return shown(operator)
    },
  }
}

function permissionHandlers(ctx: CoreContext, permissions: Permissions) {
  return {
    'operators.permissions': ({ operator }: Call) => ({
      groups: permissions.table(),
      withheld: permissions.withheld(operator?.roles ?? []),
    }),
    'operators.setPermissions': async (call: Call, { changes }: Checked<'operators.setPermissions'>) => {
      await call.commit(() => call.note({ before: permissions.set(changes), after: changes }))
      changed(ctx)
      return { groups: permissions.table(), withheld: [] }
    },
  }
}

function list(
  register: Register,
  call: Call,
  { query = '', offset = 0, limit = DEFAULT_LIMIT }: Checked<'operators.list'>,
) {
  const wanted = keyOf(query)
  const whole = seesWhole(call, 'operators')
  const sees = ({ operatorId }: Operator) => whole || operatorId === call.operator?.operatorId
  // who may not see a phone does not find it out digit by digit either
  const hasPhone = (operator: Operator) =>
    sees(operator)
      ? operator.phone.includes(wanted)
      : [operator.phone, lastFour(operator.phone)].includes(wanted)
  const found = register.all().filter((one) => keyOf(one.name).includes(wanted) || hasPhone(one))
  const rows = found.slice(offset, offset + limit).map((one) => {
    const row = shown(one)
    return sees(one) ? row : { ...row, phone: maskPhone(row.phone) }
  })
  return { total: found.length, rows }
}

/** Lists of operators, and what every screen knows of its own. */
function changed(ctx: CoreContext): void {
  ctx.events.emit({ type: 'changed', area: 'operators' })
  ctx.events.emit({ type: 'changed', area: 'system' })
}

const audited = ({ name, roles, phone, disabled }: Operator) => ({
  name,
  roles,
  disabled,
  ...(phone && { phone }),
})

const shown = (operator: Operator): Output<'operators.create'> => ({
  id: operator.operatorId,
  name: operator.name,
  roles: [...operator.roles],
  phone: operator.phone,
  disabled: operator.disabled,
  mustChangePin: operator.mustChangePin,
  createdAt: operator.createdAt,
  lastSignInAt: operator.lastSignInAt,
})
