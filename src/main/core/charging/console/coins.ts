import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { notFound } from '#shared/errors.ts'
import type { AreaHandlers, Call } from '../../context.ts'
import type { SqlValue } from '../../ports.ts'
import { phoneOf, showPhones } from '../../privacy.ts'
import { timeOf, type Books } from '../books.ts'
import { chargeOf, priceOf, type StoredCharge } from '../coins.ts'
import { confirmCharge } from './by-staff.ts'
import type { ConsoleParts } from './parts.ts'

const STATES = ['pending', 'success', 'failed'] as const

export function coinHandlers(parts: ConsoleParts): AreaHandlers<'coins'> {
  const { ctx, books } = parts
  return {
    'coins.charges': (call, input) => charges(books, call, input),
    'coins.confirmPayment': async (call, { payId, withoutProvider: goOn }) => {
      const { user, pmoney } = known(books, payId)
      await confirmCharge(parts, call, payId, { goOn })
      ctx.events.emit({ type: 'changed', area: 'coins' })
      const shown = showPhones(books.db, call)('user', user)
      return { payId, user: shown, coins: pmoney, balance: balanceOf(books, user) }
    },
    'coins.ledger': (call, input) => ledger(books, call, input),
  }
}

function known(books: Books, payId: string): StoredCharge {
  try {
    return chargeOf(books, payId)
  } catch {
    throw notFound('purchase', payId)
  }
}

const balanceOf = ({ db }: Books, user: string): number => {
  const row = db.statement<{ pmoney: number }>('SELECT pmoney FROM user_info WHERE user = ?').get(user)
  if (!row) throw notFound('user', user)
  return row.pmoney
}

function charges(books: Books, call: Call, input: Checked<'coins.charges'>): Output<'coins.charges'> {
  const show = showPhones(books.db, call)
  const { offset = 0, limit = DEFAULT_LIMIT, user, state } = input
  const parts: string[] = []
  const values: SqlValue[] = []
  if (user !== undefined) {
    parts.push('c.user = ?')
    values.push(phoneOf(books.db, 'user', user))
  }
  if (state !== undefined) {
    parts.push('c.state = ?')
    values.push(STATES.indexOf(state))
  }
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`
  const total = books.db.statement<{ n: number }>(`SELECT count(*) AS n FROM pmoney_charge_pay c ${where}`)
  const rows = books.db
    .statement<StoredCharge & { userName: string; payTime: string | null }>(
      `SELECT c.*, coalesce(u.userName, '') AS userName FROM pmoney_charge_pay c
       LEFT JOIN user_info u ON u.user = c.user ${where}
       ORDER BY c.state <> 0, c.createTime DESC, c.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset)
  return {
    total: total.get(...values)?.n ?? 0,
    rows: rows.map((row) => ({
      payId: row.payId,
      user: show('user', row.user),
      userName: row.userName,
      coins: row.pmoney,
      priceFen: priceOf(books, row),
      state: STATES[row.state] ?? 'failed',
      begunAt: timeOf(books, row.createTime),
      paidAt: row.payTime === null ? null : timeOf(books, row.payTime),
      providerId: row.wxPayid,
    })),
  }
}

interface Entry {
  readonly kind: Output<'coins.ledger'>['rows'][number]['kind']
  readonly id: string
  readonly at: string
  readonly coins: number
  readonly other: string | null
}

/** Every movement of a user's coins, as the tables have it. */
const MOVEMENTS = `
  SELECT 'charge' AS kind, payId AS id, payTime AS at, pmoney AS coins, NULL AS other FROM pmoney_charge_info WHERE user = ?
  UNION ALL SELECT 'giftIn', giftId, giftTime, pmoney, fromUser FROM pmoney_gift_info WHERE toUser = ?
  UNION ALL SELECT 'giftOut', giftId, giftTime, -pmoney, toUser FROM pmoney_gift_info WHERE fromUser = ?
  UNION ALL SELECT CASE state WHEN 0 THEN 'held' ELSE 'order' END, orderId, coalesce(payTime, createTime), -pmoney, deviceCode
    FROM order_pay_info WHERE user = ? AND state IN (0, 1) AND pmoney > 0`

function ledger(books: Books, call: Call, input: Checked<'coins.ledger'>): Output<'coins.ledger'> {
  const { offset = 0, limit = DEFAULT_LIMIT } = input
  const show = showPhones(books.db, call)
  const user = phoneOf(books.db, 'user', input.user)
  const balance = balanceOf(books, user)
  const entries = books.db.statement<Entry>(`${MOVEMENTS} ORDER BY at, id, kind`).all(user, user, user, user)
  let running = 0
  const rows = entries.map((entry) => {
    running += entry.coins
    const { other, kind } = entry
    const phone = other !== null && (kind === 'giftIn' || kind === 'giftOut')
    return {
      ...entry,
      other: phone ? show('user', other) : other,
      at: timeOf(books, entry.at),
      balance: running,
    }
  })
  return {
    total: rows.length,
    balance,
    agrees: running === balance,
    rows: rows.toReversed().slice(offset, offset + limit),
  }
}
