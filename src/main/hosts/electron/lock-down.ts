import type { App, Session, WebContents } from 'electron'
import { isPage } from './page.ts'

/** Writing to the clipboard is what the copy buttons do; everything else a page could ask for is refused. */
const ALLOWED = new Set(['clipboard-sanitized-write'])

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission))
  session.setDevicePermissionHandler(() => false)
}

/** No page but ours, no second window, no embedded page: for every web contents there will ever be. */
export function denyNavigation(app: App, pageUrl: string): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => {
      if (!isPage(event.url, pageUrl)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}
