/** Text on a label: how wide it is and how it is broken, in mm, the same on screen, on paper and in a PDF. */

/** Parts of the font size that a character is wide; a little more than most fonts need. */
const WIDE = 1
const NARROW = 0.6
const SPACE = 0.32

/** From here on scripts whose characters fill a square. */
const FIRST_WIDE = 0x2e80

const widthOf = (char: string): number => {
  if (char === ' ') return SPACE
  return (char.codePointAt(0) ?? 0) >= FIRST_WIDE ? WIDE : NARROW
}

/** Width of a text at font size 1. */
export const measure = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + widthOf(char), 0)

export const LINE = 1.22

/** Breaks between words, and between characters where a word is too long or has none. */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.trim().match(/[!-~]+|\s+|[^!-~\s]/g) ?? []) {
    if (measure(line + word) * size <= width) {
      line += word
      continue
    }
    if (line.trim() !== '') lines.push(line.trim())
    line = ''
    for (const char of word.trim()) {
      if (line !== '' && measure(line + char) * size > width) {
        lines.push(line)
        line = ''
      }
      line += char
    }
  }
  if (line.trim() !== '') lines.push(line.trim())
  return lines
}

export interface Fitted {
  readonly size: number
  readonly lines: readonly string[]
}

interface Room {
  readonly width: number
  readonly height: number
  /** font sizes in mm */
  readonly most: number
  readonly least: number
}

const STEP = 0.1

/** The largest size at which the text fits; at the least size what does not fit is cut with an ellipsis. */
export function fit(text: string, { width, height, most, least }: Room): Fitted {
  if (text.trim() === '' || height < least * LINE || width <= least) return { size: least, lines: [] }
  for (let size = most; size >= least; size -= STEP) {
    const lines = wrap(text, width, size)
    if (lines.length * size * LINE <= height) return { size: Math.round(size * 10) / 10, lines }
  }
  const room = Math.max(1, Math.floor(height / (least * LINE)))
  const lines = wrap(text, width, least)
  const last = Array.from(lines[room - 1] ?? '')
  while (last.length > 0 && measure(`${last.join('')}…`) * least > width) last.pop()
  return { size: least, lines: [...lines.slice(0, room - 1), `${last.join('')}…`] }
}
