import type { Output } from '#shared/contract/index.ts'
import { replacedSpace } from '../backups/index.ts'
import type { CoreContext } from '../context.ts'
import { neededBytes } from './shrink.ts'
import { HISTORY_TABLES, SITE_TABLES } from './tables.ts'

type Space = Output<'retention.space'>
type FileName = Space['files'][number]['file']

const FILES = [
  ['site.db', 'site', SITE_TABLES],
  ['history.db', 'history', HISTORY_TABLES],
] as const

/** Measures in a worker, since every page is looked at. */
export async function measureSpace(ctx: CoreContext): Promise<Space> {
  const { store, ports } = ctx
  const { files } = ports
  const space: Pick<Space, 'files' | 'tables'> = { files: [], tables: [] }
  for (const [file, name, fates] of FILES) {
    const { path } = store[name].sql
    const found = await ports.workers.run('measureTables', { path })
    const log = files.exists(`${path}-wal`) ? files.size(`${path}-wal`) : 0
    const { ownBytes, freeBytes, looseBytes } = found
    // rows do not fill a page to its end: about half of what is loose stays so
    const afterBytes = Math.max(0, Math.round(ownBytes - freeBytes - looseBytes / 2))
    const needsBytes = neededBytes(ownBytes - freeBytes)
    space.files.push({ file, bytes: files.size(path) + log, ownBytes, freeBytes, afterBytes, needsBytes })
    for (const { table, rows, bytes } of found.tables) {
      const fate = fates.get(table)
      const kind = fate && 'kind' in fate ? fate.kind : null
      const kept = fate && 'kept' in fate ? fate.kept : null
      space.tables.push({ file, table, kind, kept, rows, bytes })
    }
  }
  space.tables.sort((a, b) => b.bytes - a.bytes)
  return {
    at: ports.clock.now(),
    diskFreeBytes: files.freeBytes(store.directory),
    ...space,
    pictures: picturesOf(ctx),
    copies: copiesOf(ctx),
    replaced: replacedSpace(ports, store.directory),
  }
}

/** Bytes of a row of a table with its share of the indexes. */
export const rowBytes = ({ tables }: Pick<Space, 'tables'>, file: FileName, table: string): number => {
  const found = tables.find((one) => one.file === file && one.table === table)
  return found && found.rows > 0 ? found.bytes / found.rows : 0
}

function picturesOf({ store }: CoreContext): Space['pictures'] {
  const held = store.history
    .statement<{ count: number; bytes: number }>(
      "SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM camera WHERE file = 'held'",
    )
    .get()
  return held ?? { count: 0, bytes: 0 }
}

function copiesOf({ store, ports: { files } }: CoreContext): Space['copies'] {
  const folder = files.join(store.directory, 'backups')
  const names = files.exists(folder) ? files.list(folder) : []
  const bytes = names.reduce((sum, name) => sum + files.size(files.join(folder, name)), 0)
  return { count: names.filter((name) => name.endsWith('.db')).length, bytes }
}
