const LINE = '\n'

/** Lower-cased texts in one string, one line a thing: faster to search than any index of a few characters. */
export interface Lines {
  readonly text: string
  /** where each line begins, and the end of the text */
  readonly starts: Int32Array
}

/** A string of ASCII takes one byte a character and is twice as fast to search. */
export const isAscii = (text: string) => /^[\t -~]*$/.test(text)

export const linesOf = (lines: readonly string[]): Lines => {
  const clean = lines.map((line) => (line.includes(LINE) ? line.replaceAll(LINE, ' ') : line))
  return { text: clean.join(LINE) + LINE, starts: startsOf(clean) }
}

function startsOf(lines: readonly string[]): Int32Array {
  const starts = new Int32Array(lines.length + 1)
  for (let i = 0; i < lines.length; i++) starts[i + 1] = (starts[i] ?? 0) + (lines[i]?.length ?? 0) + 1
  return starts
}

export const lineHolds = ({ text, starts }: Lines, line: number, word: string) =>
  text.slice(starts[line], starts[line + 1]).includes(word)

/** Numbers of the lines that hold a word, ascending, the first `most` of them. */
export function linesWith({ text, starts }: Lines, word: string, most = Number.POSITIVE_INFINITY): number[] {
  const found: number[] = []
  let line = 0
  let at = text.indexOf(word)
  while (at >= 0 && found.length < most) {
    line = lineAt(starts, at, line)
    found.push(line)
    at = text.indexOf(word, starts[line + 1])
  }
  return found
}

/** The same among the lines from `from` up to `to`, that one not. */
export function linesWithin({ text, starts }: Lines, word: string, from: number, to: number): number[] {
  const found: number[] = []
  const begin = starts[from] ?? 0
  const part = text.slice(begin, starts[to])
  let line = from
  for (let at = part.indexOf(word); at >= 0; at = part.indexOf(word, (starts[line + 1] ?? 0) - begin)) {
    line = lineAt(starts, begin + at, line)
    found.push(line)
  }
  return found
}

/** Two ascending lists as one, without repetition. */
export function merge(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  return [...new Set([...a, ...b])].sort((x, y) => x - y)
}

/** The line that holds a position; positions only grow, and the next hit is often near. */
function lineAt(starts: Int32Array, position: number, from: number): number {
  let low = from
  let step = 1
  while (low + step < starts.length && (starts[low + step] ?? 0) <= position) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, starts.length - 1)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle
  }
  return low
}
