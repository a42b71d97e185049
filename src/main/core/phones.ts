import { createCharging, offlinePayment, unknownMerchant, type Charging } from './charging/index.ts'
import type { AreaHandlers, CoreContext, LanService, Payments } from './context.ts'
import type { Devices } from './devices/index.ts'
import type { Operators } from './operators/index.ts'
import type { Settings } from './settings/index.ts'

/** What mini-programs are served from: the charging business and the service that lets them in. */
export interface Phones {
  readonly charging: Charging
  readonly payments: Payments
  readonly lan: LanService
  /** No call comes in any more, then no payment is asked about. */
  close(): Promise<void>
}

interface Parts {
  readonly settings: Settings
  readonly devices: Devices
  readonly operators: Pick<Operators, 'secondPerson'>
}

export function createPhones(ctx: CoreContext, { settings, devices, operators }: Parts): Phones {
  const { createLan, createPayments, demoSite } = ctx.options
  const payments = createPayments?.({ ctx, settings }) ?? staffOnly
  const charging = createCharging(ctx, { settings, devices, operators, ...payments })
  const lan = createLan?.({ ctx, settings, charging }) ?? without
  demoSite?.serve({ lanUrl: () => lan.state().url })
  return {
    charging,
    payments,
    lan,
    async close() {
      await lan.close()
      await charging.close()
      payments.close()
    },
  }
}

const staffOnly: Payments = {
  provider: () => offlinePayment,
  providerOf: ({ mchId }) => unknownMerchant(mchId),
  problem: () => null,
  close: () => undefined,
}

/** A host that has no service for mini-programs: what no handler answers, the dispatch refuses. */
const without: LanService = {
  handlers: {} as AreaHandlers<'lan'>,
  state: () => ({ state: 'off', url: null }),
  begin: () => Promise.resolve(),
  close: () => Promise.resolve(),
}
