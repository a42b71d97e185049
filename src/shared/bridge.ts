import type { CoreEvent } from './contract/events.ts'
import type { WireError } from './errors.ts'

/** The answer to one call, as it crosses a door. */
export type Answer =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: WireError }

/** All that the desktop's preload gives the page: `window.sitedesk`. */
/** Why nothing came out; i18n key `recharge.print.reason.<reason>`. */
export type PrintReason = 'noPrinter' | 'cancelled' | 'failed' | 'notReported' | 'noReceipt'

/** Prints what the calling page has prepared for paper (`@media print`). */
export interface PrintRequest {
  /** `pdf`: answered as a file, on no printer */
  readonly to: 'printer' | 'pdf'
  /** mm */
  readonly page: { readonly width: number; readonly height: number }
  /** the system's name; '' or absent: its default printer */
  readonly printer?: string
}

export type PrintAnswer =
  | { readonly ok: true; /** the PDF */ readonly base64?: string }
  | { readonly ok: false; readonly reason: PrintReason }

/** A printer the system knows. */
export interface Printer {
  readonly name: string
  readonly label: string
}

export interface SitedeskBridge {
  readonly host: 'desktop'
  call(operation: string, input: unknown): Promise<Answer>
  /** returns how to stop listening */
  onEvent(listener: (event: CoreEvent) => void): () => void
  /** silently, on the chosen printer */
  print?(request: PrintRequest): Promise<PrintAnswer>
  printers?(): Promise<readonly Printer[]>
}

declare global {
  interface Window {
    /** absent in the browser: the page opens a WebSocket on PAGE_SOCKET instead */
    readonly sitedesk?: SitedeskBridge
  }
}

/** Electron IPC channels: one call, one push, and the printers of the desktop. */
export const IPC_CALL = 'sitedesk:call'
export const IPC_EVENT = 'sitedesk:event'
export const IPC_PRINT = 'sitedesk:print'
export const IPC_PRINTERS = 'sitedesk:printers'

/** Tried first when no port was asked for, so that a bookmark and the page's own settings survive a restart. */
export const USUAL_PORT = 8086

/** The page's WebSocket in the browser host. */
export const PAGE_SOCKET = '/ws'

/** What the page sends. `id` is the page's own and comes back with the answer. */
export interface CallFrame {
  readonly id: number
  readonly operation: string
  readonly input?: unknown
}

/** What the page receives. */
export type PageFrame = (Answer & { readonly id: number }) | { readonly event: CoreEvent }

/**
 * WebSocket close codes of the page door. After `cookieUnknown` the page reloads: the host shows how to open the
 * console again (it was restarted, so the cookie of the last run is worth nothing). It is a close code since a
 * page learns nothing from a refused handshake, neither its status nor that it was refused.
 */
export const CLOSE = { badFrame: 4400, cookieUnknown: 4401, tooBusy: 4429, stopping: 4503 } as const
