import { SitedeskError } from '#shared/errors.ts'
import type { Audit } from '../audit/index.ts'
import type { Call, CoreContext } from '../context.ts'
import type { Pins } from './pins.ts'
import type { Operator, Register } from './register.ts'
import { keyOf, tooManyAttempts, type Throttle } from './throttle.ts'

interface Parts {
  readonly register: Register
  readonly pins: Pins
  readonly throttle: Throttle
  readonly audit: Audit
}

/** Checks name and PIN; PIN_WRONG or TOO_MANY_ATTEMPTS, both in the audit log. */
export type SignIn = (call: Call, given: { name: string; pin: string }) => Promise<Operator>

export interface PinChecks {
  readonly signIn: SignIn
  /** the PIN of another person who stands by, for one deed: no session, the same limit of attempts */
  readonly vouch: SignIn
  /** one's own PIN again, before it is changed */
  readonly own: SignIn
}

export function createPinChecks(ctx: CoreContext, parts: Parts): PinChecks {
  const { register, pins, throttle } = parts
  const refused = createRefusals(ctx, parts)
  const check: SignIn = async (call, { name, pin }) => {
    const closed = throttle.closedUntil(name)
    if (closed !== null) throw await refused.closed(call, name, closed)
    const found = register.byName(name)
    const right = await pins.verify(pin, found && register.pinOf(found.operatorId))
    // looked at again: the hash took its time
    const operator = found && register.byId(found.operatorId)
    if (!right || !operator || operator.disabled) throw await refused.wrong(call, name)
    return operator
  }
  const signIn: SignIn = async (call, given) => {
    const operator = await check(call, given)
    await call.commit(() => {
      throttle.clear(given.name)
      register.signedIn(operator.operatorId)
      call.note({ target: operator.name, after: { roles: operator.roles } })
    })
    return operator
  }
  const vouch: SignIn = async (call, given) => {
    const operator = await check(call, given)
    await ctx.store.site.write(() => throttle.clear(given.name))
    return operator
  }
  // One after the other: attempts sent all at once are counted like attempts in a row.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn =
    (attempt: SignIn): SignIn =>
    (call, given) => {
      const mine = last.then(() => attempt(call, given))
      last = mine.catch(() => undefined)
      return mine
    }
  return { signIn: inTurn(signIn), vouch: inTurn(vouch), own: inTurn(vouch) }
}

/** Closures remembered so that each is audited once, however often somebody knocks. */
const MAX_TOLD = 1000

function createRefusals(ctx: CoreContext, { throttle, audit }: Parts) {
  const told = new Map<string, number>()
  const write = async (call: Call, name: string, outcome: string, after: () => object | undefined) => {
    await ctx.store.site.write(() =>
      audit.append({
        operator: call.operator?.name ?? null,
        door: call.caller.door,
        caller: call.caller,
        operation: 'operators.signIn',
        target: name,
        outcome,
        after: after(),
      }),
    )
    ctx.events.emit({ type: 'changed', area: 'audit' })
  }
  return {
    async wrong(call: Call, name: string): Promise<SitedeskError> {
      let retryAt: number | null = null
      await write(call, name, 'PIN_WRONG', () => {
        retryAt = throttle.fail(name)
        return retryAt === null ? undefined : { closedUntil: retryAt }
      })
      return new SitedeskError(
        'PIN_WRONG',
        'Name or PIN is wrong.',
        retryAt === null ? undefined : { retryAt },
      )
    },
    async closed(call: Call, name: string, until: number): Promise<SitedeskError> {
      const error = tooManyAttempts(until)
      if (told.get(keyOf(name)) === until) return error
      if (told.size >= MAX_TOLD) told.clear()
      told.set(keyOf(name), until)
      await write(call, name, error.code, () => error.data as object)
      return error
    },
  }
}
