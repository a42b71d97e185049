import { spawn } from 'node:child_process'
import { chmodSync, constants, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Prove } from '#core/updates/index.ts'
import type { InstallerKind } from '#shared/contract/updates.ts'

export interface InstallerParts {
  /** of the program that runs */
  readonly execPath: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** opens a file as the system does; answers what went wrong, '' for nothing */
  openPath(path: string): Promise<string>
  /** starts a program that goes on without this one; rejects when it cannot */
  start(path: string, args: readonly string[]): Promise<void>
  /** ends the program once what it does is closed */
  quit(): void
  relaunch(execPath: string): void
  /** of this user alone; folders of installers are made there */
  readonly temporary?: string
}

/** The uninstaller beside a program that NSIS put in place; the portable folder has none. */
const UNINSTALLER = 'Uninstall SiteDesk.exe'
/** electron-builder's installer then waits for the program to end, and keeps links where they were moved to. */
const NSIS_ARGUMENTS = ['--updated']
const FOLDER = 'sitedesk-installer-'

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
 * Starts an installer and ends the program. What is started is a copy that nobody else can write, proven after it was
 * made: a data folder may lie where others write. An AppImage is its own program: the new one takes its place. A deb
 * and a dmg are opened, and the person goes on from there. A portable folder is replaced by hand: null.
 */
export function installerOf(
  kind: InstallerKind,
  parts: InstallerParts,
): ((path: string, prove: Prove) => Promise<void>) | null {
  if (kind === 'zip' || kind === 'headless') return null
  return async (path, prove) => {
    if (kind === 'AppImage') return replaceAppImage(path, prove, parts)
    const own = await takeAside(path, prove, parts.temporary ?? tmpdir())
    if (kind === 'nsis') await parts.start(own, NSIS_ARGUMENTS)
    else await opened(own, parts)
    parts.quit()
  }
}

/** A copy in a new folder of this user alone, proven; nothing stays of one that is not what it should be. */
async function takeAside(path: string, prove: Prove, temporary: string): Promise<string> {
  sweep(temporary)
  const folder = mkdtempSync(join(temporary, FOLDER))
  try {
    const own = join(folder, basename(path))
    await copyFile(path, own, constants.COPYFILE_EXCL)
    chmodSync(own, 0o500)
    await prove(own)
    return own
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Those of earlier updates; one that an installer still holds goes the next time. */
function sweep(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    if (!name.startsWith(FOLDER)) continue
    try {
      rmSync(join(temporary, name), { recursive: true, force: true })
    } catch {
      // somebody else's, or held open: nothing is looked for in it
    }
  }
}

/** Beside the old one first, so that a full disk leaves that as it is. */
async function replaceAppImage(
  path: string,
  prove: Prove,
  { env, relaunch, quit }: InstallerParts,
): Promise<void> {
  const current = env['APPIMAGE']
  if (!current) throw new Error('APPIMAGE is not set')
  const folder = mkdtempSync(`${current}.`)
  try {
    const next = join(folder, basename(current))
    await copyFile(path, next, constants.COPYFILE_EXCL)
    chmodSync(next, 0o755)
    await prove(next)
    renameSync(next, current)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  relaunch(current)
  quit()
}

async function opened(path: string, { openPath }: InstallerParts): Promise<void> {
  const problem = await openPath(path)
  if (problem !== '') throw new Error(`the installer cannot be opened: ${problem}`)
}

/** Resolves once it runs, or rejects with why it cannot. */
export function startDetached(path: string, args: readonly string[]): Promise<void> {
  const child = spawn(path, args, { detached: true, stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
