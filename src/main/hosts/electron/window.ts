import { BrowserWindow, dialog, screen } from 'electron'
import type { Log } from '#core/ports.ts'
import { createCrashHandler, type Gone } from './crash.ts'
import type { IpcDoor } from './ipc.ts'
import { readWindowState, saveWindowState, SMALLEST } from './window-state.ts'

export interface WindowOptions {
  readonly directory: string
  readonly preload: string
  readonly pageUrl: string
  readonly door: IpcDoor
  readonly log: Log
  /** writes a crash of the page down for the next start */
  readonly crashed: (gone: Gone) => void
}

export function openWindow({
  directory,
  preload,
  pageUrl,
  door,
  log,
  crashed,
}: WindowOptions): BrowserWindow {
  const { maximized, ...bounds } = readWindowState(
    directory,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'SiteDesk',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  const leave = door.admit(window.webContents)
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    saveWindowState(directory, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  )
  window.on('closed', leave)
  reloadAfterCrash(window, log, crashed)
  window
    .loadURL(pageUrl)
    .catch((error: unknown) => log.error('the page did not load', { error: String(error) }))
  return window
}

function reloadAfterCrash(window: BrowserWindow, log: Log, crashed: WindowOptions['crashed']): void {
  const handle = createCrashHandler(
    {
      isGone: () => window.isDestroyed(),
      reload: () => window.webContents.reload(),
      close: () => window.close(),
      ask: (box) => dialog.showMessageBox(window, box),
    },
    log,
  )
  window.webContents.on('render-process-gone', (_event, gone) => {
    if (gone.reason !== 'clean-exit') crashed(gone)
    handle(gone).catch((error: unknown) => log.error('a crash was not handled', { error: String(error) }))
  })
}
