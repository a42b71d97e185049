import type { Output } from '#shared/contract/index.ts'
import type { CoreContext } from '../context.ts'
import type { Job } from '../jobs/index.ts'
import {
  countsOf,
  errorFileOf,
  readList,
  templateOf,
  type ImportRow,
  type Layout,
  type Outcome,
  type Wrong,
} from '../sheet-import.ts'
import { inSlices, type SheetFile, type SheetFormat } from '../sheets.ts'

type Answer = Output<'meters.importResult'>
type AnswerRow = Answer['rows'][number]

/** Rows of a file: a meter that reports every quarter of an hour for three months has a tenth of them. */
const MAX_ROWS = 200_000
/** Rows judged, and rows entered, between two turns of the event loop: each slice well under 30 ms. */
const JUDGE_SLICE = 500
const ENTER_SLICE = 100
/** Rows of each outcome that the answer shows; the file that comes back has all errors. */
const SHOWN = 300

export interface Verdict<C extends string, R extends string, P> {
  readonly was: Readonly<Record<string, string>>
  readonly outcome: Outcome
  readonly error: Wrong<C, R> | null
  /** what is to be entered; null: nothing */
  readonly plan: P | null
}

export const wrong = <C extends string, R extends string>(column: C, code: R): Verdict<C, R, never> => ({
  was: {},
  outcome: 'error',
  error: { column, code },
  plan: null,
})

/** One kind of list: its columns, how a row is judged, how it is entered. */
export interface Kind<C extends string, R extends string, P> {
  readonly name: string
  readonly layout: Layout<C, R>
  readonly samples: readonly Readonly<Record<C, string>>[]
  /** of one file: it remembers what it saw */
  judge(): (row: ImportRow<C>) => Verdict<C, R, P>
  /** inside `site.write` */
  enter(plans: readonly P[], by: Entering): void
  /** after that is committed */
  entered?(plans: readonly P[]): Promise<void>
}

export interface Entering {
  readonly importId: string
  readonly fileName: string
  readonly by: string | null
}

/** A file that was read, before anything of it was judged. */
export interface Opened {
  readonly total: number
  /** a dry run where nothing is to be entered; `first` with the first rows, `count` with all */
  run(job: Job, fileName: string, enter: EnterRun | null): Promise<Answer>
}

export interface EnterRun extends Entering {
  first(): void
  count(rows: number, changed: number): void
}

export interface List {
  template(format: SheetFormat, sample?: boolean): Promise<SheetFile>
  open(base64: string): Promise<Opened>
}

export const listOf = <C extends string, R extends string, P>(
  ctx: CoreContext,
  kind: Kind<C, R, P>,
): List => ({
  template: (format, sample = false) =>
    sample
      ? templateOf(ctx, kind.name.replace('模板', '示例'), kind.layout, format, ownSamples(ctx, kind.samples))
      : templateOf(ctx, kind.name, kind.layout, format, kind.samples),
  async open(base64) {
    const { header, rows } = await readList(ctx, base64, kind.layout, MAX_ROWS)
    return {
      total: rows.length,
      async run(job, fileName, enter) {
        const judged = await judgeAll(ctx, kind, rows, { job, steps: enter ? 2 : 1 })
        const errorFile = await errorFileOf(ctx, { fileName, header, rows, judged }, kind.layout)
        if (enter) await enterAll(ctx, kind, judged, { job, enter })
        return { rows: shown(rows, judged), counts: countsOf(judged), errorFile }
      },
    }
  },
})

/** The same rows, of meters that this site has. */
function ownSamples<C extends string>(
  { store: { history } }: CoreContext,
  samples: readonly Readonly<Record<C, string>>[],
): Readonly<Record<C, string>>[] {
  const known = history
    .statement<{ source: string; device_id: string }>(
      "SELECT source, device_id FROM meter WHERE active = 1 AND source <> 'campus' ORDER BY id LIMIT ?",
    )
    .all(samples.length)
  return known.flatMap(({ source, device_id }, i) => {
    const sample = samples[i]
    return sample ? [{ ...sample, meter: `${source}:${device_id}` }] : []
  })
}

async function judgeAll<C extends string, R extends string, P>(
  ctx: CoreContext,
  kind: Kind<C, R, P>,
  rows: readonly ImportRow<C>[],
  { job, steps }: { job: Job; steps: number },
): Promise<Verdict<C, R, P>[]> {
  job.step('meterImportJudge')
  const judge = kind.judge()
  const slices = await inSlices(
    ctx,
    rows,
    (slice, at) => {
      job.signal.throwIfAborted()
      job.progress(at, rows.length * steps)
      return slice.map(judge)
    },
    JUDGE_SLICE,
  )
  return slices.flat()
}

async function enterAll<C extends string, R extends string, P>(
  ctx: CoreContext,
  kind: Kind<C, R, P>,
  judged: readonly Verdict<C, R, P>[],
  { job, enter }: { job: Job; enter: EnterRun },
): Promise<void> {
  job.step('meterImportEnter')
  const taken = judged.filter(({ plan }) => plan !== null)
  await inSlices(
    ctx,
    taken,
    async (slice, at) => {
      job.signal.throwIfAborted()
      job.progress(judged.length + at, judged.length + taken.length)
      const plans = slice.flatMap(({ plan }) => (plan === null ? [] : [plan]))
      await ctx.store.site.writeAlone(() => {
        if (at === 0) enter.first()
        kind.enter(plans, enter)
        enter.count(slice.length, slice.filter(({ outcome }) => outcome === 'changed').length)
      })
      await kind.entered?.(plans)
    },
    ENTER_SLICE,
  )
}

/** What was seen of each outcome first; the columns of a row under their own names. */
function shown<C extends string, R extends string, P>(
  rows: readonly ImportRow<C>[],
  judged: readonly Verdict<C, R, P>[],
): AnswerRow[] {
  const left: Record<Outcome, number> = { new: SHOWN, changed: SHOWN, same: SHOWN, error: SHOWN }
  const found: AnswerRow[] = []
  for (const [i, { outcome, error, was }] of judged.entries()) {
    const row = rows[i]
    if (!row || left[outcome] === 0) continue
    left[outcome] -= 1
    const given: Record<string, string> = row.given
    found.push({ row: row.row, tableNo: given['meter'] ?? '', given, was, outcome, error })
  }
  return found
}
