import type { Role } from './contract/define.ts'

/**
 * The one rule of who is shown what whole without asking; `admin` always is. Everybody else is shown a mask, and may
 * ask for one at a time where an operation `*.reveal` is his, which is audited.
 * - charging: users and managers of chargers, of devices, orders, coins and withdrawals (D-17); `users.reveal`
 * - attendance: workers, keepers and owners; the keeper or owner of a project sees its people; `attendance.reveal`
 * - operators: the phone of an operator's account, but one's own
 * Nobody is shown whole, not even `admin`: phones of the water system (`water.reveal`) and bank accounts
 * (`cashouts.reveal`) in any list; ids of WeChat and keys, anywhere.
 */
export const SHOWN_WHOLE = {
  charging: ['supervisor'],
  attendance: ['supervisor'],
  operators: [],
} as const satisfies Readonly<Record<string, readonly Role[]>>
export type Numbers = keyof typeof SHOWN_WHOLE

export const showsWhole = (numbers: Numbers, roles: readonly Role[]): boolean => {
  const shown: readonly Role[] = SHOWN_WHOLE[numbers]
  return roles.some((role) => role === 'admin' || shown.includes(role))
}

/** `138****1234` (D-17). */
export const maskPhone = (phone: string): string =>
  phone.length === 11 ? `${phone.slice(0, 3)}****${phone.slice(7)}` : phone

/** A phone, or one as lists show it to who may not see it whole; `~2`: the second of those that look the same. */
export const PHONE_OR_MASK = /^1\d{2}(?:\d{4}|\*{4})\d{4}(?:~\d{1,6})?$/

export const isMasked = (shown: string): boolean => shown.includes('*')

/** The last four digits of a phone, whole or masked. */
export const lastFour = (shown: string): string => (shown.split('~')[0] ?? '').slice(-4)

/** The last four digits of a bank account (M-22). */
export const maskAccount = (account: string): string => `****${account.slice(-4)}`
