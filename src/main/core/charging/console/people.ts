import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import type { UserRow } from '#shared/contract/users.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { maskPhone } from '#shared/privacy.ts'
import type { AreaHandlers, Call } from '../../context.ts'
import type { SqlValue } from '../../ports.ts'
import { phoneOf, seesWhole, showPhones, wholePhone, type ShowPhone } from '../../privacy.ts'
import { addBlackUser, deleteBlackUsers } from '../binding.ts'
import { timeOf, type Books } from '../books.ts'
import { literal } from '../lists.ts'
import { asDesk, type ConsoleParts } from './parts.ts'

interface StoredUser {
  readonly user: string
  readonly userName: string
  readonly pmoney: number
  readonly setupTime: string
  readonly professionId: number | null
  readonly professionName: string | null
  readonly held: number
  readonly unpaid: number
  readonly barred: number
}

const USER = `SELECT u.user, u.userName, u.pmoney, u.setupTime, u.professionId, p.professionName,
    (SELECT coalesce(sum(a.pmoney), 0) FROM order_pay_info a WHERE a.user = u.user AND a.state = 0) AS held,
    EXISTS (SELECT 1 FROM order_info o WHERE o.user = u.user AND o.payTime IS NULL AND o.cancelTime IS NULL) AS unpaid,
    (SELECT count(*) FROM black_user_info b WHERE b.user = u.user) AS barred
  FROM user_info u LEFT JOIN profession_info p ON p.professionId = u.professionId`

const userRow = (books: Books, row: StoredUser, show: ShowPhone): UserRow => ({
  user: show('user', row.user),
  userName: row.userName,
  professionId: row.professionId,
  professionName: row.professionName ?? '',
  coins: row.pmoney,
  heldCoins: row.held,
  firstAt: timeOf(books, row.setupTime),
  unpaid: row.unpaid === 1,
  blacklistedBy: row.barred,
})

export function userHandlers({ books }: ConsoleParts): AreaHandlers<'users'> {
  const { db } = books
  return {
    'users.list': (call, input) => listUsers(books, call, input),
    'users.get'(call, { user }) {
      const row = db.statement<StoredUser>(`${USER} WHERE u.user = ?`).get(phoneOf(db, 'user', user))
      if (!row) throw notFound('user', user)
      return userRow(books, row, showPhones(db, call))
    },
    'users.managers': (call, input) => listManagers(books, call, input),
    'users.reveal': async (call, { whose, phone: shown }) => {
      const phone = phoneOf(db, whose, shown)
      const sql =
        whose === 'user'
          ? 'SELECT 1 FROM user_info WHERE user = ?'
          : 'SELECT 1 FROM manager_info WHERE manager = ?'
      if (!db.statement(sql).get(phone)) throw notFound(whose, shown)
      call.note({ target: maskPhone(phone), after: { whose } })
      await call.commit(() => undefined)
      return { phone }
    },
  }
}

function listUsers(books: Books, call: Call, input: Checked<'users.list'>): Output<'users.list'> {
  const { offset = 0, limit = DEFAULT_LIMIT, query = '', blacklisted } = input
  const person = personLike('u.user', 'u.userName', query, call)
  const parts = [person.sql]
  if (blacklisted !== undefined)
    parts.push(`EXISTS (SELECT 1 FROM black_user_info b WHERE b.user = u.user) = ${blacklisted ? 1 : 0}`)
  const where = `WHERE ${parts.join(' AND ')}`
  const total = books.db
    .statement<{ n: number }>(`SELECT count(*) AS n FROM user_info u ${where}`)
    .get(...person.values)
  const rows = books.db
    .statement<StoredUser>(`${USER} ${where} ORDER BY u.setupTime DESC, u.user LIMIT ? OFFSET ?`)
    .all(...person.values, limit, offset)
  const show = showPhones(books.db, call)
  return { total: total?.n ?? 0, rows: rows.map((row) => userRow(books, row, show)) }
}

/** A part of a name, or of a phone for who may see it. */
function personLike(phone: string, name: string, query: string, call: Call) {
  const text = query.trim()
  const like = `%${literal(text)}%`
  if (text === '') return { sql: '1', values: [] }
  const byName = String.raw`${name} LIKE ? ESCAPE '\'`
  if (seesWhole(call))
    return { sql: String.raw`(${phone} LIKE ? ESCAPE '\' OR ${byName})`, values: [like, like] }
  const byPhone = wholePhone(phone, text)
  return { sql: `(${byPhone.sql} OR ${byName})`, values: [...byPhone.values, like] }
}

interface StoredManager {
  readonly manager: string
  readonly managerName: string
  readonly setupTime: string
  readonly devices: number
  readonly withdrawableFen: number
  readonly paidOutFen: number
}

