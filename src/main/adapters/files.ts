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
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
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
    read: (path) => readFile(path),
    write: writeWhole,
    join: (...parts) => join(...parts),
    freeBytes(path) {
      const disk = statfsSync(path)
      return disk.bavail * disk.bsize
    },
  }
}

/** Beside the place first, so that no half of a file is ever found there. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`
  try {
    await writeFile(part, bytes, { mode: 0o600 })
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}
