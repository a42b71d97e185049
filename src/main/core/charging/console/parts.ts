import { SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from '../../context.ts'
import type { Devices } from '../../devices/index.ts'
import type { Operators } from '../../operators/index.ts'
import type { Books } from '../books.ts'
import type { PaymentDesk } from '../payment-desk.ts'
import { Refusal } from '../refusal.ts'

export interface ConsoleParts {
  readonly ctx: CoreContext
  readonly books: Books
  readonly devices: Pick<Devices, 'changed'>
  readonly operators: Pick<Operators, 'secondPerson'>
  readonly payments: Pick<PaymentDesk, 'byStaff' | 'chargeByStaff'>
}

/** A rule that refuses a mini-program refuses the desk for the same reason. */
export function asDesk<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const reason = error.rule ?? 'rule'
    throw new SitedeskError('NOT_ALLOWED_NOW', `A rule of charging refuses this: ${reason}.`, {
      reason,
      // what a phone would be told, for a rule that has no words of its own at the desk
      ...(error.rule === null && { text: error.message }),
    })
  }
}
