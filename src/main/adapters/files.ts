import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Files } from '#core/ports.ts'

export function createFiles(): Files {
  return {
    exists: (path) => existsSync(path),
    size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
    list: (directory) => readdirSync(directory),
    makeDirectory: (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
    copy: (from, to) => copyFileSync(from, to),
    rename: (from, to) => renameSync(from, to),
    remove: (path) => rmSync(path, { force: true }),
    join: (...parts) => join(...parts),
    freeBytes(path) {
      const disk = statfsSync(path)
      return disk.bavail * disk.bsize
    },
  }
}
