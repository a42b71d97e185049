import type { Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { formatDay } from '#shared/time.ts'
import type { Call, CoreContext } from '../context.ts'
import type { SqlDatabase } from '../ports.ts'
import { fingerprint, type Settings } from '../settings/index.ts'
import { layAside, takeUpAgain } from '../store/laid-aside.ts'
import { siteMigrations, historyMigrations } from '../store/schema.ts'
import type { StoreFile } from './copies.ts'
import type { Figure } from './figures.ts'
import { hasMark, stagedPath, writeMark } from './mark.ts'
import { nameOf, openSource, type From, type Source, type SourceParts } from './source.ts'
import { openRecharges, otherWork, refuseUnderWay, type UnderWay } from './under-way.ts'

type Preview = Output<'backups.preview'>

export interface RestoreParts extends SourceParts {
  readonly settings: Settings
  readonly underWay: UnderWay
}

/** What would change: nothing is touched. */
export async function preview(ctx: CoreContext, parts: RestoreParts, from: From): Promise<Preview> {
  const source = await openSource(ctx, parts, from)
  try {
    const now =
      source.file === 'site.db'
        ? await ctx.ports.workers.run('readFigures', { path: ctx.store.site.sql.path })
        : []
    return {
      madeAt: source.madeAt,
      file: source.file,
      schema: source.found.schema,
      problems: [...source.problems, ...tooNew(source)],
      warnings: source.found.warnings,
      changes: source.file === 'site.db' ? changesOf(now, source.found.figures) : [],
      openRecharges: openRecharges(ctx),
      blockers: otherWork(ctx, parts.underWay),
      confirm: wordOf(parts.settings, source),
    }
  } finally {
    await source.dispose()
  }
}

/** The day of the copy: whoever types it has read which copy it is. */
const wordOf = (settings: Settings, { madeAt }: Source) => formatDay(madeAt, settings.zone())

function tooNew({ file, found }: Source): string[] {
  const known = (file === 'site.db' ? siteMigrations : historyMigrations).at(-1)?.version ?? 0
  return found.schema > known ? ['it was made by a newer version of the program'] : []
}

function changesOf(now: readonly Figure[], then: readonly Figure[]): Preview['changes'] {
  const tables = [...new Set([...now, ...then].map(({ table }) => table))]
  return tables.map((table) => {
    const [a, b] = [now, then].map((figures) => figures.find((one) => one.table === table))
    return {
      group: a?.group ?? b?.group ?? '',
      table,
      rowsNow: a?.rows ?? 0,
      rowsThen: b?.rows ?? 0,
      lost: Math.max(0, (a?.rows ?? 0) - (b?.rows ?? 0)),
      sumsNow: a?.sums ?? {},
      sumsThen: b?.sums ?? {},
      newestNow: a?.newest ?? null,
      newestThen: b?.newest ?? null,
    }
  })
}

/**
 * Lays the copy ready and asks the host to close and open the desk. The copy of the present file is made first; the
 * present file itself is kept beside the new one too, with all that was written until the end.
 */
export async function restore(
  ctx: CoreContext,
  parts: RestoreParts,
  call: Call,
  input: { from: From; confirm: string },
): Promise<Output<'backups.restore'>> {
  refuseTwice(ctx)
  refuseUnderWay(ctx, parts.underWay)
  const source = await openSource(ctx, parts, input.from)
  try {
    refuseUnfit(source)
    const word = wordOf(parts.settings, source)
    if (input.confirm !== word)
      throw new SitedeskError('INVALID_INPUT', `confirm: type ${word} to restore the copy of that day.`, {
        issues: [{ path: 'confirm', message: 'the day of the copy' }],
      })
    // a damaged file cannot be copied whole; it is kept as it is
    const damaged = parts.keeper.isDamaged('site.db')
    const safety = damaged ? null : nameOf((await parts.keeper.copyNow('safety')).path)
    await orNothing(ctx, source, async () => {
      await layReady(ctx, source)
      await call.commit(() => {
        refuseUnderWay(ctx, parts.underWay)
        if (source.file === 'site.db') layAside(ctx.store.site)
        call.note({ target: source.name, after: { madeAt: source.madeAt, safetyCopy: safety } })
      })
      await mark(ctx, source, call.operator?.name ?? null)
    })
    return { restarting: ctx.options.restart?.() ?? false, safetyCopy: safety }
  } finally {
    await source.dispose()
  }
}

/** A sealed file on a desk that has nothing yet. */
export async function adopt(
  ctx: CoreContext,
  parts: RestoreParts,
  call: Call,
  input: { path: string; passphrase?: string | undefined },
): Promise<Output<'backups.adopt'>> {
  refuseTwice(ctx)
  const { path, passphrase } = input
  const source = await openSource(ctx, parts, { place: 'file', path, passphrase })
  try {
    refuseUnfit(source)
    if (source.file !== 'site.db') throw unfit('it holds no site')
    await orNothing(ctx, source, async () => {
      await layReady(ctx, source)
      call.note({ target: source.name, after: { madeAt: source.madeAt } })
      await mark(ctx, source, null)
    })
    return { restarting: ctx.options.restart?.() ?? false, madeAt: source.madeAt }
  } finally {
    await source.dispose()
  }
}

const unfit = (problem: string) =>
  new SitedeskError('BACKUP_UNUSABLE', `This copy cannot be used: ${problem}.`, {
    reason: 'damaged',
    problem,
  })

function refuseUnfit(source: Source): void {
  const [problem] = [...source.problems, ...tooNew(source)]
  if (problem !== undefined) throw unfit(problem)
}

function refuseTwice({ ports, options }: CoreContext): void {
  if (hasMark(ports, options.directory))
    throw new SitedeskError('CONFLICT', 'A restore is laid ready already; it takes place at the next start.')
}

const roomFor = ({ ports, options }: CoreContext, bytes: number): void => {
  if (ports.files.freeBytes(options.directory) >= bytes * 1.2) return
  throw new SitedeskError('STORAGE_FULL', 'There is no space for the restored file; nothing was changed.')
}

/** What was laid ready and is not marked would never be used: it goes, and sales are taken again. */
async function orNothing(ctx: CoreContext, source: Source, work: () => Promise<void>): Promise<void> {
  const { ports, options, store } = ctx
  try {
    await work()
  } catch (error) {
    for (const file of filesOf(source))
      for (const suffix of ['', '.part'])
        ports.files.remove(`${stagedPath(ports, options.directory, file)}${suffix}`)
    await takeUpAgain(store.site).catch((failed: unknown) =>
      ports.log.error('sales stay refused until the next start', { error: String(failed) }),
    )
    throw error
  }
}

const filesOf = ({ file, history }: Source): StoreFile[] => (history === null ? [file] : [file, 'history.db'])

async function layReady(ctx: CoreContext, source: Source): Promise<void> {
  const { ports, options } = ctx
  const { files } = ports
  const pairs: (readonly [string, StoreFile])[] = [[source.path, source.file]]
  if (source.history !== null) pairs.push([source.history, 'history.db'])
  roomFor(
    ctx,
    pairs.reduce((sum, [path]) => sum + files.size(path), 0),
  )
  for (const [path, file] of pairs) {
    const staged = stagedPath(ports, options.directory, file)
    files.copy(path, `${staged}.part`)
    if (file === 'site.db') await carryOver(ctx, `${staged}.part`, source.dataKey)
    files.rename(`${staged}.part`, staged)
  }
}

/**
 * What the copy must not fall behind in: numbers that are on paper already, the name of this installation, and a way
 * to open the secrets here.
 */
async function carryOver(ctx: CoreContext, path: string, dataKey: Uint8Array | null): Promise<void> {
  const series = ctx.store.site
    .statement<{ name: string; last: number }>('SELECT name, last FROM number_series')
    .all()
  const name = ctx.store.site
    .statement<{ value: string }>("SELECT value FROM meta WHERE key = 'installation'")
    .get()
  const db = ctx.ports.sql.open(path, { durable: true })
  try {
    const raise = db.statement(
      'INSERT INTO number_series (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)',
    )
    if (has(db, 'number_series')) for (const { name, last } of series) raise.run(name, last)
    if (name)
      db.statement("INSERT INTO meta VALUES ('installation', ?) ON CONFLICT (key) DO NOTHING").run(name.value)
    if (dataKey) await wrapHere(ctx, db, dataKey)
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

const has = (db: SqlDatabase, table: string) =>
  db.statement('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined

/** The same data key in the wraps of this computer; a key that is not that of the copy is left alone. */
async function wrapHere({ ports }: CoreContext, db: SqlDatabase, key: Uint8Array): Promise<void> {
  const check = db.statement<{ value: string }>("SELECT value FROM meta WHERE key = 'data_key_check'").get()
  if (check?.value !== fingerprint(key)) return
  for (const port of ports.keyWraps) {
    const blob = await port.wrap(key).catch(() => null)
    if (blob === null) continue
    db.statement(
      'INSERT INTO key_wrap (kind, blob, created_at) VALUES (?, ?, ?) ON CONFLICT (kind) DO UPDATE SET blob = excluded.blob',
    ).run(port.kind, blob, ports.clock.now())
  }
}

function mark({ ports, options }: CoreContext, source: Source, by: string | null): Promise<void> {
  const files = filesOf(source)
  const figures = source.file === 'site.db' ? [...source.found.figures] : []
  const { name: from, madeAt } = source
  return writeMark(ports, options.directory, {
    format: 1,
    at: ports.clock.now(),
    by,
    from,
    madeAt,
    files,
    figures,
  })
}
