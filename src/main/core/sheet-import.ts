import type { CoreContext } from './context.ts'
import {
  plainTitle,
  readSheet,
  refuseSheet,
  writeErrorSheet,
  writeSheet,
  type SheetFile,
  type SheetFormat,
} from './sheets.ts'

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

interface Judged<C extends string, R extends string> {
  readonly outcome: 'new' | 'changed' | 'same' | 'error'
  readonly error: Wrong<C, R> | null
}

export const templateOf = <C extends string>(
  ctx: CoreContext,
  name: string,
  { titles }: Pick<Layout<C, never>, 'titles'>,
  format: SheetFormat,
): Promise<SheetFile> => writeSheet(ctx, { name, format, header: Object.values(titles), rows: [] })

/** Reads a file and has its rows judged; the answer has the file again with what is wrong, where something is. */
export async function importSheet<C extends string, R extends string, J extends Judged<C, R>>(
  ctx: CoreContext,
  file: ImportFile,
  layout: Layout<C, R>,
  judge: (rows: readonly ImportRow<C>[]) => Promise<J[]>,
) {
  const [header = [], ...body] = await readSheet(ctx, file.base64, MAX_ROWS)
  const rows = rowsOf(layout, header, body)
  if (rows.length === 0) throw refuseSheet('empty', 'The sheet has no rows.')
  const judged = await judge(rows)
  const counts = { new: 0, changed: 0, same: 0, error: 0 }
  for (const { outcome } of judged) counts[outcome] += 1
  const explained = rows.map(({ cells }, i) => {
    const error = judged[i]?.error ?? null
    const words = error
      ? ([layout.titles[error.column], layout.reasons[error.code]] as const)
      : (['', ''] as const)
    return { cells, explained: words }
  })
  const errorFile =
    counts.error === 0
      ? null
      : (await writeErrorSheet(ctx, { fileName: file.fileName, header, rows: explained })).base64
  return { rows: judged, counts, errorFile }
}

function rowsOf<C extends string, R extends string>(
  { titles, names, required }: Layout<C, R>,
  header: readonly string[],
  body: readonly (readonly string[])[],
): ImportRow<C>[] {
  const plain = header.map(plainTitle)
  const columns = Object.keys(titles) as C[]
  const at = new Map(
    columns.map((column) => [column, plain.findIndex((title) => names[column].includes(title))]),
  )
  const missing = required.filter((column) => (at.get(column) ?? -1) < 0).map((column) => titles[column])
  if (missing.length > 0)
    throw refuseSheet('columnsMissing', `The first row lacks: ${missing.join(', ')}.`, { missing })
  const given = (cells: readonly string[]) =>
    Object.fromEntries(columns.map((c) => [c, (cells[at.get(c) ?? -1] ?? '').trim()])) as Record<C, string>
  return body
    .map((cells, i) => ({ row: i + 2, cells, given: given(cells) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}
