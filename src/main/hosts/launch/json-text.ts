import { LaunchRefusal } from './refusal.ts'

/**
 * Parses JSON. The engine's own message may quote what stands around the mistake, such as a password, so only
 * the place of it is told.
 */
export function parseJson(text: string, file: string): unknown {
  const body = text.replace(/^\ufeff/, '')
  const mistake = mistakeIn(body)
  if (mistake === null) return JSON.parse(body)
  const { line, column } = place(body, mistake.offset ?? firstWrong(body))
  throw new LaunchRefusal(2, `${file}: not valid JSON at line ${line}, column ${column}`)
}

interface Mistake {
  /** where the engine tells it; it does not for a token that fits nowhere */
  readonly offset: number | null
  readonly unexpected: boolean
}

function mistakeIn(text: string): Mistake | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const unexpected = message.startsWith('Unexpected token')
    const told = / at position (\d+)/.exec(message)
    if (told) return { offset: Number(told[1]), unexpected }
    return { offset: unexpected ? null : text.length, unexpected }
  }
}

/** The longest beginning that is merely cut short ends where the mistake is. */
function firstWrong(text: string): number {
  let sound = 0
  let wrong = text.length
  while (wrong - sound > 1) {
    const middle = (sound + wrong) >> 1
    if (mistakeIn(text.slice(0, middle))?.unexpected) wrong = middle
    else sound = middle
  }
  return sound
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