function listManagers(books: Books, call: Call, input: Checked<'users.managers'>): Output<'users.managers'> {
  const { offset = 0, limit = DEFAULT_LIMIT, query = '' } = input
  const person = personLike('m.manager', 'm.managerName', query, call)
  const where = `WHERE ${person.sql}`
  const show = showPhones(books.db, call)
  const total = books.db
    .statement<{ n: number }>(`SELECT count(*) AS n FROM manager_info m ${where}`)
    .get(...person.values)
  const rows = books.db
    .statement<StoredManager>(
      `SELECT m.manager, m.managerName, m.setupTime,
         (SELECT count(*) FROM device_info d WHERE d.manager = m.manager) AS devices,
         (SELECT coalesce(sum(o.cash), 0) FROM order_info o WHERE o.manager = m.manager AND o.cashOutFlag = 0
            AND o.cash > 0 AND o.payTime IS NOT NULL AND o.cancelTime IS NULL) AS withdrawableFen,
         (SELECT coalesce(sum(c.cash), 0) FROM cashout_info c WHERE c.manager = m.manager AND c.state = 0) AS paidOutFen
       FROM manager_info m ${where} ORDER BY m.manager LIMIT ? OFFSET ?`,
    )
    .all(...person.values, limit, offset)
  return {
    total: total?.n ?? 0,
    rows: rows.map(({ setupTime, manager, ...row }) => ({
      ...row,
      manager: show('manager', manager),
      firstAt: timeOf(books, setupTime),
    })),
  }
}

interface StoredBar {
  readonly user: string
  readonly userName: string
  readonly manager: string
  readonly managerName: string
  readonly setupTime: string
}

export function blacklistHandlers({ ctx, books }: ConsoleParts): AreaHandlers<'blacklist'> {
  const changed = () => ctx.events.emit({ type: 'changed', area: 'users' })
  return {
    'blacklist.list': (call, { offset = 0, limit = DEFAULT_LIMIT, manager, user }) => {
      const show = showPhones(books.db, call)
      const values: SqlValue[] = []
      const given = (
        [
          ['manager', manager],
          ['user', user],
        ] as const
      ).flatMap(([column, value]) => {
        if (value === undefined) return []
        values.push(phoneOf(books.db, column, value))
        return [`b.${column} = ?`]
      })
      const where = given.length === 0 ? '' : `WHERE ${given.join(' AND ')}`
      const total = books.db.statement<{ n: number }>(`SELECT count(*) AS n FROM black_user_info b ${where}`)
      const rows = books.db
        .statement<StoredBar>(
          `SELECT b.user, coalesce(u.userName, '') AS userName, b.manager, coalesce(m.managerName, '') AS managerName,
             b.setupTime FROM black_user_info b LEFT JOIN user_info u ON u.user = b.user
             LEFT JOIN manager_info m ON m.manager = b.manager ${where} ORDER BY b.setupTime DESC, b.id DESC LIMIT ? OFFSET ?`,
        )
        .all(...values, limit, offset)
      return {
        total: total.get(...values)?.n ?? 0,
        rows: rows.map(({ setupTime, user: barred, manager: by, ...row }) => ({
          ...row,
          user: show('user', barred),
          manager: show('manager', by),
          since: timeOf(books, setupTime),
        })),
      }
    },
    'blacklist.add': async (call, { user, manager }) => {
      call.note({ target: user, after: { manager } })
      await call.commit(() => asDesk(() => addBlackUser(books, manager, user, ctx.ports.clock.now())))
      changed()
      return { ok: true }
    },
    'blacklist.remove': async (call, { user, manager }) => {
      call.note({ target: user, before: { manager } })
      await call.commit(() => asDesk(() => deleteBlackUsers(books, manager, [user])))
      changed()
      return { ok: true }
    },
  }
}

export function professionHandlers({ ctx, books }: ConsoleParts): AreaHandlers<'professions'> {
  const { db } = books
  const changed = () => ctx.events.emit({ type: 'changed', area: 'users' })
  return {
    // 99 of them at most (U-07)
    'professions.list': (_, { offset = 0, limit = DEFAULT_LIMIT }) => {
      const all = db
        .statement<{ professionId: number; professionName: string; users: number }>(
          `SELECT professionId, professionName,
             (SELECT count(*) FROM user_info u WHERE u.professionId = p.professionId) AS users
           FROM profession_info p ORDER BY professionId`,
        )
        .all()
      return { total: all.length, rows: all.slice(offset, offset + limit) }
    },
    'professions.save': async (call, { professionId, professionName }) => {
      call.note({ target: String(professionId), after: { professionName } })
      await call.commit(() =>
        db
          .statement(
            `INSERT INTO profession_info (professionId, professionName) VALUES (?, ?)
             ON CONFLICT (professionId) DO UPDATE SET professionName = excluded.professionName`,
          )
          .run(professionId, professionName),
      )
      changed()
      return { professionId, professionName }
    },
    'professions.remove': async (call, { professionId }) => {
      await call.commit(() => {
        const users = db
          .statement<{ n: number }>('SELECT count(*) AS n FROM user_info WHERE professionId = ?')
          .get(professionId)
        if ((users?.n ?? 0) > 0)
          throw new SitedeskError('NOT_ALLOWED_NOW', 'Some users have this profession.', {
            reason: 'professionInUse',
            users: users?.n,
          })
        const { changes } = db
          .statement('DELETE FROM profession_info WHERE professionId = ?')
          .run(professionId)
        if (changes === 0) throw notFound('profession', String(professionId))
        call.note({ target: String(professionId) })
      })
      changed()
      return { ok: true }
    },
  }
}
