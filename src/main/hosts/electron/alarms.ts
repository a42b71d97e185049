import { app, Notification, powerMonitor } from 'electron'
import type { AlarmBell, AlarmNotice } from '#core/alarms/index.ts'
import type { Log } from '#core/ports.ts'
import { Notices } from './notices.ts'

interface AlarmParts {
  readonly bell: AlarmBell
  /** a click on a notice brings the console back, at what it is about */
  readonly open: (route: string) => void
  readonly log: Log
  /** monotonic ms */
  readonly now: () => number
}

/** Where the console shows it: the one alarm, what a digest stands for, or all that wait. */
function routeOf(only: AlarmNotice['only']): string {
  if (only === null) return '/alarms'
  const filter: Record<string, string> =
    only.members > 0 ? { digest: only.id } : { rule: only.rule, query: only.subject }
  return `/alarms?${new URLSearchParams(filter).toString()}`
}

/** Tells of alarms through the system: a notice, and the count on the dock or launcher icon. */
export function tellOfAlarms({ bell, open, log, now }: AlarmParts): () => void {
  const notices = new Notices({
    now,
    waiting: () => bell.waiting(),
    show({ title, lines, only }) {
      if (!Notification.isSupported()) return
      const notice = new Notification({ title, body: lines.join('\n') })
      notice.on('click', () => open(routeOf(only)))
      notice.on('failed', (_event, error) => log.warn('the system showed no notice', { error }))
      notice.show()
    },
    later(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  const count = () => void app.setBadgeCount(bell.summary().waiting)
  const stops = [bell.onNotice((notice) => notices.add(notice)), bell.onChange(count)]
  const lock = () => notices.lock()
  const unlock = () => notices.unlock()
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('unlock-screen', unlock)
  count()
  return () => {
    for (const stop of stops) stop()
    powerMonitor.off('lock-screen', lock)
    powerMonitor.off('unlock-screen', unlock)
    notices.close()
  }
}
