import type { Checked } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { formatDay, type ZoneOffset } from '#shared/time.ts'
import type { Audit } from '../audit/index.ts'
import type { AreaHandlers, Call, Caller, CoreContext } from '../context.ts'
import { renderRows } from './cells.ts'

/** Rows of a sheet: Excel has 1,048,576, one of them is the header. */
const MAX_ROWS = 1_000_000
const PAGE = 1000

const TYPES = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

type Create = Checked<'exports.create'>

export interface ExportParts {
  zone(): ZoneOffset
  readonly audit: Pick<Audit, 'append'>
  /** calls a list as the same caller, so that nobody exports what he may not read */
  list(caller: Caller, name: string, input: unknown): Promise<unknown>
}

/** Writes what a list shows, exactly as filtered, to a file (design §5). */
export function createExports(ctx: CoreContext, parts: ExportParts): { handlers: AreaHandlers<'exports'> } {
  return {
    handlers: {
      'exports.create': async (call, input) => {
        const { pages, rows } = await collect(ctx, parts, call.caller, input)
        const { format, columns, name, list } = input
        if (PERSONAL.test(list) && pages.some((page) => PHONE.test(page)))
          await tellWholePhones(ctx, parts, call, { list, format, rows })
        const zoneOffset = parts.zone()
        const sheet = { format, columns, pages, zoneOffset }
        const base64 = await ctx.ports.workers.run('writeSheet', sheet)
        return {
          name: fileName(name, formatDay(ctx.ports.clock.now(), zoneOffset), format),
          type: TYPES[format],
          base64,
          rows,
        }
      },
    },
  }
}

/** Lists of people; numbers of meters can look like phones. */
const PERSONAL = /^(?:orders|users|coins|blacklist|cashouts|devices|attendance|operators)\./
/** A phone that stands alone in a cell. */
const PHONE = /"1[3-9]\d{9}"/

/** Phones that leave the desk whole leave a trace, as looking at a single one does; no trace, no file. */
async function tellWholePhones(
  ctx: CoreContext,
  { audit }: ExportParts,
  { caller, operator }: Call,
  { list, ...after }: { list: string; format: string; rows: number },
): Promise<void> {
  await ctx.store.site.write(() =>
    audit.append({
      operator: operator?.name ?? null,
      door: caller.door,
      caller,
      operation: 'exports.create',
      target: list,
      outcome: 'ok',
      after: { ...after, wholePhones: true },
    }),
  )
  ctx.events.emit({ type: 'changed', area: 'audit' })
}

/** All pages of the list, its own offset and limit left aside. */
async function collect(
  { ports }: CoreContext,
  { list }: ExportParts,
  caller: Caller,
  { list: name, input, columns }: Create,
): Promise<{ pages: string[]; rows: number }> {
  const { offset: _offset, limit: _limit, ...filter } = input
  const pages: string[] = []
  let found = 0
  for (;;) {
    // Lists that come whole take no paging, and refuse the keys.
    const paging = WHOLE.has(name) ? {} : { offset: found, limit: PAGE }
    const { total, rows } = pageOf(await list(caller, name, { ...filter, ...paging }))
    if (total > MAX_ROWS)
      throw new SitedeskError(
        'INVALID_INPUT',
        `These are ${total} rows; a sheet holds ${MAX_ROWS}. Choose a shorter time or a narrower filter.`,
        { total, most: MAX_ROWS },
      )
    for (let at = 0; at < rows.length; at += PAGE) {
      pages.push(JSON.stringify(renderRows(rows.slice(at, at + PAGE), columns)))
      await ports.clock.yield()
    }
    found += rows.length
    if (rows.length === 0 || found >= total) return { pages, rows: found }
  }
}

const WHOLE: ReadonlySet<string> = new Set(['meters.usage', 'attendance.statistics', 'attendance.sheet'])

function pageOf(answer: unknown): { total: number; rows: unknown[] } {
  const { total, rows } = answer as { total?: unknown; rows?: unknown }
  if (!Array.isArray(rows)) return { total: 0, rows: [] }
  return { total: typeof total === 'number' ? total : rows.length, rows }
}

/** A name every system takes; the day says when it was written. */
function fileName(name: string, day: string, format: Create['format']): string {
  const plain = name
    .replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
  return `${plain === '' ? 'export' : plain} ${day}.${format}`
}
