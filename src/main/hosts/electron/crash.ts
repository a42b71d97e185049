import type { MessageBoxOptions } from 'electron'
import type { Log } from '#core/ports.ts'

/** A page that keeps crashing is not started for ever: after this many times a person decides. */
export const CRASHES_FORGIVEN = 3

/** What Electron tells of a page that is gone. */
export interface Gone {
  readonly reason: string
  readonly exitCode: number
}

export interface CrashingPage {
  /** the window is closed or closing */
  isGone(): boolean
  reload(): void
  close(): void
  /** shows the box; resolves with the number of the button */
  ask(box: MessageBoxOptions): Promise<{ readonly response: number }>
}

const RELOAD = 0
const QUIT = 1

/** Asked outside the page, which is the part that broke, hence in both languages. */
const BOX: MessageBoxOptions = {
  type: 'error',
  title: 'SiteDesk',
  message: '界面多次崩溃。The page crashed several times.',
  detail:
    '数据没有丢失，同步仍在继续。可以重新打开界面；若仍然崩溃，请退出后重新启动，并查看数据目录下的 logs。\n\n' +
    'No data is lost and sync goes on. Open the page again; if it keeps crashing, quit, start again and look ' +
    'into logs in the data folder.',
  buttons: ['重新打开 Open again', '退出 Quit'],
  defaultId: RELOAD,
  cancelId: QUIT,
  noLink: true,
}

/** What to do each time the page crashed: reload it a few times, then ask; never close without a word. */
export function createCrashHandler(
  page: CrashingPage,
  log: Pick<Log, 'error'>,
): (gone: Gone) => Promise<void> {
  let crashes = 0
  return async ({ reason, exitCode }) => {
    if (reason === 'clean-exit' || page.isGone()) return
    crashes++
    log.error('the page crashed', { reason, exitCode, crashes })
    if (crashes <= CRASHES_FORGIVEN) return page.reload()
    const { response } = await page.ask(BOX)
    if (page.isGone()) return
    if (response === QUIT) return page.close()
    crashes = 0
    page.reload()
  }
}
