import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, sourceStamp } from './sources.ts'

const out = join(root, 'out')
const stampFile = join(out, '.stamp')
const products = [
  'main/headless.js',
  'main/electron.js',
  'main/worker.js',
  'preload/index.cjs',
  'renderer/index.html',
]

const isFresh = (stamp: string) =>
  products.every((file) => existsSync(join(out, file))) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === stamp

/** Builds `out/` unless it was made of just these sources. All output goes to stderr. Resolves with success. */
export async function buildIfStale(): Promise<boolean> {
  const stamp = sourceStamp()
  if (isFresh(stamp)) return true
  rmSync(stampFile, { force: true })
  process.stderr.write('building…\n')
  if ((await runBuild()) !== 0) return false
  mkdirSync(out, { recursive: true })
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
