import { maskPhone } from '#shared/privacy.ts'
import type { Call } from './context.ts'
import type { SiteDatabase } from './store/store.ts'

/** Whose phones: users and managers of chargers (D-17). */
export type Whose = 'user' | 'manager'

/** Supervisors see phones whole, everybody else masked until he asks for one, which is audited (`users.reveal`). */
export const seesWhole = ({ operator }: Pick<Call, 'operator'>): boolean =>
  operator?.roles.some((role) => role === 'admin' || role === 'supervisor') ?? false

/** Of those that look the same masked, in the order in which they came; indexed on both parts. */
const BEFORE: Readonly<Record<Whose, string>> = {
  user: `SELECT count(*) AS n FROM user_info WHERE substr(user, 1, 3) = ? AND substr(user, 8) = ?
    AND id < (SELECT id FROM user_info WHERE user = ?)`,
  manager: `SELECT count(*) AS n FROM manager_info WHERE substr(manager, 1, 3) = ? AND substr(manager, 8) = ?
    AND id < (SELECT id FROM manager_info WHERE manager = ?)`,
}
const NTH: Readonly<Record<Whose, string>> = {
  user: 'SELECT user AS phone FROM user_info WHERE substr(user, 1, 3) = ? AND substr(user, 8) = ? ORDER BY id LIMIT 1 OFFSET ?',
  manager:
    'SELECT manager AS phone FROM manager_info WHERE substr(manager, 1, 3) = ? AND substr(manager, 8) = ? ORDER BY id LIMIT 1 OFFSET ?',
}

/** How phones are shown to who asks. What he is shown can be asked for again (`phoneOf`). */
export type ShowPhone = (whose: Whose, phone: string) => string

export function showPhones(db: SiteDatabase, call: Pick<Call, 'operator'>): ShowPhone {
  if (seesWhole(call)) return (_whose, phone) => phone
  const known = new Map<string, string>()
  return (whose, phone) => {
    const key = `${whose} ${phone}`
    const shown = known.get(key) ?? masked(db, whose, phone)
    known.set(key, shown)
    return shown
  }
}

function masked(db: SiteDatabase, whose: Whose, phone: string): string {
  const { n = 0 } =
    db.statement<{ n: number }>(BEFORE[whose]).get(phone.slice(0, 3), phone.slice(7), phone) ?? {}
  return n === 0 ? maskPhone(phone) : `${maskPhone(phone)}~${n + 1}`
}

/** The phone itself; what is none of ours stays as it is, and is found nowhere. */
export function phoneOf(db: SiteDatabase, whose: Whose, shown: string): string {
  const [mask = '', nth = '1'] = shown.split('~')
  if (!mask.includes('*')) return shown
  const values = [mask.slice(0, 3), mask.slice(7), Number(nth) - 1] as const
  return db.statement<{ phone: string }>(NTH[whose]).get(...values)?.phone ?? shown
}
