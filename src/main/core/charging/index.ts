import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Devices } from '../devices/index.ts'
import type { Operators } from '../operators/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Books } from './books.ts'
import { createConsole } from './console/index.ts'
import { findZombies, type Zombie } from './console/zombies.ts'
import { PaymentDesk } from './payment-desk.ts'
import type { ProviderParts } from './payees.ts'
import { Sessions } from './sessions.ts'

export { textOf, timeOf, UNIT, type Books } from './books.ts'
export type { Zombie } from './console/zombies.ts'
export { offlinePayment } from './offline.ts'
export { rememberMerchant, unknownMerchant } from './payees.ts'
export { CODE, Refusal, type Code } from './refusal.ts'
export { UNENDED } from './unended.ts'

export type ChargingHandlers = ReturnType<typeof createConsole>

/** The charging business: orders, coins, payments, managers and their income (spec §5). */
export interface Charging {
  /** what the rules work on; they are synchronous and change things only inside `books.db.write` */
  readonly books: Books
  readonly sessions: Sessions
  readonly payments: PaymentDesk
  readonly handlers: ChargingHandlers
  /** orders and ports that do not fit together, one by one */
  zombies(now: number): Iterable<Zombie>
  /** after the ready line: payments that wait are asked about */
  start(): void
  close(): Promise<void>
}

interface Parts extends ProviderParts {
  readonly settings: Pick<Settings, 'values' | 'zone'>
  readonly devices: Pick<Devices, 'changed'>
  readonly operators: Pick<Operators, 'secondPerson'>
}

export function createCharging(ctx: CoreContext, parts: Parts): Charging {
  const { settings } = parts
  const books: Books = {
    db: ctx.store.site,
    zone: settings.zone,
    rules: () => {
      const { coinFen, cashOutServiceBp, cancelWithinS, paymentMinutes, ...lan } = settings.values().lan
      return {
        coinFen,
        serviceBp: cashOutServiceBp,
        cancelWithin: cancelWithinS * SECOND,
        pendingFor: paymentMinutes * MINUTE,
        reportCounts: lan.portReportS * SECOND,
        sessionLives: lan.sessionHours * HOUR,
        mostCoins: lan.mostCoins,
      }
    },
  }
  const sessions = new Sessions(books)
  const payments = new PaymentDesk(ctx, { ...parts, books, sessions })
  return {
    books,
    sessions,
    payments,
    handlers: createConsole(ctx, { books, payments, devices: parts.devices, operators: parts.operators }),
    zombies: (now) => findZombies(books, now),
    start: () => payments.start(),
    close: () => payments.close(),
  }
}
