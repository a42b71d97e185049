import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  webContents,
} from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { FolderInUse, holderOf } from '#main/adapters/lock.ts'
import { workerBeside } from '#main/adapters/workers.ts'
import { recordCrash } from '../launch/crash-file.ts'
import { desktopArguments, parseFlags } from '../launch/flags.ts'
import { keepFilesPrivate, logBugs, surviveClosedOutput } from '../launch/process-guard.ts'
import { LaunchRefusal } from '../launch/refusal.ts'
import { reportFailure, say } from '../launch/report.ts'
import { createPractice, startDesktopPractice } from '../launch/practice.ts'
import { planStart, startCore, type Plan, type Started } from '../launch/start-core.ts'
import { updateHost } from '../launch/update-host.ts'
import { createStop, stopOnSignals, type Stopping } from '../launch/stop.ts'
import { tellOfAlarms } from './alarms.ts'
import { createDesktopAutomation } from './automation.ts'
import { openIpcDoor, type IpcMainLike } from './ipc.ts'
import { installedKind, installerOf, startDetached } from './installer.ts'
import { denyNavigation, denyPermissions } from './lock-down.ts'
import { createOsKeyStore } from './os-key-store.ts'
import { answerPage, PAGE_URL, SCHEME, SCHEME_PRIVILEGES } from './page.ts'
import { createTray } from './tray.ts'
import { openWindow } from './window.ts'

export interface DesktopOptions {
  /** the worker is built beside the entry */
  readonly entryUrl: string
  /** the built page */
  readonly page: string
  readonly preload: string
}

/** The console in Electron, from flags to window; ends the process when it cannot start. */
export function runDesktop(options: DesktopOptions): void {
  keepFilesPrivate()
  surviveClosedOutput()
  try {
    const flags = parseFlags(desktopArguments(process.argv, app.isPackaged), 'desktop')
    if (flags.selfTest) return void tryOut(options).catch(giveUp)
    const plan = planStart(flags)
    beSingle(plan)
    protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES])
    denyNavigation(app, pageUrl())
    app
      .whenReady()
      .then(() => start(options, plan))
      .catch(giveUp)
  } catch (error) {
    giveUp(error)
  }
}

/** `--self-test`: says in one line whether this copy works here, and ends; no window, no data folder. */
async function tryOut({ entryUrl, page }: DesktopOptions): Promise<void> {
  await app.whenReady()
  const { selfTest } = await import('../launch/self-test.ts')
  const report = await selfTest({ entryUrl, page, host: 'desktop' })
  process.stdout.write(`${JSON.stringify(report)}\n`, () => exit(report.ok ? 0 : 1))
}

const exit = (code: number) => app.exit(code)
const giveUp = (error: unknown) => exit(reportFailure(error))

/** The dev server's address counts only in a checkout, never in a packaged console. */
const pageUrl = () => (app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']) ?? PAGE_URL

/** Chromium's profile lives in the data folder, so one folder has one window process and its own settings. */
function beSingle({ directory }: Plan): void {
  const profile = join(directory.path, 'window')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  if (app.requestSingleInstanceLock()) return
  const { message } = new FolderInUse(directory.path, holderOf(directory.path))
  throw new LaunchRefusal(1, message)
}

async function start(options: DesktopOptions, plan: Plan): Promise<void> {
  const { entryUrl, page, preload } = options
  const keyWraps = [createOsKeyStore(safeStorage)]
  const automation = createDesktopAutomation({ port: plan.flags.port, say })
  const practice = createPractice(() => startDesktopPractice(app.isPackaged ? [] : [app.getAppPath()]))
  const started = await startCore({
    plan,
    workerUrl: workerBeside(entryUrl),
    keyWraps,
    automation,
    practice,
    updates: updates(),
    lost: giveUp,
    say,
  })
  const { core, ports } = started
  const show = (route?: string) => showWindow(open, pageUrl(), route)
  const { lan, bell } = core
  const tray = createTray({ lan, bell, open: () => show(), quit: () => app.quit(), log: ports.log })
  const now = () => ports.clock.monotonic()
  const stopTelling = tellOfAlarms({ bell, open: show, log: ports.log, now })
  const stopping = createStop(async () => {
    tray?.close()
    stopTelling()
    await automation.close()
    await started.close()
  }, say)
  const { path } = plan.directory
  logBugs(ports.log, stopping, exit, (error) => recordCrash(path, 'main', error))
  stopOnSignals(stopping, leave)
  endWithLastWindow(stopping, () => tray !== null && core.lan.state().state === 'on')
  denyPermissions(session.defaultSession)
  protocol.handle(SCHEME, (request) => answerPage(page, request))
  Menu.setApplicationMenu(menu())
  const paperOf = (screen: number) => webContents.fromId(screen) ?? null
  const door = openIpcDoor(ipcMain satisfies IpcMainLike, core, pageUrl(), paperOf)
  const open = (route?: string) =>
    openWindow({
      directory: path,
      preload,
      pageUrl: addressOf(pageUrl(), route),
      door,
      log: ports.log,
      crashed: ({ reason, exitCode }) => recordCrash(path, 'page', `${reason} (${exitCode})`),
    })
  open()
  automation.serve({ core, log: ports.log, page, now })
  app.on('second-instance', () => show())
  app.on('activate', () => show())
  powerMonitor.on('resume', () => void resume(started))
  // the window does not wait for it
  void core.lan.begin()
  core.startBackground()
}

/** A checkout is updated by its owner. */
function updates() {
  const parts = {
    execPath: process.execPath,
    env: process.env,
    openPath: (path: string) => shell.openPath(path),
    start: startDetached,
    quit: () => app.quit(),
    relaunch: (execPath: string) => app.relaunch({ execPath }),
  }
  const kind = installedKind(parts)
  return updateHost({ kind, install: app.isPackaged ? installerOf(kind, parts) : null })
}

/** What was due while the machine slept is due now. */
async function resume({ core, ports }: Started): Promise<void> {
  try {
    await core.resumeAfterSleep()
  } catch (error) {
    ports.log.error('resuming after sleep failed', { error: String(error) })
  }
}

/** The part after # is the page's own route: a page that shows already only turns to it. */
const addressOf = (page: string, route?: string) => (route === undefined ? page : `${page}#${route}`)

function showWindow(open: (route?: string) => void, page: string, route?: string): void {
  const window = BrowserWindow.getAllWindows()[0]
  if (!window) return open(route)
  if (route !== undefined) void window.loadURL(addressOf(page, route)).catch(() => undefined)
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/**
 * Phones are served on with the window closed, as long as a tray brings it back. Everything is closed before the
 * process goes; the quit that Electron began waits for it.
 */
function endWithLastWindow(stopping: Stopping, serves: () => boolean): void {
  app.on('window-all-closed', () => {
    if (!serves()) app.quit()
  })
  app.on('will-quit', (event) => {
    if (leaving) return
    event.preventDefault()
    void stopping.stop('quit').then(leave)
  })
}

/** Once all is closed Electron may take its own way out, but not for ever. */
const LEAVE_WITHIN_MS = 400
let leaving = false

function leave(code: number): void {
  leaving = true
  if (code !== 0) return exit(code)
  app.quit()
  setTimeout(exit, LEAVE_WITHIN_MS, code)
}

/** macOS takes copy, paste and quit from the menu; elsewhere the console needs none. */
const menu = () =>
  process.platform === 'darwin'
    ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
    : null
