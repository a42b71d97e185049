import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export interface DataDirectory {
  readonly path: string
  /** made for this run only: removed at its clean end */
  readonly throwAway: boolean
  dispose(): void
}

type Environment = Readonly<Record<string, string | undefined>>

/** The OS's place for application data that does not roam; the same for both hosts. */
export function defaultDirectory(
  platform: NodeJS.Platform = process.platform,
  env: Environment = process.env,
  home = homedir(),
): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'SiteDesk')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'SiteDesk')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'sitedesk')
}

export function dataDirectory(flags: { dataDir: string | null; demo: boolean }): DataDirectory {
  const throwAway = flags.demo && flags.dataDir === null
  const path = throwAway
    ? mkdtempSync(join(tmpdir(), 'sitedesk-demo-'))
    : (flags.dataDir ?? defaultDirectory())
  return {
    path,
    throwAway,
    dispose() {
      if (throwAway) rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
