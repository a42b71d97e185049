import type { Role } from '#shared/contract/define.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Audit } from '../audit/index.ts'
import type { Call, CoreContext, SignedIn } from '../context.ts'
import type { Permissions } from './permissions.ts'
import type { SignIn } from './sign-in.ts'

export interface Given {
  readonly name: string
  readonly pin: string
}

/** What is confirmed, and who may confirm it. */
export interface Confirmed {
  readonly operation: string
  readonly roles: readonly Role[]
}

/**
 * Another person than the one who asks confirms with his PIN: under the same limit of attempts as a sign-in, and told
 * in the audit with both names. Answers his name.
 */
export type SecondPerson = (call: Call, second: Given | undefined, deed: Confirmed) => Promise<string>

export const createSecondPerson =
  (
    ctx: CoreContext,
    { vouch, audit, permissions }: { vouch: SignIn; audit: Audit; permissions: Permissions },
  ): SecondPerson =>
  async (call, second, { operation, roles }) => {
    if (!second)
      throw new SitedeskError('NOT_ALLOWED_NOW', 'A second person has to confirm this with name and PIN.', {
        reason: 'secondPerson',
      })
    const person: SignedIn = await vouch(call, second)
    requireOther(call.operator?.operatorId, person.operatorId, 'Who asks for this does not confirm it.')
    if (!person.roles.some((role) => role === 'admin' || roles.includes(role)))
      throw new SitedeskError('ROLE_REQUIRED', `This is confirmed by one of: ${roles.join(', ')}.`, { roles })
    const { reach, group } = permissions.reachOf(operation, person.roles)
    if (reach === 'none')
      throw new SitedeskError('ROLE_REQUIRED', `An administrator withheld this from ${person.name}.`, {
        operation,
        reason: 'withheld',
        group,
      })
    await ctx.store.site.write(() =>
      audit.append({
        operator: call.operator?.name ?? null,
        door: call.caller.door,
        caller: call.caller,
        operation: 'operators.confirm',
        target: person.name,
        outcome: 'ok',
        after: { operation },
      }),
    )
    return person.name
  }

/** The one rule of two people, also where they act one after the other. */
export function requireOther(first: string | undefined, second: string | undefined, message: string): void {
  if (first !== second) return
  throw new SitedeskError('NOT_ALLOWED_NOW', message, { reason: 'samePerson' })
}
