import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Prove } from '#core/updates/index.ts'
import {
  installedKind,
  installerOf,
  startDetached,
  type InstallerParts,
} from '#main/hosts/electron/installer.ts'
import type { InstallerKind } from '#shared/contract/updates.ts'

const INSTALLER = 'the installer as it was signed'
const shaOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

let folder: string
let temporary: string
/** where it was downloaded to: a place that others may write */
let downloaded: string
/** what happened, in its order */
let done: string[]
/** the files that were proven */
let proven: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-install-test-'))
  temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  downloaded = join(folder, 'abc-SiteDesk-1.1.0')
  writeFileSync(downloaded, INSTALLER)
  done = []
  proven = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const parts = (change: Partial<InstallerParts> = {}): InstallerParts => ({
  execPath: join(folder, 'sitedesk'),
  env: {},
  temporary,
  openPath: (path) => {
    done.push(`open ${readFileSync(path, 'utf8')}`)
    return Promise.resolve('')
  },
  start: (path, args) => {
    done.push(`start ${readFileSync(path, 'utf8')} ${args.join(' ')}`)
    return Promise.resolve()
  },
  quit: () => void done.push('quit'),
  relaunch: (execPath) => void done.push(`relaunch ${basename(execPath)}`),
  ...change,
})

/** Reads the file as the core does, and what comes after it is what others do then. */
const prove =
  (after: () => void = () => undefined): Prove =>
  (path) => {
    proven.push(path)
    const good = shaOf(readFileSync(path)) === shaOf(INSTALLER)
    if (!good) return Promise.reject(new Error('not what was signed'))
    after()
    return Promise.resolve()
  }

const install = async (kind: InstallerKind, change: Partial<InstallerParts> = {}, by = prove()) =>
  await installerOf(kind, parts(change))?.(downloaded, by)

describe('what this copy was installed from', () => {
  it('is told by what lies around the program', () => {
    expect(installedKind({ execPath: join(folder, 'sitedesk.exe'), env: {} }, 'win32')).toBe('zip')
    writeFileSync(join(folder, 'Uninstall SiteDesk.exe'), '')
    expect(installedKind({ execPath: join(folder, 'sitedesk.exe'), env: {} }, 'win32')).toBe('nsis')
    expect(installedKind({ execPath: '/Applications/x', env: {} }, 'darwin')).toBe('dmg')
    expect(installedKind({ execPath: '/opt/SiteDesk/sitedesk', env: {} }, 'linux')).toBe('deb')
    const env = { APPIMAGE: '/home/ada/SiteDesk.AppImage' }
    expect(installedKind({ execPath: '/tmp/.mount/sitedesk', env }, 'linux')).toBe('AppImage')
  })
})

describe('what is started', () => {
  it('nothing, where a folder is replaced by hand', () => {
    expect(installerOf('zip', parts())).toBeNull()
    expect(installerOf('headless', parts())).toBeNull()
  })

  it.each<[InstallerKind, string]>([
    ['nsis', `start ${INSTALLER} --updated`],
    ['deb', `open ${INSTALLER}`],
    ['dmg', `open ${INSTALLER}`],
  ])('%s: the proven copy, and then the program ends', async (kind, expected) => {
    await install(kind)
    expect(done).toEqual([expected, 'quit'])
  })

  it('an AppImage takes the place of the one that runs', async () => {
    const current = join(folder, 'SiteDesk.AppImage')
    writeFileSync(current, 'the version before')
    await install('AppImage', { env: { APPIMAGE: current } })
    expect(readFileSync(current, 'utf8')).toBe(INSTALLER)
    expect(statSync(current).mode & 0o777).toBe(0o755)
    expect(done).toEqual(['relaunch SiteDesk.AppImage', 'quit'])
    expect(readdirSync(folder).filter((name) => name.startsWith('SiteDesk.AppImage.'))).toEqual([])
  })
})

describe('between the proof and the start', () => {
  it('nobody else can change what is started', async () => {
    let seen = { file: 0, folder: 0 }
    const look: Prove = (path) => {
      seen = { file: statSync(path).mode & 0o777, folder: statSync(dirname(path)).mode & 0o777 }
      return prove(() => writeFileSync(downloaded, 'another program'))(path)
    }
    await install('nsis', {}, look)
    expect(proven.at(-1)?.startsWith(temporary)).toBe(true)
    expect(seen).toEqual({ file: 0o500, folder: 0o700 })
    expect(done).toEqual([`start ${INSTALLER} --updated`, 'quit'])
  })

  it.each<InstallerKind>(['nsis', 'deb', 'dmg', 'AppImage'])(
    '%s: one that is not what was signed starts nothing and leaves nothing',
    async (kind) => {
      const current = join(folder, 'SiteDesk.AppImage')
      writeFileSync(current, 'the version before')
      writeFileSync(downloaded, 'another program')
      await expect(install(kind, { env: { APPIMAGE: current } })).rejects.toThrow('not what was signed')
      expect(done).toEqual([])
      expect(readdirSync(temporary)).toEqual([])
      expect(readdirSync(folder).toSorted()).toEqual(['SiteDesk.AppImage', 'abc-SiteDesk-1.1.0', 'tmp'])
      expect(readFileSync(current, 'utf8')).toBe('the version before')
    },
  )
})

describe('an installer that does not start', () => {
  it('leaves the program running', async () => {
    const start = () => Promise.reject(new Error('EACCES'))
    await expect(install('nsis', { start })).rejects.toThrow('EACCES')
    const openPath = () => Promise.resolve('no application is registered')
    await expect(install('deb', { openPath })).rejects.toThrow('no application is registered')
    await expect(install('AppImage')).rejects.toThrow('APPIMAGE')
    expect(done).toEqual([])
  })

  it('and those of earlier times are swept away', async () => {
    await install('nsis')
    const [before] = readdirSync(temporary)
    await install('nsis')
    const after = readdirSync(temporary)
    expect(after).toHaveLength(1)
    expect(after).not.toEqual([before])
  })

  it('is told by the system itself', async () => {
    await expect(startDetached(join(folder, 'nothing here'), [])).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(startDetached(process.execPath, ['--version'])).resolves.toBeUndefined()
  })
})
