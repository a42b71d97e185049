/** A whole JSON string, or the part of the text that matters outside of strings. */
const STRING = String.raw`"(?:[^"\\]|\\.)*"`

const TRAILING_COMMA = new RegExp(String.raw`(${STRING})|,(?=\s*[}\]])`, 'gs')

/** Takes commas before `}` and `]` away, outside of strings, and changes nothing else (I-03, I-04). */
export const repairTrailingCommas = (text: string): string =>
  text.replace(TRAILING_COMMA, (_, string: string | undefined) => string ?? '')

/** How often the key stands in the text, or a string that is the same: never too few. */
export function countKey(text: string, key: string): number {
  const wanted = JSON.stringify(key)
  let count = 0
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count++
  return count
}

const TOKEN = new RegExp(String.raw`${STRING}(\s*:)?|[{}]|-?[\d.eE+-]+|true|false|null`, 'gs')

/**
 * Whether one object holds `key` twice with different values; JSON.parse keeps the last (I-05).
 * Only for the endpoint whose documented sample does this: it reads the whole text again.
 */
export function repeatsKeyDifferently(text: string, key: string): boolean {
  const wanted = JSON.stringify(key)
  const seen: (string | undefined)[] = []
  let valueWanted = false
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0]
    if (token === '{') seen.push(undefined)
    else if (token === '}') seen.pop()
    else if (match[1] !== undefined) {
      valueWanted = token.slice(0, -match[1].length) === wanted
      continue
    } else if (valueWanted && seen.length > 0) {
      const before = seen[seen.length - 1]
      if (before !== undefined && before !== token) return true
      seen[seen.length - 1] = token
    }
    valueWanted = false
  }
  return false
}
