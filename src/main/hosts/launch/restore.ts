import { basename } from 'node:path'
import { isBlank, isGoodCopy, isLost, isSound, lastGoodBackup, type StoreFile } from '#core/backups/copies.ts'
import type { Ports } from '#core/ports.ts'
import { LaunchRefusal } from './refusal.ts'

type RestorePorts = Pick<Ports, 'sql' | 'files' | 'clock'>
const STORE_FILES: readonly StoreFile[] = ['site.db', 'history.db']

/**
 * `--restore last`: each damaged file, and a site.db that is gone or empty, gives way to its last good backup.
 * `--restore FILE`: that backup takes the place of the file it was made of. What stood there is kept beside it.
 * Returns what was done, for people.
 */
export function restore(ports: RestorePorts, directory: string, what: string): string[] {
  return what === 'last' ? restoreDamaged(ports, directory) : [restoreFrom(ports, directory, what)]
}

function restoreDamaged(ports: RestorePorts, directory: string): string[] {
  const found = STORE_FILES.flatMap((file) => damagedBackup(ports, directory, file))
  if (found.length === 0) return ['no file is damaged; nothing was restored']
  return found.map(({ file, backup }) => putInPlace(ports, directory, file, backup))
}

/** A file that has to give way, with the copy it gives way to; a site.db without any copy never was. */
function damagedBackup(
  ports: RestorePorts,
  directory: string,
  file: StoreFile,
): { file: StoreFile; backup: string }[] {
  const path = ports.files.join(directory, file)
  const unsound = !isBlank(ports, path) && !isSound(ports, path)
  const lost = !unsound && file === 'site.db' && isLost(ports, path)
  if (!unsound && !lost) return []
  const backup = lastGoodBackup(ports, directory, file)
  if (backup !== null) return [{ file, backup }]
  if (lost) return []
  throw new LaunchRefusal(1, `there is no good backup of ${file}; nothing was changed`)
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
  const before = ports.files.exists(path) ? `; the one before is kept as ${kept}` : ''
  for (const suffix of ['', '-wal', '-shm'])
    if (ports.files.exists(path + suffix)) ports.files.rename(path + suffix, kept + suffix)
  ports.files.rename(`${path}.restoring`, path)
  return `${file} was restored from ${backup}${before}`
}
