import type { AutomationControl, AutomationState } from '#core/context.ts'
import { PORT_PROBLEMS, portProblem } from '../web/port-problem.ts'
import type { WebHost, WebHostOptions } from '../web/server.ts'

export interface DesktopAutomationOptions {
  /** `--port`, which wins over the settings */
  readonly port: number | null
  /** one line for people, on stderr */
  readonly say: (line: string) => void
}

export interface DesktopAutomation extends AutomationControl {
  /** the core stands: what its settings ask for is done from now on */
  serve(options: Omit<WebHostOptions, 'port'>): void
  close(): Promise<void>
}

interface Wanted {
  readonly enabled: boolean
  readonly port: number
}

const OFF: AutomationState = { enabled: false, url: null, token: null, reason: 'off' }

/**
 * The desktop's automation API (interfaces §3): the same loopback host as in the browser, while the settings say
 * so. A port that cannot be had is told, on stderr and on the settings screen, and never stops the desktop.
 */
export function createDesktopAutomation({ port, say }: DesktopAutomationOptions): DesktopAutomation {
  let options: Omit<WebHostOptions, 'port'> | null = null
  let wanted: Wanted = { enabled: false, port: 0 }
  let running: { readonly web: WebHost; readonly asked: number } | null = null
  let state = OFF
  /** one change after the other, each to what is wanted by then */
  let settled: Promise<void> = Promise.resolve()

  const shut = async () => {
    const { web } = running ?? {}
    running = null
    await web?.close()
  }
  const settle = async () => {
    if (options === null) return
    const asked = port ?? wanted.port
    if (wanted.enabled && running?.asked === asked) return
    await shut()
    state = OFF
    if (!wanted.enabled) return
    try {
      // loaded only when it is asked for, so that the window does not wait for it
      const { startWebHost } = await import('../web/server.ts')
      const web = await startWebHost({ ...options, port: asked })
      running = { web, asked }
      state = { enabled: true, url: web.url, token: web.token, reason: null }
    } catch (error) {
      const problem = portProblem(error)
      state = { enabled: true, url: null, token: null, reason: problem ?? 'failed' }
      if (problem) say(`the automation API is off: port ${asked} ${PORT_PROBLEMS[problem]}`)
      else options.log.error('the automation API did not start', { error: String(error) })
    }
  }
  const next = (work: () => Promise<void>) => (settled = settled.then(work))
  return {
    async state() {
      await settled
      return state
    },
    apply({ enabled, port: asked }) {
      wanted = { enabled, port: asked }
      return next(settle)
    },
    serve(served) {
      options = served
      void next(settle)
    },
    close() {
      wanted = { ...wanted, enabled: false }
      return next(settle)
    },
  }
}
