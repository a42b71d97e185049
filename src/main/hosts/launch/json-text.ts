import { LaunchRefusal } from './refusal.ts'

const TOKEN =
  /\s*(?:[{}[\],:]|"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true(?!\w)|false(?!\w)|null(?!\w))/y

/**
 * Parses JSON. The engine's own message may quote what stands around the mistake, such as a password, so only
 * the place of it is told.
 */
export function parseJson(text: string, file: string): unknown {
  const body = text.replace(/^\ufeff/, '')
  try {
    return JSON.parse(body)
  } catch (error) {
    const { line, column } = place(body, offsetOf(error) ?? firstBadToken(body))
    throw new LaunchRefusal(2, `${file}: not valid JSON at line ${line}, column ${column}`)
  }
}

function offsetOf(error: unknown): number | null {
  const match = error instanceof Error ? / at position (\d+)/.exec(error.message) : null
  return match ? Number(match[1]) : null
}

/** Where the text stops being JSON words; its end when every word is one (then it is cut short). */
function firstBadToken(text: string): number {
  let at = 0
  for (;;) {
    TOKEN.lastIndex = at
    if (!TOKEN.test(text)) break
    at = TOKEN.lastIndex
  }
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
