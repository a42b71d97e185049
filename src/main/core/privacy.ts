import { isMasked, maskPhone, showsWhole, type Numbers } from '#shared/privacy.ts'
import type { Call } from './context.ts'
import type { SiteDatabase } from './store/store.ts'

/** Whose phones: users and managers of chargers (D-17), or anybody of an attendance project. */
export type Whose = 'user' | 'manager' | 'person'

/** Supervisors see phones whole, everybody else masked until he asks for one, which is audited (`*.reveal`). */
export const seesWhole = ({ operator }: Pick<Call, 'operator'>, numbers: Numbers = 'charging'): boolean =>
  operator !== null && showsWhole(numbers, operator.roles)

/** Where each phone stands once, under a number that stays; indexed on both ends of the phone. */
const PLACES: Readonly<Record<Whose, { readonly table: string; readonly phone: string }>> = {
  user: { table: 'user_info', phone: 'user' },
  manager: { table: 'manager_info', phone: 'manager' },
  person: { table: 'att_person', phone: 'phone' },
}
const alike = ({ table, phone }: (typeof PLACES)[Whose]) =>
  `FROM ${table} WHERE substr(${phone}, 1, 3) = ? AND substr(${phone}, 8) = ?`

/** Of those that look the same masked, in the order in which they came. */
const before = (whose: Whose) => {
  const { table, phone } = PLACES[whose]
  return `SELECT count(*) AS n ${alike(PLACES[whose])} AND id < (SELECT id FROM ${table} WHERE ${phone} = ?)`
}
const nth = (whose: Whose) =>
  `SELECT ${PLACES[whose].phone} AS phone ${alike(PLACES[whose])} ORDER BY id LIMIT 1 OFFSET ?`

/** How phones are shown to who asks. What he is shown can be asked for again (`phoneOf`). */
export type ShowPhone = (whose: Whose, phone: string) => string

export const showPhones = (db: SiteDatabase, call: Pick<Call, 'operator'>): ShowPhone =>
  seesWhole(call) ? (_whose, phone) => phone : maskedPhones(db)

/** Each as a mask that names nobody else. */
export function maskedPhones(db: SiteDatabase): ShowPhone {
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
    db.statement<{ n: number }>(before(whose)).get(phone.slice(0, 3), phone.slice(7), phone) ?? {}
  return n === 0 ? maskPhone(phone) : `${maskPhone(phone)}~${n + 1}`
}

/** The phone itself; what is none of ours stays as it is, and is found nowhere. */
export function phoneOf(db: SiteDatabase, whose: Whose, shown: string): string {
  if (!isMasked(shown)) return shown
  const [mask = '', number = '1'] = shown.split('~')
  const values = [mask.slice(0, 3), mask.slice(7), Number(number) - 1] as const
  return db.statement<{ phone: string }>(nth(whose)).get(...values)?.phone ?? shown
}

/** Who may not see a phone does not find it out digit by digit either. */
export const wholePhone = (column: string, word: string): { sql: string; values: string[] } => ({
  sql: `(${column} = ? OR substr(${column}, 8) = ?)`,
  values: [word, word],
})
