import type { Fen } from '#shared/money.ts'
import type { SqlValue } from '../ports.ts'
import type { Books } from './books.ts'
import type { ListedOrder } from './lists.ts'
import { inParts, type Slice } from './parts.ts'
import { UNPAID } from './orders.ts'
import { WITHDRAWABLE, type StoredCashOut } from './withdrawals.ts'

/** Lists as the mini-programs show them, newest first (U-14). All of this only reads. */

export interface Page<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}

function pageOf<Row>(
  { db }: Books,
  parts: { columns: string; from: string; order: string; values: readonly SqlValue[] },
  { offset, limit }: Slice,
): Page<Row> {
  const { columns, from, order, values } = parts
  const total = db.statement<{ n: number }>(`SELECT count(*) AS n FROM ${from}`).get(...values)?.n ?? 0
  const rows = db
    .statement<Row>(`SELECT ${columns} FROM ${from} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all(...values, limit ?? -1, offset)
  return { total, rows }
}

const ORDER_NAMES = `o.*, coalesce(d.deviceName, '') AS deviceName, coalesce(u.userName, '') AS userName`
const ORDER_JOINS = `LEFT JOIN device_info d ON d.deviceCode = o.deviceCode LEFT JOIN user_info u ON u.user = o.user`

export type NamedOrder = Omit<ListedOrder, 'managerName' | 'pending'>

/** Exactly what sets `order` of UserInfo. */
export const unpaidOrders = ({ db }: Books, user: string): NamedOrder[] =>
  db
    .statement<NamedOrder>(
      `SELECT ${ORDER_NAMES} FROM order_info o ${ORDER_JOINS} WHERE o.user = ? AND ${UNPAID} ORDER BY o.id DESC`,
    )
    .all(user)

/** M-19: what getOrderCash counts, some rows at a time. */
export const withdrawableOrders = (
  { db }: Books,
  manager: string,
  slice: Slice,
): Iterable<readonly NamedOrder[]> =>
  inParts<NamedOrder>(slice, ({ after, offset, limit }) => {
    const behind = after ? 'AND (orderTime, id) < (?, ?)' : ''
    const rows = `SELECT * FROM order_info WHERE ${WITHDRAWABLE} ${behind} ORDER BY orderTime DESC, id DESC LIMIT ? OFFSET ?`
    return db
      .statement<NamedOrder>(
        `SELECT ${ORDER_NAMES} FROM (${rows}) o ${ORDER_JOINS} ORDER BY o.orderTime DESC, o.id DESC`,
      )
      .all(manager, ...(after ? [after.orderTime, after.id] : []), limit, offset)
  })

export interface UserInfo {
  readonly userName: string
  readonly professionName: string
  readonly pmoney: number
  readonly order: 0 | 1
}

export const userInfo = ({ db }: Books, user: string): UserInfo | undefined =>
  db
    .statement<UserInfo>(
      `SELECT u.userName, coalesce(p.professionName, '') AS professionName, u.pmoney,
         EXISTS (SELECT 1 FROM order_info o WHERE o.user = u.user AND ${UNPAID}) AS "order"
       FROM user_info u LEFT JOIN profession_info p ON p.professionId = u.professionId WHERE u.user = ?`,
    )
    .get(user)

export interface Profession {
  readonly professionId: number
  readonly professionName: string
}

/** 0 is nobody's (U-07). */
export const professions = ({ db }: Books): Profession[] =>
  db
    .statement<Profession>(
      'SELECT professionId, professionName FROM profession_info WHERE professionId > 0 ORDER BY professionId',
    )
    .all()

export interface CoinPurchase {
  readonly payId: string
  readonly pmoney: number
  readonly payTime: string
}

/** Successes only. */
export const coinPurchases = (books: Books, user: string, slice: Slice): Page<CoinPurchase> =>
  pageOf(
    books,
    {
      columns: 'payId, pmoney, payTime',
      from: 'pmoney_charge_info WHERE user = ?',
      order: 'payTime DESC, id DESC',
      values: [user],
    },
    slice,
  )

export interface Gift {
  readonly giftId: string
  readonly pmoney: number
  /** 1: he was given */
  readonly received: 0 | 1
  /** the other of the two (U-31) */
  readonly other: string
  readonly otherName: string
  readonly giftTime: string
}

const GIVEN = `SELECT id, giftId, pmoney, giftTime, 0 AS received, toUser AS other FROM pmoney_gift_info WHERE fromUser = ?`
const RECEIVED = `SELECT id, giftId, pmoney, giftTime, 1 AS received, fromUser AS other FROM pmoney_gift_info WHERE toUser = ?`

export const gifts = (books: Books, user: string, slice: Slice): Page<Gift> =>
  pageOf(
    books,
    {
      columns: `g.*, coalesce((SELECT u.userName FROM user_info u WHERE u.user = g.other), '') AS otherName`,
      from: `(${GIVEN} UNION ALL ${RECEIVED}) g`,
      order: 'g.giftTime DESC, g.id DESC',
      values: [user, user],
    },
    slice,
  )

export interface ManagedDevice {
  readonly deviceCode: string
  readonly deviceName: string
  readonly state: number
  readonly maxUnit: number
  readonly chargeFlag: number
  readonly unitPrice: Fen
  readonly addTime: string | null
}

export const managedDevices = (books: Books, manager: string, slice: Slice): Page<ManagedDevice> =>
  pageOf(
    books,
    {
      columns: 'deviceCode, deviceName, state, maxUnit, chargeFlag, unitPrice, addTime',
      from: 'device_info WHERE manager = ?',
      order: 'addTime DESC, id DESC',
      values: [manager],
    },
    slice,
  )

export interface BlackUser {
  readonly user: string
  readonly userName: string
  readonly setupTime: string
}

export const blackUsers = (books: Books, manager: string, slice: Slice): Page<BlackUser> =>
  pageOf(
    books,
    {
      columns: `b.user, coalesce((SELECT u.userName FROM user_info u WHERE u.user = b.user), '') AS userName, b.setupTime`,
      from: 'black_user_info b WHERE b.manager = ?',
      order: 'b.setupTime DESC, b.id DESC',
      values: [manager],
    },
    slice,
  )

/** Batches in every state, some rows at a time; the totals are of those that were paid (R-39, M-20). */
export function cashOuts(
  { db }: Books,
  manager: string,
  slice: Slice,
): { paid: number; paidFen: Fen; parts: Iterable<readonly StoredCashOut[]> } {
  const sums = db
    .statement<{ paid: number; paidFen: Fen }>(
      'SELECT count(*) AS paid, coalesce(sum(cash), 0) AS paidFen FROM cashout_info WHERE manager = ? AND state = 0',
    )
    .get(manager)
  const parts = inParts<StoredCashOut & { id: number }>(slice, ({ after, offset, limit }) =>
    db
      .statement<StoredCashOut & { id: number }>(
        `SELECT * FROM cashout_info WHERE manager = ? ${after ? 'AND (cashOutTime, id) < (?, ?)' : ''}
         ORDER BY cashOutTime DESC, id DESC LIMIT ? OFFSET ?`,
      )
      .all(manager, ...(after ? [after.cashOutTime, after.id] : []), limit, offset),
  )
  return { paid: sums?.paid ?? 0, paidFen: sums?.paidFen ?? 0, parts }
}

export const managerName = ({ db }: Books, manager: string): string | null =>
  db.statement<{ managerName: string }>('SELECT managerName FROM manager_info WHERE manager = ?').get(manager)
    ?.managerName ?? null
