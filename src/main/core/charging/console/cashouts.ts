import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { CashoutRow } from '#shared/contract/cashouts.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { maskAccount } from '#shared/privacy.ts'
import type { AreaHandlers, Call } from '../../context.ts'
import type { SqlValue } from '../../ports.ts'
import { phoneOf, showPhones, type ShowPhone } from '../../privacy.ts'
import { timeOf, type Books } from '../books.ts'
import { orderPage } from '../lists.ts'
import { decideCashOut, type Bank, type StoredCashOut } from '../withdrawals.ts'
import { asDesk, type ConsoleParts } from './parts.ts'
import { orderRow } from './rows.ts'

const STATES = ['paid', 'failed', 'waiting'] as const

type Stored = StoredCashOut & {
  readonly id: number
  readonly managerName: string
  readonly orders: number
  readonly firstBy: string | null
}

const CASH_OUT = `SELECT c.*, coalesce(m.managerName, '') AS managerName, a.operator AS firstBy,
    (SELECT count(*) FROM order_info o WHERE o.cashOutId = c.cashOutId) AS orders
  FROM cashout_info c LEFT JOIN manager_info m ON m.manager = c.manager
  LEFT JOIN cashout_approval a ON a.cashOutId = c.cashOutId`

/** The account that this manager's money went to last, before this batch was decided; null: never any. */
function lastPaidBefore({ db }: Books, { manager, cashOutId, processTime }: Stored): Bank | null {
  const sql = `SELECT bankName, bankUser, bankCode FROM cashout_info
    WHERE manager = ? AND state = 0 AND cashOutId <> ? AND (? IS NULL OR processTime <= ?)
    ORDER BY processTime DESC, id DESC LIMIT 1`
  return db.statement<Bank>(sql).get(manager, cashOutId, processTime, processTime) ?? null
}

function accountChanged(books: Books, batch: Stored): boolean {
  const last = lastPaidBefore(books, batch)
  return last !== null && (last.bankCode !== batch.bankCode || last.bankUser !== batch.bankUser)
}

function rowOf(books: Books, batch: Stored, show: ShowPhone): CashoutRow {
  return {
    cashOutId: batch.cashOutId,
    manager: show('manager', batch.manager),
    managerName: batch.managerName,
    state: STATES[batch.state] ?? 'waiting',
    bankName: batch.bankName,
    bankUser: batch.bankUser,
    bankCode: maskAccount(batch.bankCode),
    moneyFen: batch.money,
    serviceFen: batch.service,
    cashFen: batch.cash,
    orders: batch.orders,
    reason: batch.reason,
    askedAt: timeOf(books, batch.cashOutTime),
    decidedAt: batch.processTime === null ? null : timeOf(books, batch.processTime),
    accountChanged: accountChanged(books, batch),
    firstBy: batch.firstBy,
  }
}

