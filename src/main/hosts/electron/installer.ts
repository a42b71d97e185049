import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { InstallerKind } from '#shared/contract/updates.ts'

export interface InstallerParts {
  /** of the program that runs */
  readonly execPath: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** opens a file as the system does; answers what went wrong, '' for nothing */
  openPath(path: string): Promise<string>
  /** ends the program once what it does is closed */
  quit(): void
  relaunch(execPath: string): void
}

/** The uninstaller beside a program that NSIS put in place; the portable folder has none. */
const UNINSTALLER = 'Uninstall SiteDesk.exe'

/** What this copy was installed from. */
export function installedKind(
  { execPath, env }: Pick<InstallerParts, 'execPath' | 'env'>,
  platform: NodeJS.Platform = process.platform,
): InstallerKind {
  if (platform === 'win32') return existsSync(join(dirname(execPath), UNINSTALLER)) ? 'nsis' : 'zip'
  if (platform === 'darwin') return 'dmg'
  return env['APPIMAGE'] ? 'AppImage' : 'deb'
}

/**
 * Starts a verified installer and ends the program. An AppImage is its own program: the new one takes its place. A deb
 * and a dmg are opened, and the person goes on from there. A portable folder is replaced by hand: null.
 */
export function installerOf(
  kind: InstallerKind,
  parts: InstallerParts,
): ((path: string) => Promise<void>) | null {
  if (kind === 'zip' || kind === 'headless') return null
  return async (path) => {
    if (kind === 'AppImage') return replaceAppImage(path, parts)
    if (kind === 'nsis') await started(path)
    else await opened(path, parts)
    parts.quit()
  }
}

/** Beside the old one first, so that a full disk leaves that as it is. */
function replaceAppImage(path: string, { env, relaunch, quit }: InstallerParts): void {
  const current = env['APPIMAGE']
  if (!current) throw new Error('APPIMAGE is not set')
  const next = `${current}.new`
  copyFileSync(path, next)
  chmodSync(next, 0o755)
  renameSync(next, current)
  relaunch(current)
  quit()
}

function started(path: string): Promise<void> {
  const child = spawn(path, ['--updated'], { detached: true, stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

async function opened(path: string, { openPath }: InstallerParts): Promise<void> {
  const problem = await openPath(path)
  if (problem !== '') throw new Error(`the installer cannot be opened: ${problem}`)
}
