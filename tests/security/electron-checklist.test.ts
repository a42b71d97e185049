import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openWindow } from '#main/hosts/electron/window.ts'
import { PAGE_URL } from '#main/hosts/electron/page.ts'

const made = vi.hoisted(() => ({
  options: [] as { webPreferences?: Record<string, unknown> }[],
  urls: [] as string[],
}))
vi.mock('electron', () => ({
  screen: { getAllDisplays: () => [] },
  dialog: {},
  BrowserWindow: class {
    readonly webContents = { on: () => undefined }
    constructor(options: (typeof made.options)[number]) {
      made.options.push(options)
    }
    maximize = () => undefined
    once = () => undefined
    on = () => undefined
    loadURL = (url: string) => (made.urls.push(url), Promise.resolve())
  },
}))

const repository = join(import.meta.dirname, '../..')
const filesOf = (folder: string) =>
  readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))

/** Files of the product that hold a word; comments count, so that nobody hides behind one. */
const holding = (word: RegExp, folder = 'src') =>
  filesOf(folder)
    .filter((file) => word.test(readFileSync(file, 'utf8')))
    .map((file) => file.slice(repository.length + 1).replaceAll('\\', '/'))

describe('the window', () => {
  it('is made with isolation, sandbox and web security, and with nothing that weakens them', () => {
    openWindow({
      directory: join(repository, 'no-such-folder'),
      preload: '/preload/index.cjs',
      pageUrl: PAGE_URL,
      door: { admit: () => () => undefined } as never,
      log: {} as never,
      crashed: () => undefined,
    })
    // exactly these: a further preference is looked at here first
    expect(made.options.map(({ webPreferences }) => webPreferences)).toEqual([
      {
        preload: '/preload/index.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    ])
    expect(made.urls).toEqual(['app://sitedesk/index.html'])
  })

  it('is the only one that is made anywhere', () => {
    expect(holding(/new BrowserWindow\(/)).toEqual(['src/main/hosts/electron/window.ts'])
    expect(holding(/new (?:BrowserView|WebContentsView|BaseWindow)\(/)).toEqual([])
  })
})

describe('the sources', () => {
  it.each([
    ['content without https or from files', /loadFile\(|['"`]file:\/\//],
    [
      'switches that weaken Chromium',
      /allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|appendSwitch/,
    ],
    ['embedded pages', /<webview|allowpopups/i],
    ['other programs by an address', /openExternal/],
    [
      'scripts put into a page',
      /executeJavaScript|insertCSS\(|\beval\(|new Function\(|dangerouslySetInnerHTML/,
    ],
    ['ways round certificates', /certificate-error|rejectUnauthorized:\s*false|setCertificateVerifyProc/],
  ])('hold no %s', (_what, word) => {
    expect(holding(word)).toEqual([])
  })

  it('listen to pages at one door', () => {
    expect(holding(/\bipcMain\b/)).toEqual([
      'src/main/hosts/electron/ipc.ts',
      'src/main/hosts/electron/run.ts',
    ])
    expect(holding(/\bipcRenderer\b/, 'src/preload')).toEqual(['src/preload/index.ts'])
    expect(holding(/\bipcRenderer\b|from 'electron'/, 'src/renderer')).toEqual([])
  })
})

describe('Electron itself', () => {
  it('is one exact version, the one that the lockfile holds', () => {
    const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version?: string }>
    }
    const { electron = '' } = manifest.devDependencies
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/)
    expect(lock.packages['node_modules/electron']?.version).toBe(electron)
  })
})
