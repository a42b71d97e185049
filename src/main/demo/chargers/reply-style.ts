/** How a firmware writes and sends its answers (B-09, B-32). */
export interface ReplyStyle {
  /** the printed document has both spellings */
  readonly ok: 'OK' | 'ok' | '0K'
  /** how it writes status 0 */
  readonly zero: '0' | 'O'
  /** `@OK | 0 | …&` */
  readonly spaced: boolean
  /** sent before `@` */
  readonly noise: string
  /** sent after `&` */
  readonly tail: string
  /** bytes of one notification */
  readonly chunkBytes: number
  /** thinking, before the first piece */
  readonly delayMs: number
  /** between two pieces */
  readonly gapMs: number
}

export const PLAIN_STYLE: ReplyStyle = {
  ok: 'OK',
  zero: '0',
  spaced: false,
  noise: '',
  tail: '',
  chunkBytes: 20,
  delayMs: 0,
  gapMs: 0,
}

export function replyText(style: ReplyStyle, status: number, fields: readonly string[]): string {
  const digit = status === 0 ? style.zero : String(status)
  const bar = style.spaced ? ' | ' : '|'
  return `${style.noise}@${[style.ok, digit, ...fields].join(bar)}&${style.tail}`
}

export function chunksOf(text: string, size: number): Uint8Array[] {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  const chunks: Uint8Array[] = []
  for (let from = 0; from < bytes.length; from += size) chunks.push(bytes.subarray(from, from + size))
  return chunks
}
