import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alone } from './build-lock.ts'
import { writeLicences } from './licences.ts'
import { root, sourceStamp } from './sources.ts'

const out = join(root, 'out')
const stampFile = join(out, '.stamp')
const lockFile = join(out, '.building')
const products = [
  'main/headless.js',
  'main/electron.js',
  'main/worker.js',
  'preload/index.cjs',
  'renderer/index.html',
  'renderer/licences.json',
]

const isFresh = (stamp: string) =>
  products.every((file) => existsSync(join(out, file))) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === stamp

/**
 * Builds `out/` unless it was made of just these sources. All output goes to stderr. Resolves with success.
 * Of several starts at once one builds; the others wait for what it made, and build only if it failed.
 */
export function buildIfStale(): Promise<boolean> {
  if (isFresh(sourceStamp())) return Promise.resolve(true)
  const onWait = (pid: number) => {
    process.stderr.write(`waiting for the build of process ${pid}…\n`)
  }
  return alone(lockFile, buildNow, { onWait })
}

async function buildNow(): Promise<boolean> {
  const stamp = sourceStamp()
  if (isFresh(stamp)) return true
  rmSync(stampFile, { force: true })
  process.stderr.write('building…\n')
  if ((await runBuild()) !== 0) return false
  writeLicences(out)
  // The stamp of before: a file saved during the build makes the next start build again.
  writeFileSync(stampFile, stamp)
  return true
}

function runBuild(): Promise<number> {
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.pipe(process.stderr)
  return new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
