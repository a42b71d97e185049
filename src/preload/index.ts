import { contextBridge, ipcRenderer } from 'electron'
import { IPC_CALL, IPC_EVENT, type SitedeskBridge } from '#shared/bridge.ts'
import type { CoreEvent } from '#shared/contract/events.ts'

/** Two functions and a word: everything else stays out of the page's reach. */
const bridge: SitedeskBridge = {
  host: 'desktop',
  call: (operation, input) => ipcRenderer.invoke(IPC_CALL, operation, input),
  onEvent(listener) {
    const receive = (_event: unknown, event: CoreEvent) => listener(event)
    ipcRenderer.on(IPC_EVENT, receive)
    return () => void ipcRenderer.off(IPC_EVENT, receive)
  },
}

contextBridge.exposeInMainWorld('sitedesk', bridge)
