import type { Output } from '#shared/contract/index.ts'
import { PHONE } from '#shared/chargers.ts'
import type { CoreContext } from '../context.ts'
import {
  importSheet,
  templateOf,
  type ImportFile,
  type ImportRow as Row,
  type Layout,
  type Wrong as WrongCell,
} from '../sheet-import.ts'
import type { SheetFile, SheetFormat } from '../sheets.ts'
import { activeMember, projectOf, requireLive, type Books, type StoredProject } from './books.ts'
import { beginMember, changeMember, type Act } from './log.ts'

/** People of a project from a sheet; the same file again changes nothing (design §5). */

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
type Wrong = WrongCell<Column, ReasonCode>
const LAYOUT: Layout<Column, ReasonCode> = {
  titles: TITLES,
  names: NAMES,
  required: ['phone', 'name'],
  reasons: REASONS,
}

type Imported = Output<'attendance.import'>
type Judged = Imported['rows'][number] & { error: Wrong | null }
type ImportRow = Row<Column>

/** Nobody has these numbers: no operator gives out 1990000…. */
const SAMPLES = [
  { phone: '19900000001', name: '示例：王小工' },
  { phone: '19900000002', name: '示例：李小工' },
]

export const importTemplate = (ctx: CoreContext, format: SheetFormat, sample = false): Promise<SheetFile> =>
  templateOf(ctx, `考勤人导入${sample ? '示例' : '模板'}`, LAYOUT, format, sample ? SAMPLES : [])

/** `run` gives a transaction; a dry run changes nothing in it and says the same. */
export async function importPeople(
  ctx: CoreContext,
  books: Books,
  file: ImportFile & { readonly projectId: string },
  { act, run }: { act: Act; run: (work: () => Judged[]) => Promise<Judged[]> },
): Promise<Imported> {
  requireLive(projectOf(books, file.projectId))
  return importSheet(ctx, file, LAYOUT, (rows) =>
    run(() => {
      const project = requireLive(projectOf(books, file.projectId))
      const seen = new Set<string>()
      return rows.map((row) => judge(books, project, row, { act, seen, dryRun: file.dryRun }))
    }),
  )
}

interface Judging {
  readonly act: Act
  readonly seen: Set<string>
  readonly dryRun: boolean
}

function judge(books: Books, project: StoredProject, given: ImportRow, judging: Judging): Judged {
  const { row } = given
  const { name } = given.given
  // people write 138 0000 0000 and 138-0000-0000
  const phone = given.given.phone.replaceAll(/[\s-]+/g, '')
  const said = { row, phone, name }
  const error = wrong(project, said, judging.seen)
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

function wrong(
  project: StoredProject,
  { phone, name }: { readonly phone: string; readonly name: string },
  seen: ReadonlySet<string>,
): Wrong | null {
  if (!PHONE.test(phone)) return { column: 'phone', code: 'phoneInvalid' }
  if (name === '') return { column: 'name', code: 'nameMissing' }
  if (name.length > 60) return { column: 'name', code: 'nameTooLong' }
  if (seen.has(phone)) return { column: 'phone', code: 'phoneTwice' }
  //
  return project.keeperPhone === phone ? { column: 'phone', code: 'isKeeper' } : null
}
