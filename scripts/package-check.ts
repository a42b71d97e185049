/**
 * `npm run package:check [-- FOLDER]`: looks at an unpacked program (`dist/*-unpacked`): its files, what its native
 * modules are for, its fuses, and whether it works: by its own `--self-test` where its Electron can run here; else its
 * files are laid out and started under this Node, which proves the package and says nothing about Electron. With
 * ELECTRON_OVERRIDE_DIST_PATH they are started by that binary instead, a double as well: the report names it.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import config from '../electron-builder.ts'
import { extractAsar } from './asar.ts'
import { electronHere } from './find-electron.ts'
import { judgeFuses } from './fuses.ts'
import { nativeTarget, type NativeTarget } from './native-target.ts'
import { judgePackage, packedFiles, resourcesOf } from './package-rules.ts'
import { root } from './sources.ts'

/** Starting takes seconds on a slow disk. */
const SELF_TEST_MS = 60_000

export interface PackageReport {
  readonly folder: string
  /** everything that is wrong */
  readonly wrong: readonly string[]
  /** the packed program's own, under the Electron it was packed with; or its files under this Node, or another binary */
  readonly ranUnder: 'Electron' | 'Node' | 'override'
  /** the line that `--self-test` printed, or why it printed none */
  readonly selfTest: string
  readonly works: boolean
}

export function checkUnpacked(folder: string, override: string | null = null): PackageReport {
  const mac = readdirSync(folder).find((name) => name.endsWith('.app'))
  const platform = mac ? 'darwin' : existsSync(join(folder, 'sitedesk.exe')) ? 'win32' : 'linux'
  const product = mac?.replace('.app', '') ?? ''
  const binary = binaryOf(folder, platform, product)
  const archive = join(resourcesOf(folder, platform, product), 'app.asar')
  const files = packedFiles(archive)
  const driver = files.find(({ path }) => path.startsWith('node_modules/better-sqlite3/prebuilds/'))
  const target = driver?.native ?? { platform, arch: process.arch }
  const fused = mac ? frameworkOf(folder, mac) : binary
  const wrong = [
    ...judgePackage(files, target),
    ...judgeFuses(readFileSync(fused), config.electronFuses ?? {}),
  ]
  const runs = canRun(binary, target)
  if (runs) return { folder, wrong, ranUnder: 'Electron', ...runProgram(binary) }
  return { folder, wrong, ranUnder: override === null ? 'Node' : 'override', ...runFiles(archive, override) }
}

function binaryOf(folder: string, platform: NativeTarget['platform'], product: string): string {
  if (platform === 'darwin') return join(folder, `${product}.app/Contents/MacOS/${product}`)
  return join(folder, platform === 'win32' ? 'sitedesk.exe' : 'sitedesk')
}

const frameworkOf = (folder: string, app: string) =>
  join(folder, app, 'Contents/Frameworks/Electron Framework.framework/Electron Framework')

/** A program for this computer; Electron needs a display on Linux. */
function canRun(binary: string, target: NativeTarget): boolean {
  const own = nativeTarget(readFileSync(binary))
  const display = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  if (own === null || (process.platform === 'linux' && !display)) return false
  return target.platform === process.platform && target.arch === process.arch
}

const runProgram = (binary: string) =>
  told(spawnSync(binary, ['--self-test'], { encoding: 'utf8', timeout: SELF_TEST_MS }))

/** In a folder of its own, so that nothing of this checkout can stand in for what the package lacks. */
function runFiles(archive: string, override: string | null) {
  const folder = mkdtempSync(join(tmpdir(), 'sitedesk-package-'))
  try {
    extractAsar(archive, folder)
    const entry = join(folder, 'out/main/headless.js')
    const options = { cwd: folder, encoding: 'utf8', timeout: SELF_TEST_MS } as const
    if (override === null) return told(spawnSync(process.execPath, [entry, '--self-test'], options))
    const { selfTest } = told(spawnSync(override, [folder, '--self-test'], options))
    // how a double ends says nothing of the program
    return { selfTest, works: saysOk(selfTest) }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function told({ status, stdout, stderr, error }: SpawnSyncReturns<string>) {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  const selfTest = line === '' ? (error?.message ?? stderr.trim()) : line
  return { works: status === 0, selfTest }
}

function saysOk(line: string): boolean {
  try {
    return (JSON.parse(line) as { ok?: unknown }).ok === true
  } catch {
    return false
  }
}

/** The newest unpacked program below `dist`. */
function unpackedIn(dist: string): string | null {
  if (!existsSync(dist)) return null
  const name = readdirSync(dist).find((one) => one.endsWith('-unpacked') || one.startsWith('mac'))
  return name === undefined ? null : join(dist, name)
}

function main(): number {
  const folder = process.argv[2] ?? unpackedIn(join(root, 'dist'))
  if (folder === null) {
    process.stderr.write('nothing is packed: run npm run package first\n')
    return 2
  }
  const here = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ? electronHere() : null
  const override = here && 'binary' in here ? here.binary : null
  const { wrong, ranUnder, selfTest, works } = checkUnpacked(folder, override)
  for (const line of wrong) process.stderr.write(`package-check: ${line}\n`)
  const under = {
    Electron: 'the packed Electron',
    Node: 'this Node: no Electron ran',
    override: `${override}, not the packed Electron`,
  }[ranUnder]
  process.stdout.write(`self-test under ${under}: ${works ? 'works' : 'FAILS'}\n${selfTest}\n`)
  return wrong.length === 0 && works ? 0 : 1
}

if (import.meta.main) process.exitCode = main()
