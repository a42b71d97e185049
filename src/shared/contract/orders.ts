import { z } from '../z.ts'
import { port } from './chargers.ts'
import { id, instant, nothing, page, paging, read, write } from './define.ts'
import { fen } from './values.ts'

/** `settled`: free of charge, or paid · `pending`: a payment was begun and its end is not known. */
export const orderState = z.enum(['unpaid', 'pending', 'settled', 'cancelled'])
export const cashOutState = z.enum(['open', 'inBatch', 'done'])

export const orderRow = z.object({
  orderId: z.string(),
  state: orderState,
  /** phone; masked for who is no supervisor (`138****1234`), as everywhere, and taken so as a filter */
  user: z.string(),
  userName: z.string(),
  deviceCode: z.string(),
  alias: z.string(),
  port,
  unitPriceFen: fen,
  /** 30-minute units (U-09) */
  unit: z.int(),
  moneyFen: fen,
  orderedAt: instant,
  /** orderedAt + unit × 30 min; computed, never stored (D-21) */
  endsAt: instant,
  coins: z.int(),
  cashFen: fen,
  paidAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  /** who had the charger then */
  manager: z.string(),
  managerName: z.string(),
  cashOut: cashOutState,
  cashOutId: z.string().nullable(),
})
export type OrderRow = z.infer<typeof orderRow>

const totals = z.object({
  count: z.int(),
  units: z.int(),
  moneyFen: fen,
  coins: z.int(),
  cashFen: fen,
})

const filter = {
  query: z.string().max(100).optional(),
  user: z.string().max(20).optional(),
  manager: z.string().max(20).optional(),
  deviceCode: z.string().max(8).optional(),
  port: port.optional(),
  state: z.array(orderState).optional(),
  from: instant.optional(),
  /** exclusive */
  to: instant.optional(),
}

export const zombieKind = z.enum([
  /** the order still runs, its port says free */
  'portFree',
  /** a port supplies power and no order covers it */
  'noOrder',
  /** the port goes on after the order's end: the supply was cut meanwhile (B-28) */
  'afterEnd',
  /** ordered, never reported charging, not cancelled, unpaid for long */
  'neverStarted',
])
export const zombieFix = z.enum(['cancelOrder', 'confirmPayment', 'powerOff', 'readPorts'])

const access = ['supervisor', 'cashier', 'viewer'] as const

/**
 * Supervisors only: why it is done although the payment provider cannot be asked. What comes there later is listed in
 * `orders.refundTasks`.
 */
export const withoutProvider = z.string().trim().min(2).max(200).optional()

export const orders = {
  'orders.list': read({
    access,
    summary:
      'Charging orders, newest first, with totals over the whole filter (cancelled ones are in no total, R-14).',
    input: z.strictObject({ ...paging, ...filter }),
    output: page(orderRow).extend({ totals }),
  }),
  'orders.get': read({
    access,
    summary: 'One order with every payment that was begun for it.',
    input: z.strictObject({ orderId: id }),
    output: orderRow.extend({
      payments: z.array(
        z.object({
          state: z.enum(['pending', 'success', 'failed']),
          coins: z.int(),
          cashFen: fen,
          providerId: z.string().nullable(),
          begunAt: instant,
          endedAt: instant.nullable(),
        }),
      ),
    }),
  }),
  'orders.confirmPayment': write({
    access: ['supervisor', 'cashier'],
    summary:
      'Staff took the money of an unpaid order; settles it once (R-17). What was begun at a payment provider is ended ' +
      'there first: paid there meanwhile is ALREADY_PAID, a provider that cannot be asked PAYMENT_UNKNOWN.',
    input: z.strictObject({
      orderId: id,
      /** what staff took; refused where another sum is owed by now */
      cashFen: fen.optional(),
      withoutProvider,
    }),
    output: orderRow,
  }),
  'orders.cancel': write({
    access: ['supervisor'],
    summary:
      'Gives up an unpaid order, with a reason; coins that were held go back. Ended at the payment provider first, as ' +
      'in orders.confirmPayment.',
    input: z.strictObject({ orderId: id, reason: z.string().trim().min(2).max(200), withoutProvider }),
    output: orderRow,
  }),
  'orders.zombies': read({
    access,
    summary: 'Orders and ports that do not fit together, each with a proposed fix.',
    input: nothing,
    output: z.object({
      rows: z.array(
        z.object({
          kind: zombieKind,
          deviceCode: z.string(),
          /** what the fixes over the radio go to */
          btName: z.string(),
          alias: z.string(),
          port,
          orderId: z.string().nullable(),
          since: instant,
          /** minutes left that the port reports */
          minutes: z.int().nullable(),
          reportedAt: instant.nullable(),
          fixes: z.array(zombieFix),
        }),
      ),
    }),
  }),
  'orders.dashboard': read({
    access,
    summary: 'Figures of so many days up to now: totals, per charger and per hour of the day.',
    input: z.strictObject({ days: z.int().min(1).max(31) }),
    output: z.object({
      from: instant,
      to: instant,
      totals,
      before: totals,
      byDay: z.array(totals.extend({ day: instant })),
      byDevice: z.array(totals.extend({ deviceCode: z.string(), alias: z.string() })),
      /** 24 counts of orders begun in that hour */
      byHour: z.array(z.int()),
      /** port × hour: charging minutes ordered */
      heat: z.array(z.object({ deviceCode: z.string(), alias: z.string(), port, minutes: z.array(z.int()) })),
    }),
  }),
  'orders.refundTasks': read({
    access: ['supervisor'],
    summary: 'Money that came for orders settled or given up meanwhile (R-17).',
    input: z.strictObject({ ...paging, done: z.boolean().optional() }),
    output: page(
      z.object({
        id,
        /** of an order, or of a purchase of coins (`P…`) */
        orderId: z.string(),
        providerId: z.string(),
        amountFen: fen,
        reason: z.string(),
        raisedAt: instant,
        doneBy: z.string().nullable(),
        doneAt: instant.nullable(),
        note: z.string().nullable(),
      }),
    ),
  }),
  'orders.refundDone': write({
    access: ['supervisor'],
    summary: 'Says that such money was given back, and how.',
    input: z.strictObject({ id, note: z.string().trim().min(2).max(200) }),
    output: z.object({ ok: z.literal(true) }),
  }),
}
