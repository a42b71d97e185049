import { contextBridge, ipcRenderer } from 'electron'
import { IPC_CALL, IPC_EVENT, IPC_PRINT, IPC_PRINTERS, type SitedeskBridge } from '#shared/bridge.ts'
import type { CoreEvent } from '#shared/contract/events.ts'

/** Calls, events, paper and a word: everything else stays out of the page's reach. */
const bridge: SitedeskBridge = {
  host: 'desktop',
  call: (operation, input) => ipcRenderer.invoke(IPC_CALL, operation, input),
  onEvent(listener) {
    const receive = (_event: unknown, event: CoreEvent) => listener(event)
    ipcRenderer.on(IPC_EVENT, receive)
    return () => void ipcRenderer.off(IPC_EVENT, receive)
  },
  print: (request) => ipcRenderer.invoke(IPC_PRINT, request),
  printers: () => ipcRenderer.invoke(IPC_PRINTERS),
}

contextBridge.exposeInMainWorld('sitedesk', bridge)
