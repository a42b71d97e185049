/**
 * `npm test`: types, lint, format, bundle size, then every test. Closes with `N passed, N failed`, where a
 * check that fails before the tests counts as one failure. Fails too when the tests leave files behind in the project.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { leftBehind, treeOf } from './tree.ts'

const root = join(import.meta.dirname, '..')
const bin = (pkg: string, file: string) => join(root, 'node_modules', pkg, file)

interface Check {
  readonly name: string
  readonly script: string
  readonly args: readonly string[]
}

const checks: readonly Check[] = [
  { name: 'types', script: bin('typescript', 'bin/tsc'), args: ['--noEmit'] },
  { name: 'lint', script: bin('oxlint', 'bin/oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', script: bin('prettier', 'bin/prettier.cjs'), args: ['--check', '--log-level=warn', '.'] },
  { name: 'build', script: join(root, 'scripts/build.ts'), args: [] },
  { name: 'bundle', script: join(root, 'scripts/check-bundle.ts'), args: [] },
]

const PROJECTS = ['unit', 'contract', 'upstream', 'lan', 'security', 'renderer', 'radio', 'e2e']

function run(script: string, args: readonly string[]): number {
  // Tests read what their child processes print: no colours in between.
  const { FORCE_COLOR: _, ...rest } = process.env
  const env = { ...rest, PATH: pathWithOurNode() }
  const result = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit', env })
  return result.status ?? 1
}

/** Children that look for `node` must find the pinned one (an older one ends in a crash of the database driver). */
function pathWithOurNode(): string {
  const delimiter = process.platform === 'win32' ? ';' : ':'
  return [join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter)
}

const failed = checks.filter(({ name, script, args }) => {
  process.stdout.write(`── ${name}\n`)
  return run(script, args) !== 0
})

if (failed.length > 0) {
  process.stdout.write(`\nfailed: ${failed.map((c) => c.name).join(', ')}; the tests did not run\n`)
  process.stdout.write(`0 passed, ${failed.length} failed\n`)
  process.exit(1)
}

const only = process.argv.slice(2)
const projects = PROJECTS.flatMap((project) => ['--project', project])
const before = treeOf(root)
const status = run(bin('vitest', 'vitest.mjs'), ['run', ...projects, ...only])
const left = leftBehind(before, treeOf(root))
if (left.length > 0)
  process.stderr.write(
    `the tests changed files of the project:\n${left.map((line) => `  ${line}\n`).join('')}`,
  )
process.exit(left.length > 0 ? 1 : status)
