import type { CoreContext } from './context.ts'
import {
  inSlices,
  plainTitle,
  readSheet,
  refuseSheet,
  writeErrorSheet,
  writeSheet,
  type SheetFile,
  type SheetFormat,
} from './sheets.ts'
import type { SiteDatabase } from './store/store.ts'

/** Lists that people keep in a sheet: columns known by their titles, every row judged by itself. */

const MAX_ROWS = 20_000

export interface Layout<C extends string, R extends string> {
  /** of the template, in its order; what stands in brackets says nothing new */
  readonly titles: Readonly<Record<C, string>>
  /** titles a column goes by, as `plainTitle` writes them */
  readonly names: Readonly<Record<C, readonly string[]>>
  readonly required: readonly C[]
  /** what the returned file says of a code */
  readonly reasons: Readonly<Record<R, string>>
}

export interface ImportRow<C extends string> {
  /** as the sheet counts, its header is 1 */
  readonly row: number
  readonly cells: readonly string[]
  readonly given: Readonly<Record<C, string>>
}

export interface Wrong<C extends string, R extends string> {
  readonly column: C
  readonly code: R
}

export interface ImportFile {
  readonly fileName: string
  readonly base64: string
  readonly dryRun: boolean
}

export type Outcome = 'new' | 'changed' | 'same' | 'error'

interface Judged<C extends string, R extends string> {
  readonly outcome: Outcome
  readonly error: Wrong<C, R> | null
}

export const templateOf = <C extends string>(
  ctx: CoreContext,
  name: string,
  { titles }: Pick<Layout<C, never>, 'titles'>,
  format: SheetFormat,
  /** rows that show how */
  samples: readonly Readonly<Record<C, string>>[] = [],
): Promise<SheetFile> => {
  const columns = Object.keys(titles) as C[]
  const rows = samples.map((sample) => columns.map((column) => sample[column]))
  return writeSheet(ctx, { name, format, header: columns.map((column) => titles[column]), rows })
}

/** Reads a file and has its rows judged; the answer has the file again with what is wrong, where something is. */
export async function importSheet<C extends string, R extends string, J extends Judged<C, R>>(
  ctx: CoreContext,
  file: ImportFile,
  layout: Layout<C, R>,
  judge: (rows: readonly ImportRow<C>[]) => Promise<J[]>,
) {
  const { header, rows } = await readList(ctx, file.base64, layout)
  const judged = await judge(rows)
  const counts = countsOf(judged)
  const errorFile = await errorFileOf(ctx, { fileName: file.fileName, header, rows, judged }, layout)
  return { rows: judged, counts, errorFile }
}

/** The rows of a file under the columns of the list; refuses what is no such list. */
export async function readList<C extends string, R extends string>(
  ctx: CoreContext,
  base64: string,
  layout: Layout<C, R>,
  maxRows = MAX_ROWS,
): Promise<{ header: readonly string[]; rows: ImportRow<C>[] }> {
  const [header = [], ...body] = await readSheet(ctx, base64, maxRows)
  const cellsOf = columnsOf(layout, header)
  const parts = await inSlices(ctx, body, (slice, at) =>
    slice
      .map((cells, i) => ({ row: at + i + 2, cells, given: cellsOf(cells) }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
  )
  const rows = parts.flat()
  if (rows.length === 0) throw refuseSheet('empty', 'The sheet has no rows.')
  return { header, rows }
}

export function countsOf(judged: readonly { readonly outcome: Outcome }[]) {
  const counts = { new: 0, changed: 0, same: 0, error: 0 }
  for (const { outcome } of judged) counts[outcome] += 1
  return counts
}

interface JudgedFile<C extends string, R extends string> {
  readonly fileName: string
  readonly header: readonly string[]
  readonly rows: readonly ImportRow<C>[]
  /** of each row */
  readonly judged: readonly Pick<Judged<C, R>, 'error'>[]
}

/** The file with what is wrong, base64; null where nothing is. */
export async function errorFileOf<C extends string, R extends string>(
  ctx: CoreContext,
  { fileName, header, rows, judged }: JudgedFile<C, R>,
  { titles, reasons }: Layout<C, R>,
): Promise<string | null> {
  if (judged.every(({ error }) => error === null)) return null
  const explain = (_row: ImportRow<C>, i: number) => {
    const error = judged[i]?.error
    return error ? ([titles[error.column], reasons[error.code]] as const) : (['', ''] as const)
  }
  return (await writeErrorSheet(ctx, { fileName, header, rows, explain })).base64
}

/** Inside a transaction: what `work` changed is undone again for a dry run, so that both say the same. */
export function asDryRun<T>(db: SiteDatabase, dryRun: boolean, work: () => T): T {
  if (!dryRun) return work()
  db.sql.exec('SAVEPOINT dry')
  try {
    return work()
  } finally {
    db.sql.exec('ROLLBACK TO dry')
    db.sql.exec('RELEASE dry')
  }
}

/** How a row's cells are found by the titles of the file. */
function columnsOf<C extends string, R extends string>(
  { titles, names, required }: Layout<C, R>,
  header: readonly string[],
): (cells: readonly string[]) => Readonly<Record<C, string>> {
  const plain = header.map(plainTitle)
  const columns = Object.keys(titles) as C[]
  const at = columns.map(
    (column) => [column, plain.findIndex((title) => names[column].includes(title))] as const,
  )
  const missing = at.filter(([column, i]) => i < 0 && required.includes(column)).map(([c]) => titles[c])
  if (missing.length > 0)
    throw refuseSheet('columnsMissing', `The first row lacks: ${missing.join(', ')}.`, { missing })
  return (cells) => Object.fromEntries(at.map(([c, i]) => [c, (cells[i] ?? '').trim()])) as Record<C, string>
}
