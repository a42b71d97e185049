import type { Output } from '#shared/contract/index.ts'
import { PHONE } from '#shared/chargers.ts'
import type { CoreContext } from '../context.ts'
import {
  plainTitle,
  readSheet,
  refuseSheet,
  writeErrorSheet,
  writeSheet,
  type SheetFile,
  type SheetFormat,
} from '../sheets.ts'
import { activeMember, projectOf, requireLive, type Books, type StoredProject } from './books.ts'
import { beginMember, changeMember, type Act } from './log.ts'

/** People of a project from a sheet; the same file again changes nothing (design §5). */

const MAX_ROWS = 20_000

export const TITLES = { phone: '手机号', name: '姓名' } as const
type Column = keyof typeof TITLES
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  phone: ['手机号', '手机', '手机号码', '电话', 'phone', 'user', 'mobile'],
  name: ['姓名', '名字', '考勤人', 'name', 'username'],
}

/** What the returned file says; the screens have i18n `attendance.importError.<code>`. */
export const REASONS = {
  phoneInvalid: '手机号须为 1 开头的 11 位数字',
  nameMissing: '姓名不能为空',
  nameTooLong: '姓名最多 60 个字',
  phoneTwice: '同一手机号在文件中出现两次',
  isKeeper: '考勤员不能是本项目的考勤人',
} as const
type ReasonCode = keyof typeof REASONS
interface Wrong {
  readonly column: Column
  readonly code: ReasonCode
}

type Imported = Output<'attendance.import'>
type Judged = Imported['rows'][number]
interface ImportRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly phone: string
  readonly name: string
}

export const importTemplate = (ctx: CoreContext, format: SheetFormat): Promise<SheetFile> =>
  writeSheet(ctx, { name: '考勤人导入模板', format, header: Object.values(TITLES), rows: [] })

export interface ImportFile {
  readonly projectId: string
  readonly fileName: string
  readonly base64: string
  readonly dryRun: boolean
}

/** `run` gives a transaction; a dry run changes nothing in it and says the same. */
export async function importPeople(
  ctx: CoreContext,
  books: Books,
  file: ImportFile,
  { act, run }: { act: Act; run: (work: () => Judged[]) => Promise<Judged[]> },
): Promise<Imported> {
  requireLive(projectOf(books, file.projectId))
  const [header = [], ...body] = await readSheet(ctx, file.base64, MAX_ROWS)
  const rows = rowsOf(header, body)
  if (rows.length === 0) throw refuseSheet('empty', 'The sheet has no rows.')
  const judged = await run(() => {
    const project = requireLive(projectOf(books, file.projectId))
    const seen = new Set<string>()
    return rows.map((row) => judge(books, project, row, { act, seen, dryRun: file.dryRun }))
  })
  const counts = { new: 0, changed: 0, same: 0, error: 0 }
  for (const { outcome } of judged) counts[outcome] += 1
  const errorFile =
    counts.error === 0 ? null : (await explain(ctx, file.fileName, header, rows, judged)).base64
  return { rows: judged, counts, errorFile }
}

function rowsOf(header: readonly string[], body: readonly (readonly string[])[]): ImportRow[] {
  const titles = header.map(plainTitle)
  const at = (column: Column) => titles.findIndex((title) => NAMES[column].includes(title))
  const missing = (['phone', 'name'] as const).filter((column) => at(column) < 0)
  if (missing.length > 0)
    throw refuseSheet('columnsMissing', `The first row lacks: ${missing.map((c) => TITLES[c]).join(', ')}.`, {
      missing: missing.map((column) => TITLES[column]),
    })
  return body
    .map((cells, i) => ({
      row: i + 2,
      cells,
      // people write 138 0000 0000 and 138-0000-0000
      phone: (cells[at('phone')] ?? '').replaceAll(/[\s-]+/g, ''),
      name: (cells[at('name')] ?? '').trim(),
    }))
    .filter((row) => row.cells.some((cell) => cell.trim() !== ''))
}

interface Judging {
  readonly act: Act
  readonly seen: Set<string>
  readonly dryRun: boolean
}

function judge(books: Books, project: StoredProject, given: ImportRow, judging: Judging): Judged {
  const { row, phone, name } = given
  const said = { row, phone, name }
  const error = wrong(project, given, judging.seen)
  if (error) return { ...said, outcome: 'error', error }
  judging.seen.add(phone)
  const before = activeMember(books, project.id, phone)
  if (before?.name === name) return { ...said, outcome: 'same', error: null }
  if (!judging.dryRun) {
    if (before) changeMember(books, judging.act, before, { kind: 'memberRenamed', name, old: before.name })
    else beginMember(books, judging.act, project.id, { kind: 'memberAdded', phone, name })
  }
  return { ...said, outcome: before ? 'changed' : 'new', error: null }
}

function wrong(project: StoredProject, { phone, name }: ImportRow, seen: ReadonlySet<string>): Wrong | null {
  if (!PHONE.test(phone)) return { column: 'phone', code: 'phoneInvalid' }
  if (name === '') return { column: 'name', code: 'nameMissing' }
  if (name.length > 60) return { column: 'name', code: 'nameTooLong' }
  if (seen.has(phone)) return { column: 'phone', code: 'phoneTwice' }
  //
  return project.keeperPhone === phone ? { column: 'phone', code: 'isKeeper' } : null
}

function explain(
  ctx: CoreContext,
  fileName: string,
  header: readonly string[],
  rows: readonly ImportRow[],
  judged: readonly Judged[],
): Promise<SheetFile> {
  return writeErrorSheet(ctx, {
    fileName,
    header,
    rows: rows.map(({ cells }, i) => {
      const error = judged[i]?.error as Wrong | null | undefined
      return { cells, explained: error ? [TITLES[error.column], REASONS[error.code]] : ['', ''] }
    }),
  })
}
