import { SECOND } from '#shared/time.ts'
import type { SiteDatabase } from '../store/store.ts'
import { CODE, Refusal } from './refusal.ts'

/** Tries before it is given up (D-03). */
const MOST_TRIES = 1000

const tail = (text: string, length: number) => text.slice(-length)
/** The last digits of UNIX seconds. */
const digits = (seconds: number, length: number) => tail(String(seconds).padStart(length, '0'), length)

/** The documented formulas; `seconds` is UNIX time. They repeat, so each is made unique by the next second. */
export const ID_FORMS = {
  /** 9, four digits of the phone, nine of the time: 14 (D-04) */
  order: (user: string) => (seconds: number) => `9${tail(user, 4)}${digits(seconds, 9)}`,
  /** P, four digits of the phone, six of the time: 11 (D-03) */
  pay: (user: string) => (seconds: number) => `P${tail(user, 4)}${digits(seconds, 6)}`,
  /** G, two digits of each phone, six of the time: 11 */
  gift: (from: string, to: string) => (seconds: number) =>
    `G${tail(from, 2)}${tail(to, 2)}${digits(seconds, 6)}`,
  /** C, four digits of the phone, six of the time (M-23) */
  cashOut: (manager: string) => (seconds: number) => `C${tail(manager, 4)}${digits(seconds, 6)}`,
  /** eight characters of the openId, six digits of the time: 14 (U-02) */
  session: (openId: string) => (seconds: number) =>
    `${tail(openId.padStart(8, '0'), 8)}${digits(seconds, 6)}`,
} as const

const PLACES = {
  order: 'SELECT 1 FROM order_info WHERE orderId = ?',
  // a purchase is first an attempt; the two tables share their ids
  pay: 'SELECT 1 FROM pmoney_charge_pay WHERE payId = ?',
  gift: 'SELECT 1 FROM pmoney_gift_info WHERE giftId = ?',
  cashOut: 'SELECT 1 FROM cashout_info WHERE cashOutId = ?',
  session: 'SELECT 1 FROM wx_info WHERE session = ?',
} as const

/** The id of now, or of the next second that is free. Only inside `site.write`. */
export function freeId(
  db: SiteDatabase,
  kind: keyof typeof ID_FORMS,
  form: (seconds: number) => string,
  now: number,
): string {
  const taken = db.statement(PLACES[kind])
  const seconds = Math.floor(now / SECOND)
  for (let i = 0; i < MOST_TRIES; i += 1) {
    const id = form(seconds + i)
    if (!taken.get(id)) return id
  }
  throw new Refusal(CODE.unknown, '编号已用尽，请稍后再试')
}
