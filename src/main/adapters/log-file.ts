import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'

/** A file is turned over at this size; two older ones are kept. */
const MAX_BYTES = 5 * 1024 * 1024
const OLDER = 2

/** Appends lines, each on the disk's own terms at once; a log that cannot be written never stops the desk. */
export function openLogFile(path: string, maxBytes = MAX_BYTES): { write(line: string): void } {
  let fd: number | null = null
  let size = 0
  const open = () => {
    fd = openSync(path, 'a', 0o600)
    size = fstatSync(fd).size
    return fd
  }
  return {
    write(line) {
      try {
        if (fd !== null && size > maxBytes) {
          closeSync(fd)
          fd = null
          turnOver(path)
        }
        size += writeSync(fd ?? open(), line)
      } catch {
        fd = null
      }
    },
  }
}

/** sitedesk.log → sitedesk.log.1 → sitedesk.log.2 */
function turnOver(path: string): void {
  for (let n = OLDER; n >= 1; n--) {
    try {
      renameSync(n === 1 ? path : `${path}.${n - 1}`, `${path}.${n}`)
    } catch {
      // The older one does not exist yet.
    }
  }
}
