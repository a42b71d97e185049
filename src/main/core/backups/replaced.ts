import { DAY } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Ports } from '../ports.ts'

/** What stood in the place of a restored file is kept beside it so long: time enough to see that the copy was the right one. */
const REPLACED_KEPT = 30 * DAY

/** `site.db.replaced-1764000000000`, and the log that belongs to it; the number is when, epoch ms */
const NAME = /^(?:site|history)\.db\.replaced-(\d+)(?:-wal|-shm)?$/

type Where = Pick<Ports, 'files'>

interface Replaced {
  readonly path: string
  readonly bytes: number
  /** when it goes by itself, epoch ms */
  readonly until: number
}

function replacedFiles({ files }: Where, directory: string): Replaced[] {
  return files.list(directory).flatMap((name) => {
    const at = NAME.exec(name)?.[1]
    if (at === undefined) return []
    const path = files.join(directory, name)
    return [{ path, bytes: files.size(path), until: Number(at) + REPLACED_KEPT }]
  })
}

/** What files from before a restore take; `until`: when the first of them goes, null where there is none. */
export function replacedSpace(ports: Where, directory: string) {
  const found = replacedFiles(ports, directory)
  return {
    count: found.filter(({ path }) => !/-(?:wal|shm)$/.test(path)).length,
    bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
    until: found.length === 0 ? null : Math.min(...found.map(({ until }) => until)),
  }
}

/** Removes those whose time is over. Never throws: a folder that does not answer is asked again by the next turn. */
export function sweepReplaced({ ports, options }: Pick<CoreContext, 'ports' | 'options'>): void {
  const { clock, files, log } = ports
  try {
    for (const { path, until } of replacedFiles(ports, options.directory)) {
      if (clock.now() < until) continue
      files.remove(path)
      log.info('a file from before a restore was removed', { path })
    }
  } catch (error) {
    log.warn('files from before a restore could not be removed', { error: String(error) })
  }
}
