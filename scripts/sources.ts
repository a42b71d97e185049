import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')
const FOLDERS = ['src']
const FILES = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'scripts/licences.ts',
  'scripts/shipped-packages.ts',
]

/** Changes whenever a file that goes into the build is written, added or taken away. */
export function sourceStamp(): string {
  const hash = createHash('sha256')
    .update(process.versions.node)
    // compiled in (electron.vite.config.ts)
    .update(process.env['SITEDESK_UPDATE_PUBLIC_KEY'] ?? '')
  const add = (name: string) => {
    const stat = statSync(join(root, name), { throwIfNoEntry: false })
    hash.update(`${name}\n${stat?.size}\n${stat?.mtimeMs}\n`)
  }
  for (const folder of FOLDERS)
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) add(join(entry.parentPath.slice(root.length + 1), entry.name))
  for (const file of FILES) add(file)
  return hash.digest('hex')
}
