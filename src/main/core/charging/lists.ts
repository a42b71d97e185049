import type { Fen } from '#shared/money.ts'
import type { SqlValue } from '../ports.ts'
import { wholePhone } from '../privacy.ts'
import { textOf, type Books, type StoredOrder } from './books.ts'
import { inParts, type Reading, type Slice } from './parts.ts'

/** `pending`: a payment was begun and its end is not known · `settled`: paid, or free of charge. */
export type OrderState = 'unpaid' | 'pending' | 'settled' | 'cancelled'

export interface OrderFilter {
  readonly user?: string | undefined
  /** who had the charger when it was ordered */
  readonly manager?: string | undefined
  readonly deviceCode?: string | undefined
  readonly orderId?: string | undefined
  readonly port?: number | undefined
  /** words, each somewhere in the order, its user, its charger or its manager */
  readonly query?: string | undefined
  /** words may be parts of phones; else a phone is found whole or by its last four digits */
  readonly partsOfPhones?: boolean | undefined
  /** epoch ms */
  readonly from?: number | undefined
  /** epoch ms, exclusive */
  readonly to?: number | undefined
  /** absent: all but cancelled ones */
  readonly states?: readonly OrderState[] | undefined
}

export interface OrderTotals {
  readonly count: number
  readonly units: number
  readonly moneyFen: Fen
  readonly coins: number
  readonly cashFen: Fen
}

export interface ListedOrder extends StoredOrder {
  /** as it is now; '' where the charger is gone */
  readonly deviceName: string
  readonly userName: string
  readonly managerName: string
  readonly pending: boolean
}

export interface OrderSums {
  /** over the whole filter without cancelled orders */
  readonly totals: OrderTotals
  /** rows of the whole filter, cancelled ones too where they were asked for */
  readonly total: number
}

const PENDING = 'EXISTS (SELECT 1 FROM order_pay_info p WHERE p.orderId = o.orderId AND p.state = 0)'

const STATES: Readonly<Record<OrderState, string>> = {
  unpaid: `(o.payTime IS NULL AND o.cancelTime IS NULL AND NOT ${PENDING})`,
  pending: `(o.payTime IS NULL AND o.cancelTime IS NULL AND ${PENDING})`,
  settled: '(o.payTime IS NOT NULL AND o.cancelTime IS NULL)',
  cancelled: 'o.cancelTime IS NOT NULL',
}
const ALL_STATES = Object.keys(STATES) as OrderState[]

const NAMES = `LEFT JOIN device_info d ON d.deviceCode = o.deviceCode
  LEFT JOIN user_info u ON u.user = o.user
  LEFT JOIN manager_info m ON m.manager = o.manager`

const WORD_IN = [
  'o.orderId',
  "coalesce(u.userName, '')",
  'o.deviceCode',
  "coalesce(d.deviceName, '')",
  "coalesce(m.managerName, '')",
]
const PHONES = ['o.user', 'o.manager'] as const
const MOST_WORDS = 8
/** 9999-01-01: as texts, later times come before earlier ones; nothing is ordered so late. */
const LAST_TIME = 253_370_764_800_000

/** What a LIKE pattern would take as a sign is taken as it stands. */
export const literal = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

interface Where {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

function stateOf(states: readonly OrderState[] | undefined): string | null {
  if (!states) return 'o.cancelTime IS NULL'
  const wanted = ALL_STATES.filter((state) => states.includes(state))
  if (wanted.length === ALL_STATES.length) return null
  return wanted.length === 0 ? '0' : `(${wanted.map((state) => STATES[state]).join(' OR ')})`
}

/** `after`: only what comes after it in the list */
function conditions(books: Books, filter: OrderFilter, after: StoredOrder | null = null): Where {
  const parts: string[] = []
  const values: SqlValue[] = []
  const add = (sql: string, ...more: SqlValue[]) => {
    parts.push(sql)
    values.push(...more)
  }
  for (const column of ['user', 'manager', 'deviceCode', 'orderId', 'port'] as const) {
    const value = filter[column]
    if (value !== undefined) add(`o.${column} = ?`, value)
  }
  if (filter.from !== undefined) add('o.orderTime >= ?', textOf(books, filter.from))
  if (filter.to !== undefined && filter.to < LAST_TIME) add('o.orderTime < ?', textOf(books, filter.to))
  if (after !== null) add('(o.orderTime, o.id) < (?, ?)', after.orderTime, after.id)
  const state = stateOf(filter.states)
  if (state !== null) add(state)
  for (const word of wordsOf(filter.query)) {
    const like = (columns: readonly string[]) =>
      columns.map((column) => ({
        sql: String.raw`${column} LIKE ? ESCAPE '\'`,
        values: [`%${literal(word)}%`],
      }))
    const phones = PHONES.map((column) => wholePhone(column, word))
    const any = [...like(WORD_IN), ...(filter.partsOfPhones === false ? phones : like(PHONES))]
    add(`(${any.map((one) => one.sql).join(' OR ')})`, ...any.flatMap((one) => one.values))
  }
  return { sql: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values }
}

const wordsOf = (query = '') =>
  query
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)

/** A page, newest first (U-14), with totals that do not depend on it (U-13, R-20). */
export function orderPage(
  books: Books,
  filter: OrderFilter,
  page: { offset: number; limit: number },
): OrderSums & { readonly rows: readonly ListedOrder[] } {
  return { ...orderSums(books, filter), rows: orderRows(books, filter, { ...page, after: null }) }
}

/** The same of a slice that may be all there are, some rows at a time. */
export const orderParts = (
  books: Books,
  filter: OrderFilter,
  slice: Slice,
): OrderSums & { readonly parts: Iterable<readonly ListedOrder[]> } => ({
  ...orderSums(books, filter),
  parts: inParts<ListedOrder>(slice, (reading) => orderRows(books, filter, reading)),
})

function orderSums(books: Books, filter: OrderFilter): OrderSums {
  const { sql, values } = conditions(books, filter)
  const names = wordsOf(filter.query).length > 0 ? NAMES : ''
  const sums = books.db
    .statement<OrderTotals & { total: number }>(
      `SELECT count(*) AS total, count(*) FILTER (WHERE live) AS count,
         coalesce(sum(unit) FILTER (WHERE live), 0) AS units, coalesce(sum(money) FILTER (WHERE live), 0) AS moneyFen,
         coalesce(sum(pmoney) FILTER (WHERE live), 0) AS coins, coalesce(sum(cash) FILTER (WHERE live), 0) AS cashFen
       FROM (SELECT o.unit, o.money, o.pmoney, o.cash, o.cancelTime IS NULL AS live FROM order_info o ${names} ${sql})`,
    )
    .get(...values)
  const { total = 0, count = 0, units = 0, moneyFen = 0, coins = 0, cashFen = 0 } = sums ?? {}
  return { totals: { count, units, moneyFen, coins, cashFen }, total }
}

function orderRows(
  books: Books,
  filter: OrderFilter,
  { after, offset, limit }: Reading<ListedOrder>,
): ListedOrder[] {
  const { sql, values } = conditions(books, filter, after)
  return books.db
    .statement<Omit<ListedOrder, 'pending'> & { pending: number }>(
      `SELECT o.*, coalesce(d.deviceName, '') AS deviceName, coalesce(u.userName, '') AS userName,
         coalesce(m.managerName, '') AS managerName, (o.payTime IS NULL AND ${PENDING}) AS pending
       FROM order_info o ${NAMES} ${sql} ORDER BY o.orderTime DESC, o.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset)
    .map((row) => ({ ...row, pending: row.pending === 1 }))
}
