import { DAY, formatDateTime, MINUTE, parseDateTime, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { Fen } from '#shared/money.ts'
import type { SiteDatabase } from '../store/store.ts'
import { CODE, Refusal } from './refusal.ts'

/** What the owner may set of the charging business (interfaces §2 `lan`). */
export interface ChargingRules {
  /** what a coin is worth (U-24) */
  readonly coinFen: Fen
  /** service fee of a withdrawal, basis points (M-15) */
  readonly serviceBp: number
  /** U-23: an order may be given up so long after it was made, ms */
  readonly cancelWithin: number
  /** U-25: a payment that was begun holds its coins so long, ms */
  readonly pendingFor: number
  /** a report of the ports counts so long, ms */
  readonly reportCounts: number
  /** U-02: a session ends so long after its log-in, ms */
  readonly sessionLives: number
  /** U-28: coins of one purchase */
  readonly mostCoins: number
}

/** What holds where nobody set another. */
export const USUAL_LIMITS = {
  cancelWithin: 180 * SECOND,
  pendingFor: 15 * MINUTE,
  reportCounts: 120 * SECOND,
  sessionLives: DAY,
  mostCoins: 10_000,
} as const satisfies Partial<ChargingRules>

/** U-09: a unit of charging. */
export const UNIT = 30 * MINUTE
/** D-06: an order comes to 999.99 yuan at most. */
export const MOST_ORDER_FEN = 99_999

/** The books: site.db as the charging business sees it. Everything here is synchronous; changes only inside `write`. */
export interface Books {
  readonly db: SiteDatabase
  zone(): ZoneOffset
  rules(): ChargingRules
}

/** `yyyy-MM-dd HH:mm:ss`, the form of the 12 tables (spec §3.6). */
export const textOf = (books: Books, at: number): string => formatDateTime(at, books.zone())

/** Epoch ms of a time in the 12 tables. */
export const timeOf = (books: Books, text: string): number => parseDateTime(text, books.zone()) ?? 0

export interface StoredOrder {
  readonly id: number
  readonly orderId: string
  readonly user: string
  readonly deviceCode: string
  readonly port: number
  readonly unitPrice: Fen
  readonly unit: number
  readonly money: Fen
  readonly orderTime: string
  readonly pmoney: number
  readonly cash: Fen
  readonly payTime: string | null
  readonly cashOutFlag: number
  readonly cashOutId: string | null
  readonly manager: string
  readonly cancelTime: string | null
}

/** 4 where nobody with this phone ever logged in. */
export function requireUser({ db }: Books, user: string): { user: string; pmoney: number } {
  const sql = 'SELECT user, pmoney FROM user_info WHERE user = ?'
  const row = db.statement<{ user: string; pmoney: number }>(sql).get(user)
  if (!row) throw new Refusal(CODE.unknownCaller, '用户尚未登录', 'userUnknown')
  return row
}

export function requireManager({ db }: Books, manager: string): void {
  const sql = 'SELECT 1 AS found FROM manager_info WHERE manager = ?'
  if (!db.statement(sql).get(manager))
    throw new Refusal(CODE.unknownCaller, '管理员尚未登录', 'managerUnknown')
}

export function orderOf({ db }: Books, orderId: string): StoredOrder {
  const order = db.statement<StoredOrder>('SELECT * FROM order_info WHERE orderId = ?').get(orderId)
  if (!order) throw new Refusal(CODE.parameter, '账单不存在')
  return order
}
