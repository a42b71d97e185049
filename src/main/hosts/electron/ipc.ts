import type { Caller } from '#core/context.ts'
import type { Core } from '#core/core.ts'
import { IPC_CALL, IPC_EVENT, IPC_PRINT, IPC_PRINTERS, type Answer } from '#shared/bridge.ts'
import { SitedeskError } from '#shared/errors.ts'
import { answer } from '../answer.ts'
import { isPage } from './page.ts'
import { printersOf, printPage, type PaperSource } from './paper.ts'

/** What the door needs of Electron's ipcMain and its events; tests bring their own. */
export interface IpcMainLike {
  handle(channel: string, listener: (event: IpcEvent, ...args: unknown[]) => Promise<unknown>): void
  removeHandler(channel: string): void
}
export interface IpcEvent {
  readonly sender: { readonly id: number }
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}
export interface ScreenLike {
  readonly id: number
  isDestroyed(): boolean
  send(channel: string, ...args: unknown[]): void
}

const LONGEST_NAME = 80

export interface IpcDoor {
  /** lets a window in: its calls are answered and events are pushed to it. Returns how to shut it out. */
  admit(screen: ScreenLike): () => void
  close(): void
}

const callerOf = (id: number): Caller => ({ door: 'desktop', screen: `window-${id}` })

/**
 * The desktop's only door. A call counts when it comes from the main frame of a window that was let in, while
 * that frame shows exactly our page.
 */
export function openIpcDoor(
  ipc: IpcMainLike,
  core: Core,
  pageUrl: string,
  paperOf: (screen: number) => PaperSource | null = () => null,
): IpcDoor {
  const admitted = new Map<number, () => void>()
  const trusts = ({ sender, senderFrame }: IpcEvent) =>
    admitted.has(sender.id) &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isPage(senderFrame.url, pageUrl)
  const paper = (event: IpcEvent) => (trusts(event) ? paperOf(event.sender.id) : null)
  ipc.handle(IPC_PRINT, async (event, request) => {
    const source = paper(event)
    return source ? printPage(source, request) : { ok: false, reason: 'failed' }
  })
  ipc.handle(IPC_PRINTERS, async (event) => {
    const source = paper(event)
    return source ? printersOf(source) : []
  })
  ipc.handle(IPC_CALL, (event, operation, input): Promise<Answer> => {
    if (!trusts(event)) return Promise.resolve(refused('ORIGIN_REFUSED', 'Only the console may call.'))
    if (typeof operation !== 'string' || operation.length > LONGEST_NAME)
      return Promise.resolve(refused('INVALID_INPUT', 'A call names its operation.'))
    return answer(core, callerOf(event.sender.id), operation, input)
  })
  return {
    admit(screen) {
      const stop = core.subscribe(callerOf(screen.id), (event) => {
        if (!screen.isDestroyed()) screen.send(IPC_EVENT, event)
      })
      const leave = () => {
        stop()
        admitted.delete(screen.id)
      }
      admitted.set(screen.id, leave)
      return leave
    },
    close() {
      for (const leave of admitted.values()) leave()
      for (const channel of [IPC_CALL, IPC_PRINT, IPC_PRINTERS]) ipc.removeHandler(channel)
    },
  }
}

const refused = (code: 'ORIGIN_REFUSED' | 'INVALID_INPUT', message: string): Answer => ({
  ok: false,
  error: new SitedeskError(code, message).toWire(),
})
