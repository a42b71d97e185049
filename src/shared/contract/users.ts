import { PHONE_OR_MASK } from '../privacy.ts'
import { z } from '../z.ts'
import { phone } from './devices.ts'
import { instant, page, paging, read, write } from './define.ts'
import { withoutProvider } from './orders.ts'
import { fen } from './values.ts'

/** whole, or as a list shows it */
const shownPhone = z.string().regex(PHONE_OR_MASK)
const access = ['supervisor', 'cashier', 'viewer'] as const

export const userRow = z.object({
  user: z.string(),
  userName: z.string(),
  professionId: z.int().nullable(),
  professionName: z.string(),
  coins: z.int(),
  /** coins that begun payments hold (U-25): part of neither the balance nor what is spent */
  heldCoins: z.int(),
  firstAt: instant,
  unpaid: z.boolean(),
  blacklistedBy: z.int(),
})
export type UserRow = z.infer<typeof userRow>

export const users = {
  'users.list': read({
    access,
    summary: 'People who use the chargers.',
    input: z.strictObject({
      ...paging,
      query: z.string().max(60).optional(),
      blacklisted: z.boolean().optional(),
    }),
    output: page(userRow),
  }),
  'users.get': read({
    access,
    summary: 'One of them.',
    input: z.strictObject({ user: shownPhone }),
    output: userRow,
  }),
  'users.reveal': write({
    access: ['supervisor', 'cashier'],
    summary: 'A phone whole that lists show masked; audited.',
    input: z.strictObject({ whose: z.enum(['user', 'manager']), phone: shownPhone }),
    output: z.object({ phone: z.string() }),
  }),
  'users.managers': read({
    access,
    summary: 'Managers with their chargers and what they could withdraw.',
    input: z.strictObject({ ...paging, query: z.string().max(60).optional() }),
    output: page(
      z.object({
        manager: z.string(),
        managerName: z.string(),
        firstAt: instant,
        devices: z.int(),
        withdrawableFen: fen,
        paidOutFen: fen,
      }),
    ),
  }),
}

/** One line of a user's coins; `balance` after it. */
export const coinEntry = z.object({
  kind: z.enum(['charge', 'giftIn', 'giftOut', 'order', 'held']),
  id: z.string(),
  at: instant,
  coins: z.int(),
  balance: z.int(),
  /** the other phone of a gift, the charger of an order */
  other: z.string().nullable(),
})

export const coins = {
  'coins.charges': read({
    access,
    summary: 'Purchases of coins, waiting ones first.',
    input: z.strictObject({
      ...paging,
      user: z.string().max(20).optional(),
      state: z.enum(['pending', 'success', 'failed']).optional(),
    }),
    output: page(
      z.object({
        payId: z.string(),
        user: z.string(),
        userName: z.string(),
        coins: z.int(),
        priceFen: fen,
        state: z.enum(['pending', 'success', 'failed']),
        begunAt: instant,
        paidAt: instant.nullable(),
        providerId: z.string().nullable(),
      }),
    ),
  }),
  'coins.confirmPayment': write({
    access: ['supervisor', 'cashier'],
    summary:
      'Staff took the money for coins; credits them once (R-23). Ended at the payment provider first, as in ' +
      'orders.confirmPayment.',
    input: z.strictObject({ payId: z.string().min(1).max(20), withoutProvider }),
    output: z.object({ payId: z.string(), user: z.string(), coins: z.int(), balance: z.int() }),
  }),
  'coins.ledger': read({
    access,
    summary:
      "A user's coins, newest first, as the tables give them; the balance is checked against them (R-21).",
    input: z.strictObject({ user: shownPhone, ...paging }),
    output: page(coinEntry).extend({ balance: z.int(), agrees: z.boolean() }),
  }),
}

export const blacklist = {
  'blacklist.list': read({
    access,
    summary: 'Who may not use whose chargers.',
    input: z.strictObject({
      ...paging,
      manager: z.string().max(20).optional(),
      user: z.string().max(20).optional(),
    }),
    output: page(
      z.object({
        user: z.string(),
        userName: z.string(),
        manager: z.string(),
        managerName: z.string(),
        since: instant,
      }),
    ),
  }),
  'blacklist.add': write({
    access: ['supervisor'],
    summary: 'Bars a user from the chargers of a manager; needs a use record with that manager (R-31).',
    input: z.strictObject({ user: phone, manager: phone }),
    output: z.object({ ok: z.literal(true) }),
  }),
  'blacklist.remove': write({
    access: ['supervisor'],
    summary: 'Lifts it; one that is absent is fine (R-32).',
    input: z.strictObject({ user: phone, manager: phone }),
    output: z.object({ ok: z.literal(true) }),
  }),
}

const professionId = z.int().min(1).max(99)
export const professions = {
  'professions.list': read({
    access: 'operator',
    summary: 'Professions that users choose from.',
    input: z.strictObject(paging),
    output: page(z.object({ professionId: z.int(), professionName: z.string(), users: z.int() })),
  }),
  'professions.save': write({
    access: ['supervisor'],
    summary: 'Adds a profession or renames it (U-07).',
    input: z.strictObject({ professionId, professionName: z.string().trim().min(1).max(20) }),
    output: z.object({ professionId: z.int(), professionName: z.string() }),
  }),
  'professions.remove': write({
    access: ['supervisor'],
    summary: 'Takes a profession that nobody has out of the list.',
    input: z.strictObject({ professionId }),
    output: z.object({ ok: z.literal(true) }),
  }),
}
