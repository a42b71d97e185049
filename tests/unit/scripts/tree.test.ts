import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { leftBehind, treeOf } from '../../../scripts/tree.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'sitedesk-tree-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const git = (...args: readonly string[]) =>
  spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@127.0.0.1', ...args], { cwd: folder })
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const hasGit = spawnSync('git', ['--version']).status === 0

it.runIf(hasGit)('what a run leaves is told from what was changed before it', () => {
  git('init', '-q')
  write('kept', '1')
  git('add', '.')
  git('commit', '-qm', 'first')
  write('kept', '2')
  write('mine', '1')
  const before = treeOf(folder)
  expect(leftBehind(before, treeOf(folder))).toEqual([])
  write('left', '1')
  expect(leftBehind(before, treeOf(folder))).toEqual(['?? left'])
  rmSync(join(folder, 'left'))
  write('kept', '3')
  expect(leftBehind(before, treeOf(folder))).toEqual([expect.stringMatching(/^contents /)])
})

it('says nothing where there is no git', () => {
  expect(treeOf(folder)).toBeNull()
  expect(leftBehind(null, treeOf(folder))).toEqual([])
})
