import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'

/**
 * What differs from the last commit, a line a file, its content included; null where there is no git. Changes of
 * somebody at work are in it before a run and after it alike.
 */
export function treeOf(folder: string): readonly string[] | null {
  const git = (...args: readonly string[]) =>
    spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 256e6 })
  const status = git('status', '--porcelain', '--untracked-files=all')
  if (status.status !== 0) return null
  const changes = createHash('sha256').update(git('diff', 'HEAD').stdout).digest('hex')
  return [...status.stdout.split('\n').filter(Boolean), `contents ${changes}`]
}

/** Files that a run left behind, or changed. */
export function leftBehind(before: readonly string[] | null, after: readonly string[] | null): string[] {
  if (before === null || after === null) return []
  return after.filter((line) => !before.includes(line))
}
