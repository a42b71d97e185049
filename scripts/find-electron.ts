import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './sources.ts'

/** Electron's mirror is asked once whether a download can succeed, and no longer than this. */
const ASK_MIRROR_MS = 4000
/** A download that is this slow is given up; the next start tries again. */
const DOWNLOAD_MS = 180_000

const pkg = join(root, 'node_modules/electron')

export type Found = { readonly binary: string } | { readonly reason: string }

const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : null)

/** Where the package keeps its binary on this system; its own index.js would download it on being loaded. */
function binaryName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** The binary that is here already: the one named by ELECTRON_OVERRIDE_DIST_PATH, or the downloaded one. */
export function electronHere(): Found {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) {
    const binary = join(override, text(join(pkg, 'path.txt')) ?? binaryName())
    return existsSync(binary) ? { binary } : { reason: `${binary} does not exist` }
  }
  if (!existsSync(join(pkg, 'package.json'))) return { reason: 'the electron package is not installed' }
  const binary = join(pkg, 'dist', text(join(pkg, 'path.txt')) ?? binaryName())
  return existsSync(binary) ? { binary } : { reason: 'its binary is not downloaded' }
}

/** Never loads the electron package: without a binary that hangs on a network that accepts and is silent. */
export async function findElectron(): Promise<Found> {
  const screen = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  if (process.platform === 'linux' && !screen && !process.env['ELECTRON_OVERRIDE_DIST_PATH'])
    return { reason: 'there is no display' }
  const here = electronHere()
  if ('binary' in here || process.env['ELECTRON_OVERRIDE_DIST_PATH']) return here
  const refused = await mirrorRefuses()
  if (refused !== null) return { reason: `its binary cannot be downloaded (${refused})` }
  process.stderr.write('downloading Electron once…\n')
  return (await download()) ? electronHere() : { reason: 'its binary could not be downloaded' }
}

async function mirrorRefuses(): Promise<string | null> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/'
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(ASK_MIRROR_MS) })
    return null
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'offline'
  }
}

function download(): Promise<boolean> {
  const child = spawn(process.execPath, [join(pkg, 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: DOWNLOAD_MS,
  })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
