import type { Caller } from '#core/context.ts'
import type { AlarmNotice } from '#core/alarms/index.ts'
import type { Core } from '#core/core.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import { SitedeskError } from '#shared/errors.ts'

/** Calls under way are waited for so long before the core closes. */
const DRAIN_MS = 5000

export interface Restartable {
  /** what the doors hold: the same thing, whichever core stands behind it */
  readonly core: Core
  /** for `CoreOptions.restart`: false once the program ends */
  restart(): boolean
}

export interface RestartableOptions {
  /** opens a core; each has workers of its own */
  open(restart: () => boolean): Promise<Core>
  /** the core could not be opened again: the program cannot go on */
  lost(error: unknown): void
}

interface Screen {
  readonly caller: Caller
  readonly listener: (event: CoreEvent) => void
  stop: () => void
}

/**
 * One core after another behind one face, so that a restore needs neither a new process nor a supervisor: the data
 * folder stays locked, the ready line stays true, windows and cookies stay open (decision 0020). Who was signed in is
 * not any more.
 */
export async function openRestartable(options: RestartableOptions): Promise<Restartable> {
  const row = new CoreRow(options)
  await row.begin()
  return { core: row, restart: row.restart }
}

class CoreRow implements Core {
  readonly #options: RestartableOptions
  readonly #screens = new Set<Screen>()
  readonly #lanListeners = new Set<() => void>()
  readonly #bellListeners = new Set<() => void>()
  readonly #noticeListeners = new Set<(notice: AlarmNotice) => void>()
  readonly #calls = new Set<Promise<unknown>>()
  readonly #begun = { lan: false, background: false }
  #core: Core | null = null
  #changing: Promise<void> | null = null
  #closed = false
  #stops: (() => void)[] = []

  constructor(options: RestartableOptions) {
    this.#options = options
  }

  async begin(): Promise<void> {
    this.#core = await this.#options.open(this.restart)
    const { lan, bell } = this.#core
    this.#stops = [
      lan.onChange(() => {
        for (const listener of this.#lanListeners) listener()
      }),
      bell.onChange(() => {
        for (const listener of this.#bellListeners) listener()
      }),
      bell.onNotice((notice) => {
        for (const listener of this.#noticeListeners) listener(notice)
      }),
    ]
  }

  readonly restart = (): boolean => {
    if (this.#closed) return false
    this.#changing ??= this.#change()
    return true
  }

  async #change(): Promise<void> {
    try {
      await drained(this.#calls)
      for (const screen of this.#screens) screen.stop()
      for (const stop of this.#stops) stop()
      const old = this.#core
      this.#core = null
      await old?.close()
      if (this.#closed) return
      await this.begin()
      // who hears that his session ended asks at once
      this.#changing = null
      await this.#resume()
    } catch (error) {
      this.#options.lost(error)
    }
  }

  async #resume(): Promise<void> {
    for (const screen of this.#screens) {
      screen.stop = this.#core?.subscribe(screen.caller, screen.listener) ?? screen.stop
      screen.listener({ type: 'session', state: 'ended' })
    }
    if (this.#begun.lan) await this.#core?.lan.begin()
    if (this.#begun.background) this.#core?.startBackground()
  }

  async call(caller: Caller, operation: string, input: unknown): Promise<unknown> {
    if (this.#changing || !this.#core)
      throw new SitedeskError('CONNECTION_LOST', 'The desk closes and opens again; ask once more.')
    const call = this.#core.call(caller, operation, input)
    this.#calls.add(call)
    return call.finally(() => this.#calls.delete(call))
  }

  subscribe(caller: Caller, listener: Screen['listener']): () => void {
    const stop = this.#changing ? undefined : this.#core?.subscribe(caller, listener)
    const screen: Screen = { caller, listener, stop: stop ?? (() => undefined) }
    this.#screens.add(screen)
    return () => {
      this.#screens.delete(screen)
      screen.stop()
    }
  }

  readonly lan: Core['lan'] = {
    begin: async () => {
      this.#begun.lan = true
      await (this.#changing ?? this.#core?.lan.begin())
    },
    state: () => this.#core?.lan.state() ?? { state: 'off', url: null },
    onChange: (listener) => {
      this.#lanListeners.add(listener)
      return () => void this.#lanListeners.delete(listener)
    },
  }

  readonly bell: Core['bell'] = {
    summary: () => this.#core?.bell.summary() ?? { waiting: 0, critical: 0, acknowledged: 0, snoozed: 0 },
    waiting: () => this.#core?.bell.waiting() ?? null,
    onChange: (listener) => {
      this.#bellListeners.add(listener)
      return () => void this.#bellListeners.delete(listener)
    },
    onNotice: (listener) => {
      this.#noticeListeners.add(listener)
      return () => void this.#noticeListeners.delete(listener)
    },
  }

  startBackground(): void {
    this.#begun.background = true
    this.#core?.startBackground()
  }

  async resumeAfterSleep(): Promise<void> {
    await (this.#changing ?? this.#core?.resumeAfterSleep())
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#changing
    const last = this.#core
    this.#core = null
    await last?.close()
  }
}

/** Until nothing is asked any more, or the time is up; the call that asked for it is among them. */
async function drained(calls: ReadonlySet<Promise<unknown>>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_MS)
  })
  const all = async () => {
    while (calls.size > 0) await Promise.allSettled(calls)
  }
  await Promise.race([all(), late])
  clearTimeout(timer)
}
