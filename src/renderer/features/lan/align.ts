/** A piece of two texts laid side by side: in both, only in the first, or only in the second. */
export interface Piece {
  readonly kind: 'same' | 'first' | 'second'
  readonly text: string
}

/** Longer texts are compared from both ends only. */
const MOST_TOKENS = 1500

/** `words` (names and values) stay whole where they stand in a text, so that what moved is seen as a whole. */
export function align(first: string, second: string, words: readonly string[]): Piece[] {
  const a = tokens(first, words)
  const b = tokens(second, words)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return merged([...sames(a.slice(0, start)), ...middle, ...sames(a.slice(a.length - end))])
}

const sames = (all: readonly string[]): Piece[] => all.map((text) => ({ kind: 'same', text }))

function tokens(text: string, words: readonly string[]): string[] {
  const known = [...new Set(words)].filter((word) => word.length > 1).toSorted((a, b) => b.length - a.length)
  const found: string[] = []
  for (let at = 0; at < text.length;) {
    const word =
      known.find((one) => text.startsWith(one, at)) ?? String.fromCodePoint(text.codePointAt(at) ?? 0)
    found.push(word)
    at += word.length
  }
  return found
}

/** The longest that both have in the same order (by the usual table); the rest belongs to one of them. */
function between(a: readonly string[], b: readonly string[]): Piece[] {
  if (a.length > MOST_TOKENS || b.length > MOST_TOKENS)
    return [
      { kind: 'first', text: a.join('') },
      { kind: 'second', text: b.join('') },
    ]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + (a[i]?.length ?? 0) : Math.max(at(i + 1, j), at(i, j + 1))
  const pieces: Piece[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right && at(i, j) === at(i + 1, j + 1) + left.length) {
      pieces.push({ kind: 'same', text: left })
      i += 1
      j += 1
    } else if (right === undefined || (left !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'first', text: left ?? '' })
      i += 1
    } else {
      pieces.push({ kind: 'second', text: right })
      j += 1
    }
  }
  return pieces
}

/** Between two pieces that both have: what the first has alone, then what the second has alone. */
function merged(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  let run = { same: '', first: '', second: '' }
  const flush = () => {
    for (const kind of ['same', 'first', 'second'] as const)
      if (run[kind] !== '') out.push({ kind, text: run[kind] })
    run = { same: '', first: '', second: '' }
  }
  for (const { kind, text } of pieces) {
    if (kind === 'same' && run.first + run.second !== '') flush()
    run[kind] += text
  }
  flush()
  return out
}

/** One place of the two lines; an empty side: only the other text has a letter here. */
export interface Cell {
  readonly first: string
  readonly second: string
  /** columns of a monospaced face */
  readonly width: 1 | 2
  readonly same: boolean
}

/** CJK, full-width forms */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/

/** The pieces cut into lines of so many columns; what stands in place of something else stands under it. */
export function lines(pieces: readonly Piece[], columns: number): Cell[][] {
  const out: Cell[][] = [[]]
  let used = 0
  for (const cell of cellsOf(pieces)) {
    if (used + cell.width > columns) {
      out.push([])
      used = 0
    }
    out.at(-1)?.push(cell)
    used += cell.width
  }
  return out
}

function cellsOf(pieces: readonly Piece[]): Cell[] {
  return pieces.flatMap((piece, i) => {
    if (piece.kind === 'same') return over(piece.text, piece.text, true)
    const before = pieces[i - 1]
    const after = pieces[i + 1]
    // told together with the piece before
    if (piece.kind === 'second' && before?.kind === 'first') return []
    if (piece.kind === 'second') return over('', piece.text, false)
    return over(piece.text, after?.kind === 'second' ? after.text : '', false)
  })
}

function over(first: string, second: string, same: boolean): Cell[] {
  const [a, b] = [Array.from(first), Array.from(second)]
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
    const [one = '', other = ''] = [a[i], b[i]]
    return { first: one, second: other, width: WIDE.test(one + other) ? 2 : 1, same }
  })
}
