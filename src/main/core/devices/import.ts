import { btNameOf, DEVICE_CODE } from '#shared/chargers.ts'
import type { Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { parseYuan } from '#shared/money.ts'
import type { CoreContext } from '../context.ts'
import {
  asDryRun,
  importSheet,
  templateOf,
  type ImportFile,
  type ImportRow as Row,
  type Layout,
  type Wrong as WrongCell,
} from '../sheet-import.ts'
import type { SheetFile, SheetFormat } from '../sheets.ts'
import type { SiteDatabase } from '../store/store.ts'
import { change } from './change.ts'
import { enrol } from './enrol.ts'

/** Titles of the template; what stands in brackets says nothing new. */
export const TITLES = {
  deviceCode: '设备编号',
  btName: '蓝牙名称',
  alias: '名称',
  version: '设备版本',
  unitPrice: '单价（元/30分钟）',
  maxUnit: '最长单元数',
} as const
type Column = keyof typeof TITLES

const NAMES: Readonly<Record<Column, readonly string[]>> = {
  deviceCode: ['设备编号', '设备编码', '编号', 'devicecode', 'code'],
  btName: ['蓝牙名称', '蓝牙名', '芯片号', 'btname', 'name'],
  alias: ['名称', '别名', '设备名称', 'alias', 'devicename'],
  version: ['设备版本', '版本', 'version'],
  unitPrice: ['单价', 'unitprice', 'price'],
  maxUnit: ['最长单元数', '最大单元数', 'maxunit'],
}

/** What the returned file says; the screens have i18n `devices.importError.<code>`. */
export const REASONS = {
  codeInvalid: '设备编号须为 1–8 位字母或数字',
  nameInvalid: '蓝牙名称须为 BUC_ 加 12 位大写字母或数字（只写 12 位也可）',
  codeTwice: '同一编号在文件中出现两次',
  nameTwice: '同一蓝牙名称在文件中出现两次',
  codeTaken: '编号或蓝牙名称已登记给另一台充电器',
  aliasTooLong: '名称最多 60 个字',
  versionInvalid: '设备版本须为 0–999 的整数',
  priceInvalid: '单价须为 0–99.99 元，最多两位小数',
  unitInvalid: '最长单元数须为 1–12 的整数',
  orderTooDear: '单价 × 最长单元数不能超过 999.99 元',
} as const
type ReasonCode = keyof typeof REASONS
type Wrong = WrongCell<Column, ReasonCode>
type ImportRow = Row<Column>
const LAYOUT: Layout<Column, ReasonCode> = {
  titles: TITLES,
  names: NAMES,
  required: ['deviceCode', 'btName'],
  reasons: REASONS,
}

type Imported = Output<'devices.import'>
type Judged = Imported['rows'][number] & { error: Wrong | null }

export const importTemplate = (ctx: CoreContext, format: SheetFormat): Promise<SheetFile> =>
  templateOf(ctx, '充电器导入模板', LAYOUT, format)

/** Reads the file; every row is judged in a transaction that is undone for a dry run, so that both say the same. */
export const importDevices = (
  ctx: CoreContext,
  file: ImportFile,
  run: (work: () => Judged[]) => Promise<Judged[]>,
  now: string,
): Promise<Imported> =>
  importSheet(ctx, file, LAYOUT, (rows) => run(() => judgeAll(ctx.store.site, rows, now, file.dryRun)))

/** One savepoint a row: a bad row never takes a good one with it. */
function judgeAll(db: SiteDatabase, rows: readonly ImportRow[], now: string, dryRun: boolean): Judged[] {
  const seen = { codes: new Set<string>(), names: new Set<string>() }
  return asDryRun(db, dryRun, () => rows.map((row) => judge(db, row, now, seen)))
}

function judge(
  db: SiteDatabase,
  { row, given }: ImportRow,
  now: string,
  seen: { codes: Set<string>; names: Set<string> },
): Judged {
  const name = btNameOf(given.btName)
  const said = { row, deviceCode: given.deviceCode, btName: name ?? given.btName, alias: given.alias }
  const wrong = (error: Wrong): Judged => ({ ...said, outcome: 'error', error })
  const first = check(given, name, seen)
  if (first || name === null) return wrong(first ?? { column: 'btName', code: 'nameInvalid' })
  try {
    return { ...said, outcome: apply(db, given, name, now), error: null }
  } catch (error) {
    if (!(error instanceof SitedeskError)) throw error
    return wrong(
      error.code === 'CODE_TAKEN'
        ? { column: 'deviceCode', code: 'codeTaken' }
        : { column: 'unitPrice', code: 'orderTooDear' },
    )
  }
}

function apply(
  db: SiteDatabase,
  given: ImportRow['given'],
  btName: string,
  now: string,
): 'new' | 'changed' | 'same' {
  db.sql.exec('SAVEPOINT device')
  try {
    const version = given.version === '' ? undefined : Number(given.version)
    const alias = given.alias === '' ? undefined : given.alias
    let outcome = enrol(db, { deviceCode: given.deviceCode, btName, alias, version }, now)
    const price = given.unitPrice === '' ? undefined : parseYuan(given.unitPrice)?.fen
    const maxUnit = given.maxUnit === '' ? undefined : Number(given.maxUnit)
    if (price !== undefined || maxUnit !== undefined) {
      const before = change(db, given.deviceCode, { unitPriceFen: price, maxUnit }, now)
      const moved =
        (price !== undefined && price !== before.unitPrice) ||
        (maxUnit !== undefined && maxUnit !== before.maxUnit)
      if (moved && outcome === 'same') outcome = 'changed'
    }
    return outcome
  } catch (error) {
    db.sql.exec('ROLLBACK TO device')
    throw error
  } finally {
    db.sql.exec('RELEASE device')
  }
}

const isInt = (text: string, from: number, to: number) =>
  /^\d{1,4}$/.test(text) && Number(text) >= from && Number(text) <= to

function check(
  given: ImportRow['given'],
  name: string | null,
  seen: { codes: Set<string>; names: Set<string> },
): Wrong | null {
  if (!DEVICE_CODE.test(given.deviceCode)) return { column: 'deviceCode', code: 'codeInvalid' }
  if (name === null) return { column: 'btName', code: 'nameInvalid' }
  if (seen.codes.has(given.deviceCode)) return { column: 'deviceCode', code: 'codeTwice' }
  if (seen.names.has(name)) return { column: 'btName', code: 'nameTwice' }
  seen.codes.add(given.deviceCode)
  seen.names.add(name)
  if (given.alias.length > 60) return { column: 'alias', code: 'aliasTooLong' }
  if (given.version !== '' && !isInt(given.version, 0, 999))
    return { column: 'version', code: 'versionInvalid' }
  if (given.maxUnit !== '' && !isInt(given.maxUnit, 1, 12)) return { column: 'maxUnit', code: 'unitInvalid' }
  return priceIsRight(given.unitPrice) ? null : { column: 'unitPrice', code: 'priceInvalid' }
}

function priceIsRight(text: string): boolean {
  if (text === '') return true
  const price = parseYuan(text)
  return price !== null && price.exact && price.fen >= 0 && price.fen <= 9999
}
