import type { CoreContext } from '../../context.ts'
import type { RoomsPort } from '../ports.ts'
import { SHEET_SLICE, writeErrorSheet, writeSheet, type SheetFile, type SheetFormat } from '../../sheets.ts'
import type { SiteDatabase } from '../../store/store.ts'
import { layoutOf, REASONS, TITLES, type RowError } from './columns.ts'
import { judgedRows, type Fate, type JudgedRow } from './fates.ts'
import { storedBatch } from './store.ts'
import { HEADER_ROW } from './stored.ts'

export const templateFile = (ctx: CoreContext, format: SheetFormat): Promise<SheetFile> =>
  writeSheet(ctx, { name: '批量充值模板', format, header: Object.values(TITLES), rows: [] })

/** Rooms of this site; on one without rooms nothing could be taken. */
export function sampleFile(ctx: CoreContext, rooms: RoomsPort, format: SheetFormat): Promise<SheetFile> {
  const paths = rooms.allRooms().flatMap((id) => {
    const room = rooms.locate(id)
    return room?.selectable ? [room.path.join('/')] : []
  })
  const rows = paths.slice(0, SAMPLE_ROWS).map((path, i) => [path, String(50 + i), '示例，请改成自己的'])
  return writeSheet(ctx, { name: '批量充值示例', format, header: Object.values(TITLES), rows })
}

const SAMPLE_ROWS = 2

/** Rows that go back: a row that was posted, or may have been, is not there to be handed in again. */
const NOT_POSTED: readonly Fate[] = ['error', 'open', 'again', 'failed']
const NOT_APPLIED = '没有入账，可以再提交'

interface FileRow {
  readonly cells: readonly string[]
  readonly fate: Fate
  readonly error: string | null
}

/** The rows that were not posted, with two columns more: which column is wrong, and why. */
export async function errorFile(ctx: CoreContext, site: SiteDatabase, batchId: string): Promise<SheetFile> {
  const { file_name: fileName } = storedBatch(site, batchId)
  const header = headerOf(site, batchId)
  const layout = layoutOf(header)
  const explain = ({ fate, error }: FileRow): [string, string] => {
    if (error === null) return ['', fate === 'again' || fate === 'failed' ? NOT_APPLIED : '']
    if ('missing' in layout || !isRowError(error)) return ['', error]
    const [column, reason] = REASONS[error]
    return [header[layout[column]] ?? TITLES[column], reason]
  }
  return writeErrorSheet(ctx, { fileName, header, rows: await notPosted(ctx, site, batchId), explain })
}

const isRowError = (error: string): error is RowError => error in REASONS

function headerOf(site: SiteDatabase, batchId: string): string[] {
  const header = site.get(
    site.query
      .selectFrom('recharge_batch_row')
      .select('cells')
      .where('batch_id', '=', batchId)
      .where('row', '=', HEADER_ROW),
  )
  return header ? (JSON.parse(header.cells) as string[]) : []
}

/** Read in slices: a long list holds nobody up. */
async function notPosted(ctx: CoreContext, site: SiteDatabase, batchId: string): Promise<FileRow[]> {
  const rows: FileRow[] = []
  let from = HEADER_ROW + 1
  for (;;) {
    const slice = judgedRows(site, batchId, { from, fates: NOT_POSTED, limit: SHEET_SLICE })
    rows.push(...slice.map(fileRow))
    const last = slice.at(-1)
    if (!last || slice.length < SHEET_SLICE) return rows
    from = last.row + 1
    await ctx.ports.clock.yield()
  }
}

const fileRow = ({ cells, fate, error }: JudgedRow): FileRow => ({
  cells: JSON.parse(cells) as string[],
  fate,
  error,
})
