import { basename } from 'node:path'
import { isGoodCopy, isSound, lastGoodBackup, type StoreFile } from '#core/backups/copies.ts'
import type { Ports } from '#core/ports.ts'
import { LaunchRefusal } from './refusal.ts'

type RestorePorts = Pick<Ports, 'sql' | 'files' | 'clock'>
const STORE_FILES: readonly StoreFile[] = ['site.db', 'history.db']

/**
 * `--restore last`: each damaged file gives way to its last good backup. `--restore FILE`: that backup takes the
 * place of the file it was made of. What stood there is kept beside it. Returns what was done, for people.
 */
export function restore(ports: RestorePorts, directory: string, what: string): string[] {
  return what === 'last' ? restoreDamaged(ports, directory) : [restoreFrom(ports, directory, what)]
}

function restoreDamaged(ports: RestorePorts, directory: string): string[] {
  const damaged = STORE_FILES.filter((file) => {
    const path = ports.files.join(directory, file)
    return ports.files.exists(path) && !isSound(ports, path)
  })
  if (damaged.length === 0) return ['no file is damaged; nothing was restored']
  const found = damaged.map((file) => {
    const backup = lastGoodBackup(ports, directory, file)
    if (backup === null) throw new LaunchRefusal(1, `there is no good backup of ${file}; nothing was changed`)
    return { file, backup }
  })
  return found.map(({ file, backup }) => putInPlace(ports, directory, file, backup))
}

function restoreFrom(ports: RestorePorts, directory: string, backup: string): string {
  const name = basename(backup)
  const file = STORE_FILES.find((one) => name.startsWith(one.replace('db', '')) && name.endsWith('.db'))
  if (!file) throw new LaunchRefusal(2, `--restore: ${name} is neither a backup of site.db nor of history.db`)
  if (!ports.files.exists(backup)) throw new LaunchRefusal(2, `--restore: there is no file ${backup}`)
  if (!isGoodCopy(ports, backup))
    throw new LaunchRefusal(1, `--restore: ${backup} is damaged; nothing was changed`)
  return putInPlace(ports, directory, file, backup)
}

/** The write-ahead log belongs to the file that goes, so it goes with it. */
function putInPlace(ports: RestorePorts, directory: string, file: StoreFile, backup: string): string {
  const path = ports.files.join(directory, file)
  const kept = `${path}.replaced-${ports.clock.now()}`
  ports.files.copy(backup, `${path}.restoring`)
  for (const suffix of ['', '-wal', '-shm'])
    if (ports.files.exists(path + suffix)) ports.files.rename(path + suffix, kept + suffix)
  ports.files.rename(`${path}.restoring`, path)
  return `${file} was restored from ${backup}; the one before is kept as ${kept}`
}
