import type { Checked, Output } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Files } from '../ports.ts'
import type { Operators } from '../operators/index.ts'
import type { Settings } from '../settings/index.ts'
import { backupsFolder } from './copies.ts'
import { exportSite } from './export.ts'
import { readLast } from './finish.ts'
import { EVERY, Keeper, type Copy, type Problem } from './keeper.ts'
import { hasMark } from './mark.ts'
import { sweepReplaced } from './replaced.ts'
import { adopt, preview, restore, type RestoreParts } from './restore.ts'
import { SecondPlace, type SealedCopy } from './second.ts'
import { nameOf, openSource } from './source.ts'
import type { UnderWay } from './under-way.ts'
import type { Inspection } from './manifest.ts'
import { parseName } from './names.ts'

export { exchangeFiles } from './mark.ts'
export { replacedSpace } from './replaced.ts'
export { finishRestore } from './finish.ts'

export type BackupFacts = Pick<
  Output<'backups.status'>,
  'lastGoodAt' | 'warnings' | 'lastFailure' | 'second' | 'freeBytes'
>

/** Checks both files and copies them, in the background (design §3). */
export interface Backups {
  /** once the ready line is out: checks both files, then copies by the clock */
  start(): void
  /** waits for a copy that is being made */
  close(): Promise<void>
  /** epoch ms of the newest good copy of site.db */
  lastBackupAt(): number | null
  /** for alarms, the health page and the status */
  facts(): BackupFacts
  /** files found damaged, copies that could not be made */
  problems(): Problem[]
  handlers: AreaHandlers<'backups'>
}

export interface BackupParts {
  readonly settings: Settings
  readonly operators: Pick<Operators, 'count'>
  readonly jobs: UnderWay['jobs']
  readonly payments: UnderWay['payments']
}

export function createBackups(ctx: CoreContext, areas: BackupParts): Backups {
  const { settings, operators, jobs, payments } = areas
  const keeper = new Keeper(ctx)
  const second = new SecondPlace(ctx, settings)
  keeper.afterTurn = () => second.mirror(() => keeper.copies())
  let stopTimer = () => {}
  const parts = { keeper, second, settings, underWay: { jobs, payments } }
  return {
    start() {
      stopTimer = ctx.ports.clock.every(EVERY, () => {
        sweepReplaced(ctx)
        keeper.tick()
      })
      sweepReplaced(ctx)
      keeper.begin()
    },
    async close() {
      stopTimer()
      await keeper.end()
    },
    lastBackupAt: () => keeper.lastGoodAt('site.db'),
    facts: () => factsOf(ctx, parts),
    problems: () => keeper.problems(),
    handlers: handlersOf(ctx, parts, operators),
  }
}

const factsOf = ({ ports, options }: CoreContext, { keeper, second }: RestoreParts): BackupFacts => ({
  lastGoodAt: keeper.lastGoodAt('site.db'),
  warnings: keeper.warnings(),
  lastFailure: keeper.failure(),
  second: second.state(),
  freeBytes: freeBytes(ports.files, options.directory),
})

/** A disk that does not answer is full for our purposes. */
function freeBytes(files: Files, directory: string): number {
  try {
    return files.freeBytes(directory)
  } catch {
    return 0
  }
}

function handlersOf(
  ctx: CoreContext,
  parts: RestoreParts,
  operators: BackupParts['operators'],
): AreaHandlers<'backups'> {
  const { keeper, second } = parts
  return {
    async 'backups.list'(_call, input) {
      await keeper.refresh()
      return listOf([...keeper.copies().map(firstRow), ...second.copies().map(secondRow)], input)
    },
    'backups.status': () => ({
      ...factsOf(ctx, parts),
      folder: backupsFolder(ctx.ports, ctx.options.directory),
      lastRestore: readLast(ctx.store.site),
      restoring: hasMark(ctx.ports, ctx.options.directory),
    }),
    async 'backups.run'(call) {
      const copy = await keeper.copyNow('manual').catch((error: unknown) => {
        throw notMade(keeper, error)
      })
      call.note({ target: nameOf(copy.path) })
      void second.mirror(() => keeper.copies())
      return firstRow(copy)
    },
    async 'backups.check'(_call, { from }) {
      const copy =
        from.place === 'first' ? keeper.copies().find(({ path }) => nameOf(path) === from.name) : null
      if (copy) {
        const { found, problems } = await keeper.recheck(copy)
        return answerOf(problems, found)
      }
      const source = await openSource(ctx, parts, from)
      await source.dispose()
      const { problems, found } = source
      return answerOf(problems, found)
    },
    'backups.tryPlace': (_call, { folder }) =>
      ctx.ports.workers.run('tryPlace', { folder, beside: ctx.options.directory }),
    async 'backups.setPlace'(call, { folder, passphrase }) {
      await second.set(call, folder, passphrase)
      await second.look()
      void second.mirror(() => keeper.copies())
      return second.state()
    },
    'backups.preview': (_call, { from }) => preview(ctx, parts, from),
    'backups.restore': (call, input) => restore(ctx, parts, call, input),
    'backups.export': (call, input) => exportSite(ctx, parts, call, input),
    'backups.adopt'(call, input) {
      if (operators.count() > 0)
        throw new SitedeskError('ALREADY_SET_UP', 'This desk has operators; sign in and restore there.')
      return adopt(ctx, parts, call, input)
    },
  }
}

/** Says why no copy was made in the words of the contract. */
function notMade(keeper: Keeper, error: unknown): unknown {
  const failure = keeper.failure()
  if (!failure?.full) return error
  return new SitedeskError('STORAGE_FULL', 'There is not enough free space for a backup.', undefined, {
    cause: error,
  })
}

const answerOf = (problems: readonly string[], { warnings, auditRows }: Inspection) => ({
  ok: problems.length === 0 && warnings.length === 0,
  problems: [...problems],
  warnings,
  auditRows,
})

type Row = Output<'backups.list'>['rows'][number]

const firstRow = ({ path, file, madeAt, reason, bytes, state, problem, manifest }: Copy): Row => ({
  place: 'first',
  name: nameOf(path),
  file,
  madeAt,
  reason,
  bytes,
  state,
  problem,
  warnings: manifest?.warnings ?? [],
  schema: manifest?.schema ?? null,
  auditRows: manifest?.auditRows ?? null,
})

function secondRow({ name, bytes, state, manifest }: SealedCopy): Row {
  const parsed = parseName(name)
  return {
    place: 'second',
    name,
    file: parsed?.file ?? 'site.db',
    madeAt: parsed?.at ?? 0,
    reason: parsed?.reason ?? 'manual',
    bytes,
    state,
    problem: null,
    warnings: manifest?.warnings ?? [],
    schema: manifest?.schema ?? null,
    auditRows: manifest?.auditRows ?? null,
  }
}

function listOf(rows: readonly Row[], input: Checked<'backups.list'>): Output<'backups.list'> {
  const { place, file, state, offset = 0, limit = DEFAULT_LIMIT } = input
  const wanted = rows
    .filter(
      (row) =>
        (place === undefined || row.place === place) &&
        (file === undefined || row.file === file) &&
        (state === undefined || row.state === state),
    )
    .toSorted((a, b) => b.madeAt - a.madeAt || (a.place < b.place ? -1 : 1))
  return { total: wanted.length, rows: wanted.slice(offset, offset + limit) }
}
