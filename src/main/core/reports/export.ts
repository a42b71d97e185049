import type { Checked } from '#shared/contract/index.ts'
import type { ReportCell, ReportColumn, ReportTable } from '#shared/contract/reports.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { formatYuan } from '#shared/money.ts'
import { formatDay, type ZoneOffset } from '#shared/time.ts'
import { z } from '#shared/z.ts'
import type { Call } from '../context.ts'
import { unlessAborted, WrittenFiles, type JobRunner, type Jobs } from '../jobs/index.ts'
import { loadOperations } from '../operations.ts'
import type { BookSheet, SheetCell, SheetColumn } from '../ports.ts'
import type { ReportParts } from './parts.ts'

/** A report as an XLSX file: made in parts here, written by a worker. */

export const EXPORT_JOB = 'reports.export'
/** rows made into text between two turns of the event loop */
const PAGE = 500
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Spec = Checked<'reports.export'> & { readonly operatorId: string }

async function specOf(spec: unknown): Promise<Spec> {
  const { contract } = await loadOperations()
  return contract['reports.export'].input.extend({ operatorId: z.string() }).parse(spec)
}

type Texts = NonNullable<Spec['texts']>

interface ExportParts extends ReportParts {
  build(filter: Spec['filter']): Promise<ReportTable>
}

const exportRunner =
  (parts: ExportParts, files: WrittenFiles): JobRunner =>
  async (job) => {
    const spec = await specOf(job.spec)
    const { clock } = parts.ctx.ports
    job.step('reportRead')
    const table = await parts.build(spec.filter)
    job.progress(1, 3)
    await clock.yield()
    const texts = spec.texts ?? PLAIN
    const zoneOffset = parts.zone()
    const resets = resetsOf(table)
    const pages: string[] = []
    for (let at = 0; at < table.rows.length; at += PAGE) {
      pages.push(JSON.stringify(sheetRows(table, at, texts, resets)))
      await clock.yield()
      job.signal.throwIfAborted()
    }
    if (table.total)
      pages.push(JSON.stringify([table.columns.map((column, i) => totalCell(table, column, i, texts))]))
    job.step('reportBook')
    job.progress(2, 3)
    await clock.yield()
    const sheet: BookSheet = {
      name: tabName(texts.name || table.report),
      columns: table.columns.map((column) => sheetColumn(column, texts, zoneOffset, spec.filter.bucket)),
      rows: pages,
      sums: table.total !== null,
    }
    const about: BookSheet = {
      name: '#',
      columns: [{ title: texts.name || table.report, format: 'text' }],
      rows: JSON.stringify(texts.of.split('\n').map((line) => [line])),
      sums: false,
    }
    const sheets = texts.of === '' ? [sheet] : [sheet, about]
    const base64 = await unlessAborted(
      job.signal,
      parts.ctx.ports.workers.run('writeBook', { sheets, zoneOffset }),
    )
    const name = fileName(texts.name || table.report, table, zoneOffset)
    files.keep(job.id, { operatorId: spec.operatorId, file: { name, type: XLSX, base64 } })
    job.progress(3, 3)
    job.report('info', 'reportBook', { rows: table.rows.length })
    return { state: 'done' }
  }

const PLAIN: Texts = { name: '', of: '', columns: {}, words: {}, total: '' }

/** Rows whose cells have no figure, and not because nothing came: they say so. */
const resetsOf = ({ marks }: ReportTable) =>
  Map.groupBy(
    marks.filter(([, , state]) => state === 'reset'),
    ([row]) => row,
  )

function sheetRows(
  table: ReportTable,
  from: number,
  texts: Texts,
  resets: ReturnType<typeof resetsOf>,
): SheetCell[][] {
  const { columns, rows } = table
  return rows.slice(from, from + PAGE).map((row, n) => {
    const cells = columns.map((column, i) => sheetCell(row[i] ?? null, column, texts))
    for (const [, i, state] of resets.get(from + n) ?? []) cells[i] = texts.words[state] ?? state
    return cells
  })
}

function sheetCell(cell: ReportCell, { format }: ReportColumn, { words }: Texts): SheetCell {
  if (typeof cell === 'number' && format === 'money') return formatYuan(cell)
  if (typeof cell === 'string' && format === 'word') return words[cell] ?? cell
  return cell
}

const totalCell = ({ total }: ReportTable, column: ReportColumn, i: number, texts: Texts): SheetCell =>
  i === 0 ? texts.total : sheetCell(total?.[i] ?? null, column, texts)

const FORMATS: Readonly<Record<ReportColumn['format'], SheetColumn['format']>> = {
  text: 'text',
  word: 'text',
  decimal: 'decimal',
  integer: 'integer',
  money: 'money',
  time: 'time',
  day: 'day',
  percent: 'decimal',
}

const sheetColumn = (
  { key, format, at }: ReportColumn,
  { columns }: Texts,
  zone: ZoneOffset,
  bucket: Spec['filter']['bucket'],
): SheetColumn => ({
  title: at === undefined ? (columns[key] ?? key) : formatDay(at, zone).slice(0, bucket === 'month' ? 7 : 10),
  format: FORMATS[format],
})

const tabName = (name: string) => name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31)

/** A name every system takes. */
function fileName(name: string, { from, to }: ReportTable, zone: ZoneOffset): string {
  const plain = name.replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, ' ').trim()
  const days = from === null || to === null ? '' : ` ${formatDay(from, zone)}–${formatDay(to - 1, zone)}`
  return `${plain}${days}.xlsx`
}

export function exportHandlers(parts: ExportParts, jobs: Pick<Jobs, 'register' | 'start'>) {
  const files = new WrittenFiles()
  jobs.register(EXPORT_JOB, exportRunner(parts, files))
  return {
    'reports.export': async (call: Call, input: Checked<'reports.export'>) => {
      const spec: Spec = { ...input, operatorId: call.operator?.operatorId ?? '' }
      const job = await jobs.start(EXPORT_JOB, spec, { startedBy: call.operator?.name ?? null })
      // one runs at a time: another one is no answer to this
      if (JSON.stringify(await specOf(job.spec)) !== JSON.stringify(await specOf(spec)))
        throw new SitedeskError('JOB_RUNNING', 'Another report is being written; try again in a moment.', {
          jobId: job.id,
          kind: EXPORT_JOB,
        })
      call.note({ target: input.filter.report, after: { ...input.filter, jobId: job.id } })
      return { jobId: job.id }
    },
    'reports.exported': (call: Call, { jobId }: Checked<'reports.exported'>) => {
      const written = files.get(jobId)
      if (written === undefined || written.operatorId !== call.operator?.operatorId)
        throw notFound('file of job', jobId)
      return written.file
    },
  }
}
