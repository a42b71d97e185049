/** A register as it is typed in: from zero on, at most the four decimals that are kept (docs/decisions/0004). */
const REGISTER = /^\d{1,9}(\.\d{1,4})?$/

export const isRegister = (text: string) => REGISTER.test(text.trim())
