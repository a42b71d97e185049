import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { lastFour, maskPhone } from '#shared/privacy.ts'
import type { Audit } from '../audit/index.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { seesWhole } from '../privacy.ts'
import type { Settings } from '../settings/index.ts'
import { createInitial } from './initial.ts'
import { createPins, type Pins } from './pins.ts'
import { createRegister, type Operator, type Register } from './register.ts'
import { SessionBook, type SessionControl, type Sessions } from './sessions.ts'
import { createPinChecks, type SignIn } from './sign-in.ts'
import { createThrottle, keyOf, type Throttle } from './throttle.ts'

export type { Sessions, SessionState } from './sessions.ts'

export interface Operators {
  readonly sessions: Sessions
  /** the PIN of a second person for one deed; PIN_WRONG or TOO_MANY_ATTEMPTS, both in the audit log */
  readonly vouch: SignIn
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
  const { signIn, vouch } = createPinChecks(ctx, { register, pins, throttle, audit })
  const parts = { settings, register, pins, throttle, sessions, signIn }
  return {
    sessions,
    vouch,
    count: register.count,
    names: () =>
      register
        .all()
        .filter((operator) => !operator.disabled)
        .map((operator) => operator.name),
    handlers: { ...sessionHandlers(ctx, parts), ...registerHandlers(ctx, parts) },
  }
}

function sessionHandlers(ctx: CoreContext, { settings, register, pins, sessions, signIn }: Parts) {
  const opened = (call: Call, { operatorId, name, roles }: Operator) => ({
    session: sessions.open(call.caller, operatorId),
    name,
    roles: [...roles],
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
        return { operator, named: input.siteName ? settings.nameSite(input.siteName) : () => undefined }
      })
      named()
      changed(ctx)
      return opened(call, operator)
    },
    'operators.signIn': async (call: Call, input: Checked<'operators.signIn'>) =>
      opened(call, await signIn(call, input)),
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
    'operators.update': async (call: Call, { id, pin, ...change }: Checked<'operators.update'>) => {
      const hashed = pin === undefined ? undefined : await pins.hash(pin)
      const operator = await call.commit(() => {
        const before = register.byId(id)
        const after = register.change(id, { ...change, ...(hashed && { pin: hashed }) })
        if (hashed) throttle.clear(after.name)
        call.note({
          target: after.name,
          before: before && audited(before),
          after: { ...audited(after), ...(hashed && { newPin: true }) },
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
  createdAt: operator.createdAt,
  lastSignInAt: operator.lastSignInAt,
})
