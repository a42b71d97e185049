import { app, Menu, nativeImage, Tray } from 'electron'
import type { Core } from '#core/core.ts'
import type { Log } from '#core/ports.ts'
import { TRAY_ICON } from './tray-icon.ts'

export interface DesktopTray {
  close(): void
}

interface TrayParts {
  readonly lan: Core['lan']
  readonly open: () => void
  readonly quit: () => void
  readonly log: Log
}

/** What the console is while its window is closed; null where the system has no tray. */
export function createTray({ lan, open, quit, log }: TrayParts): DesktopTray | null {
  try {
    const tray = new Tray(nativeImage.createFromDataURL(TRAY_ICON))
    const show = () => {
      const words = wordsOf(app.getLocale())
      const said = stateText(lan.state(), words)
      tray.setToolTip(`SiteDesk · ${said}`)
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words.open, click: open },
          { label: said, enabled: false },
          { type: 'separator' },
          { label: words.quit, click: quit },
        ]),
      )
    }
    show()
    tray.on('click', open)
    const stop = lan.onChange(show)
    return {
      close() {
        stop()
        tray.destroy()
      },
    }
  } catch (error) {
    log.warn('there is no tray: the console ends with its window', { error: String(error) })
    return null
  }
}

const WORDS = {
  zh: {
    open: '打开控制台',
    quit: '退出',
    lan: '局域网服务',
    off: '未开启',
    starting: '正在开启',
    failed: '没有开起来',
  },
  en: {
    open: 'Open the console',
    quit: 'Quit',
    lan: 'LAN service',
    off: 'off',
    starting: 'starting',
    failed: 'not listening',
  },
}
type Words = (typeof WORDS)['zh']

export const wordsOf = (locale: string): Words => (locale.startsWith('zh') ? WORDS.zh : WORDS.en)

export function stateText({ state, url }: ReturnType<Core['lan']['state']>, words: Words): string {
  return `${words.lan}: ${state === 'on' ? url : words[state]}`
}
