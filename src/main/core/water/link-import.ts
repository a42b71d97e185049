import type { Output } from '#shared/contract/index.ts'
import type { CoreContext } from '../context.ts'
import { asDryRun, importSheet, templateOf, type ImportFile, type Layout } from '../sheet-import.ts'
import type { SheetFormat } from '../sheets.ts'
import type { Link } from './links.ts'

const TITLES = { room: '房间', device_code: '水表编号', user_code: '用户编码' } as const
type Column = keyof typeof TITLES

/** What the returned file says; the screens have i18n `water.importError.<code>`. */
const REASONS = {
  tooFew: '房间、水表编号、用户编码至少填两项',
  roomUnknown: '找不到这个房间，或名称不止一个房间有；请写全路径',
  unknown: '水表编号或用户编码不在本地数据里',
} as const
type ReasonCode = keyof typeof REASONS

const LAYOUT: Layout<Column, ReasonCode> = {
  titles: TITLES,
  names: {
    room: ['房间', '房间路径', '房号', 'room'],
    device_code: ['水表编号', '设备编码', '表号', 'device_code', 'devicecode', 'tableno'],
    user_code: ['用户编码', '用户编号', '户号', 'user_code', 'usercode'],
  },
  required: [],
  reasons: REASONS,
}

type Judged = Output<'water.importLinks'>['rows'][number] & {
  error: { column: Column; code: ReasonCode } | null
}

interface ImportParts {
  resolve(text: string): Promise<string | null>
  /** whether a thing of the link is not known */
  problem(link: Link): boolean
  /** inside `run` */
  put(link: Link): 'new' | 'same'
  /** a transaction */
  run<T>(work: () => T): Promise<T>
}

export const linkTemplate = (ctx: CoreContext, format: SheetFormat) =>
  templateOf(ctx, '用水关联模板', LAYOUT, format)

/** Every row by itself; a dry run is undone and says the same. */
export function importLinks(ctx: CoreContext, file: ImportFile, parts: ImportParts) {
  return importSheet(ctx, file, LAYOUT, async (rows) => {
    const found: { judged: Judged; link: Link | null }[] = []
    for (const { row, given } of rows) {
      const said = { row, ...given, outcome: 'error' as const }
      const wrong = (column: Column, code: ReasonCode) =>
        found.push({ judged: { ...said, error: { column, code } }, link: null })
      if (Object.values(given).filter((text) => text !== '').length < 2) {
        wrong('room', 'tooFew')
        continue
      }
      const room_id = given.room === '' ? '' : await parts.resolve(given.room)
      const link = { room_id: room_id ?? '', device_code: given.device_code, user_code: given.user_code }
      if (room_id === null) wrong('room', 'roomUnknown')
      else if (parts.problem(link)) wrong(given.device_code === '' ? 'user_code' : 'device_code', 'unknown')
      else found.push({ judged: { ...said, outcome: 'new', error: null }, link })
    }
    return store(ctx, found, file.dryRun, parts)
  })
}

const store = (
  { store: { site } }: CoreContext,
  found: readonly { judged: Judged; link: Link | null }[],
  dryRun: boolean,
  { put, run }: ImportParts,
): Promise<Judged[]> =>
  run(() =>
    asDryRun(site, dryRun, () =>
      found.map(({ judged: one, link }) => (link ? { ...one, outcome: put(link) } : one)),
    ),
  )
