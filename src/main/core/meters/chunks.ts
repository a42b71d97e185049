/** Rows of one statement. */
const CHUNK = 25

export const tuple = (columns: number) => `(${Array.from({ length: columns }, () => '?').join(', ')})`

/** `(?, ?), (?, ?) …` for the rows of a whole chunk. */
export const chunkValues = (columns: number) => Array.from({ length: CHUNK }, () => tuple(columns)).join(', ')

/**
 * Gives the rows to `whole` in chunks and what is left to `single`: a row of many costs two thirds of a row that
 * comes alone. Only for tables of which few pages change, since SQLite copies every page that a statement of many
 * rows touches.
 */
export function inChunks<R>(
  rows: readonly R[],
  whole: (chunk: readonly R[]) => void,
  single: (row: R) => void,
): void {
  const left = rows.length % CHUNK
  for (let i = 0; i < rows.length - left; i += CHUNK) whole(rows.slice(i, i + CHUNK))
  for (const row of rows.slice(rows.length - left)) single(row)
}
