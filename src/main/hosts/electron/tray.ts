import { app, Menu, nativeImage, Tray, type NativeImage } from 'electron'
import type { Core } from '#core/core.ts'
import type { Log } from '#core/ports.ts'
import type { AlarmBell } from '#core/alarms/index.ts'
import { drawDot } from './tray-dot.ts'
import { TRAY_ICON } from './tray-icon.ts'

export interface DesktopTray {
  close(): void
}

interface TrayParts {
  readonly lan: Core['lan']
  readonly bell: AlarmBell
  readonly open: () => void
  readonly quit: () => void
  readonly log: Log
}

/** What the console is while its window is closed; null where the system has no tray. */
export function createTray({ lan, bell, open, quit, log }: TrayParts): DesktopTray | null {
  try {
    const icon = nativeImage.createFromDataURL(TRAY_ICON)
    const dotted = withDot(icon, log)
    const tray = new Tray(icon)
    let shown = icon
    const show = () => {
      const words = wordsOf(app.getLocale())
      const said = stateText(lan.state(), words)
      const { waiting } = bell.summary()
      const wanted = waiting > 0 ? dotted : icon
      if (wanted !== shown) tray.setImage(wanted)
      shown = wanted
      tray.setToolTip([`SiteDesk · ${said}`, ...alarmText(waiting, words)].join('\n'))
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words.open, click: open },
          { label: said, enabled: false },
          ...alarmText(waiting, words).map((label) => ({ label, click: open })),
          { type: 'separator' },
          { label: words.quit, click: quit },
        ]),
      )
    }
    show()
    tray.on('click', open)
    const stops = [lan.onChange(show), bell.onChange(show)]
    return {
      close() {
        for (const stop of stops) stop()
        tray.destroy()
      },
    }
  } catch (error) {
    log.warn('there is no tray: the console ends with its window', { error: String(error) })
    return null
  }
}

/** The icon itself where the system draws none: a tray without a dot is better than no tray. */
function withDot(icon: NativeImage, log: Log): NativeImage {
  try {
    const { width, height } = icon.getSize()
    const bitmap = Buffer.from(drawDot(icon.toBitmap(), width, height))
    return nativeImage.createFromBitmap(bitmap, { width, height })
  } catch (error) {
    log.info('no dot on the tray icon', { error: String(error) })
    return icon
  }
}

/** One line while alarms wait. */
export const alarmText = (waiting: number, words: Words): string[] =>
  waiting > 0 ? [`${words.alarms}: ${waiting}`] : []

const WORDS = {
  zh: {
    open: '打开控制台',
    quit: '退出',
    lan: '局域网服务',
    alarms: '待处理的告警',
    off: '未开启',
    starting: '正在开启',
    failed: '没有开起来',
  },
  en: {
    open: 'Open the console',
    quit: 'Quit',
    lan: 'LAN service',
    alarms: 'Alarms that wait',
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
