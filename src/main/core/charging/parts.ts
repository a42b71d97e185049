/** Rows of a list; `limit` null: all of them. */
export interface Slice {
  readonly offset: number
  readonly limit: number | null
}

/** What is read at once: those behind `after` in the order of the list, without it those behind `offset`. */
export interface Reading<Row> {
  readonly after: Row | null
  readonly offset: number
  readonly limit: number
}

/** So many rows are read and become text in few milliseconds. */
const PART = 250

/**
 * The rows of a slice, some at a time, each part read when it is asked for: a long list in one would hold the thread.
 * What changes between two parts is told as it is by then; no row comes twice.
 */
export function* inParts<Row>(
  { offset, limit }: Slice,
  read: (reading: Reading<Row>) => readonly Row[],
): Generator<readonly Row[]> {
  let left = limit ?? Infinity
  let after: Row | null = null
  while (left > 0) {
    const most = Math.min(PART, left)
    const rows = read({ after, offset: after === null ? offset : 0, limit: most })
    if (rows.length > 0) yield rows
    if (rows.length < most) return
    left -= most
    after = rows.at(-1) ?? null
  }
}
