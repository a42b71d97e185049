/** Parameters whose values nobody needs to see whole; a few characters tell which one it was. */
const SECRET = new Set(['appkey', 'session', 'encryptdata', 'encrypteddata', 'iv', 'jscode', 'bankcode'])

const hidden = (text: string): string =>
  text.length <= 8 ? '●'.repeat(text.length) : `${text.slice(0, 2)}●●●●${text.slice(-2)}`

/** D-17: 138****1234 */
export const maskPhones = (text: string): string =>
  text.replaceAll(/(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)/g, '$1****$2')

/** A parameter as the inspector shows it. */
export const shownValue = (name: string, value: string): string =>
  SECRET.has(name.toLowerCase()) ? hidden(value) : maskPhones(value)

const NAMED = /"(\w+)":"((?:[^"\\]|\\.)*)"/g

/** An answer as the inspector shows it: sessions and accounts in it hidden too. */
export const shownAnswer = (json: string): string =>
  maskPhones(
    json.replaceAll(NAMED, (whole, name: string, value: string) =>
      SECRET.has(name.toLowerCase()) ? `"${name}":"${hidden(value)}"` : whole,
    ),
  )