export function cashoutHandlers(parts: ConsoleParts): AreaHandlers<'cashouts'> {
  const { books } = parts
  const find = (cashOutId: string): Stored => {
    const row = books.db.statement<Stored>(`${CASH_OUT} WHERE c.cashOutId = ?`).get(cashOutId)
    if (!row) throw notFound('withdrawal', cashOutId)
    return row
  }
  return {
    'cashouts.list': (call, { offset = 0, limit = DEFAULT_LIMIT, state, manager }) => {
      const show = showPhones(books.db, call)
      const values: SqlValue[] = []
      const given: string[] = []
      if (state !== undefined) {
        given.push('c.state = ?')
        values.push(STATES.indexOf(state))
      }
      if (manager !== undefined) {
        given.push('c.manager = ?')
        values.push(phoneOf(books.db, 'manager', manager))
      }
      const where = given.length === 0 ? '' : `WHERE ${given.join(' AND ')}`
      const total = books.db.statement<{ n: number }>(`SELECT count(*) AS n FROM cashout_info c ${where}`)
      const rows = books.db
        .statement<Stored>(
          `${CASH_OUT} ${where} ORDER BY c.state <> 2, c.cashOutTime DESC, c.id DESC LIMIT ? OFFSET ?`,
        )
        .all(...values, limit, offset)
      return { total: total.get(...values)?.n ?? 0, rows: rows.map((row) => rowOf(books, row, show)) }
    },
    'cashouts.get'(call, { cashOutId }) {
      const show = showPhones(books.db, call)
      const batch = find(cashOutId)
      const sql = 'SELECT orderId FROM order_info WHERE cashOutId = ? ORDER BY orderTime'
      const ids = books.db.statement<{ orderId: string }>(sql).all(cashOutId)
      const orderRows = ids.flatMap(({ orderId }) =>
        orderPage(books, { orderId }, { offset: 0, limit: 1 }).rows.map((row) => orderRow(books, row, show)),
      )
      const last = lastPaidBefore(books, batch)
      return {
        ...rowOf(books, batch, show),
        orderRows,
        lastPaidAccount: last && { ...last, bankCode: maskAccount(last.bankCode) },
      }
    },
    'cashouts.reveal': async (call, { cashOutId }) => {
      const batch = find(cashOutId)
      call.note({ target: cashOutId, after: { account: maskAccount(batch.bankCode) } })
      await call.commit(() => undefined)
      return { bankCode: batch.bankCode, lastPaidBankCode: lastPaidBefore(books, batch)?.bankCode ?? null }
    },
    'cashouts.decide': async (call, input) => {
      const second = await confirmed(parts, call, find(input.cashOutId), input)
      await call.commit(() => decide(parts, call, find(input.cashOutId), { ...input, second }))
      for (const area of ['cashouts', 'orders'] as const) parts.ctx.events.emit({ type: 'changed', area })
      return rowOf(books, find(input.cashOutId), showPhones(books.db, call))
    },
  }
}

const needsTwo = (books: Books, batch: Stored, decision: Checked<'cashouts.decide'>['decision']) =>
  decision === 'success' && batch.state === 2 && accountChanged(books, batch)

/** The other one of the two at the same screen; null: nobody else is needed or there. */
async function confirmed(
  { books, operators }: ConsoleParts,
  call: Call,
  batch: Stored,
  { decision, second }: Checked<'cashouts.decide'>,
): Promise<string | null> {
  if (!second || !needsTwo(books, batch, decision)) return null
  return operators.secondPerson(call, second, { operation: 'cashouts.decide', roles: ['supervisor'] })
}

/** One person, or two where the account is another one; refusing a withdrawal needs one. Only inside `site.write`. */
function decide(
  { ctx, books }: ConsoleParts,
  call: Call,
  batch: Stored,
  { decision, reason = '', second }: Omit<Checked<'cashouts.decide'>, 'second'> & { second: string | null },
): void {
  const operator = call.operator?.name ?? ''
  const now = ctx.ports.clock.now()
  const success = decision === 'success'
  if (!success && reason === '')
    throw new SitedeskError('INVALID_INPUT', 'A withdrawal that failed needs a reason.', {
      issues: [{ path: 'reason', message: 'needed for a failure' }],
    })
  const after = { decision, reason, ...(second !== null && { confirmedBy: second }) }
  call.note({ target: batch.cashOutId, before: { state: STATES[batch.state] }, after })
  if (needsTwo(books, batch, decision)) {
    if (batch.firstBy === null) {
      books.db
        .statement('INSERT INTO cashout_approval (cashOutId, operator, at) VALUES (?, ?, ?)')
        .run(batch.cashOutId, operator, now)
      if (second === null) return
    }
    if ((batch.firstBy ?? operator) === (second ?? operator))
      throw new SitedeskError('NOT_ALLOWED_NOW', 'A second person has to say the same.', {
        reason: 'secondPerson',
        firstBy: batch.firstBy,
      })
  }
  asDesk(() => decideCashOut(books, batch.cashOutId, { success, reason }, now))
}
