/** `138****1234` (D-17). */
export const maskPhone = (phone: string): string =>
  phone.length === 11 ? `${phone.slice(0, 3)}****${phone.slice(7)}` : phone

/** A phone, or one as lists show it to who may not see it whole; `~2`: the second of those that look the same. */
export const PHONE_OR_MASK = /^1\d{2}(?:\d{4}|\*{4})\d{4}(?:~\d{1,6})?$/

/** The last four digits of a bank account (M-22). */
export const maskAccount = (account: string): string => `****${account.slice(-4)}`
