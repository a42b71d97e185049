import { MINUTE, SECOND } from '#shared/time.ts'
import { portsToSwitchOff, runDevice, switchOffPorts } from './device-run.ts'
import type { RunParts } from './parts.ts'
import { litPorts, TEST_MINUTES } from './progress.ts'
import type { Where } from './store.ts'

/** A person who answers at once goes on with the connection that stands. */
const GRACE_MS = 150
/** The store could not be written: so long until it is tried again. */
const PAUSE_MS = 5 * SECOND

/** An adapter that was pulled out, or woke up late: so often and so long it is waited for before chargers fail. */
const RADIO_WAITS = 3
const RADIO_WAIT_MS = 3 * SECOND

const key = ({ runId, name }: Where) => `${runId} ${name}`

/** Chargers that go before the others, each once, in the order they came. */
class Queue {
  readonly #waiting = new Map<string, Where>()

  get size(): number {
    return this.#waiting.size
  }

  add(where: Where): void {
    this.#waiting.set(key(where), where)
  }

  take(): Where | null {
    for (const [name, where] of this.#waiting) {
      this.#waiting.delete(name)
      return where
    }
    return null
  }
}

/** Brings the chargers of all runs forward, one at a time on the air. What is to be done stands in the store. */
export class Worker {
  readonly #parts: RunParts
  readonly #closing = new AbortController()
  readonly #answered = new Queue()
  readonly #givenUp = new Queue()
  #task: { readonly where: Where; readonly stop: AbortController } | null = null
  #started: Promise<void> | null = null
  #round: Promise<void> | null = null
  #wake: () => void = () => undefined
  #radioWaits = 0

  constructor(parts: RunParts) {
    this.#parts = parts
  }

  /** after the ready line, or when a person begins a run before it */
  async start(): Promise<void> {
    this.#started ??= this.#recover()
    await this.#started
    this.#begin()
  }

  /** there may be something to do */
  poke(): void {
    void this.start()
  }

  #begin(): void {
    if (this.#round || this.#closing.signal.aborted) return
    this.#radioWaits = 0
    this.#round = this.#rounds().finally(() => {
      this.#round = null
    })
  }

  /** this charger first: a person stands before it and has answered */
  first(where: Where): void {
    this.#answered.add(where)
    this.#wake()
    this.poke()
  }

  /** its task on the air ends soon, if it has one */
  abort(where: Where): void {
    if (this.#task && key(this.#task.where) === key(where)) this.#task.stop.abort()
  }

  /** this charger was given up: ports that the run switched on are switched off */
  giveUp(where: Where): void {
    this.#givenUp.add(where)
    this.poke()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#round
  }

  async #rounds(): Promise<void> {
    const { clock, log } = this.#parts.ctx.ports
    while (!this.#closing.signal.aborted) {
      try {
        if (!(await this.#once())) return
      } catch (error) {
        log.error('a provisioning run stands still', { error: String(error) })
        await clock.sleep(PAUSE_MS, this.#closing.signal).catch(() => undefined)
        await this.#recover()
      }
    }
  }

  /** false: there is nothing to do */
  async #once(): Promise<boolean> {
    const dark = this.#givenUp.take()
    if (dark) {
      await this.#tidy(dark)
      return true
    }
    const where = this.#nextDevice()
    if (where) await this.#work(where)
    return where !== null
  }

  /** an answered charger whose run goes on, else the next in order */
  #nextDevice(): Where | null {
    const { store } = this.#parts
    for (let where = this.#answered.take(); where; where = this.#answered.take())
      if (store.run(where.runId)?.state === 'running' && store.device(where)?.state === 'waiting')
        return where
    return store.nextWaiting()
  }

  async #work(where: Where): Promise<void> {
    const { store } = this.#parts
    const after = await this.#during(where, (task) =>
      runDevice({
        ...task,
        mayGoOn: () => !task.signal.aborted && store.run(where.runId)?.state === 'running',
        waitForRadio: () => this.#waitForRadio(task.signal),
      }),
    )
    if (after?.state === 'asking' || after?.state === 'passed') this.#radioWaits = 0
    if (after?.state === 'failed' && portsToSwitchOff(after).length > 0) this.#givenUp.add(where)
    if (after?.state === 'asking' && store.nextWaiting()) await this.#grace()
  }

  async #waitForRadio(signal: AbortSignal): Promise<boolean> {
    if (this.#radioWaits >= RADIO_WAITS) return false
    this.#radioWaits++
    await this.#parts.ctx.ports.clock.sleep(RADIO_WAIT_MS, signal).catch(() => undefined)
    return true
  }

  async #tidy(where: Where): Promise<void> {
    const { ctx, store } = this.#parts
    const progress = store.device(where)
    if (!progress) return
    const late = ctx.ports.clock.now() - TEST_MINUTES * MINUTE
    const ports = litPorts(progress).filter((port) => (progress.memory.power[port]?.at ?? 0) > late)
    if (ports.length > 0) await this.#during(where, (task) => switchOffPorts(task, ports))
  }

  async #during<T>(
    where: Where,
    work: (task: RunParts & { where: Where; signal: AbortSignal; operator: string }) => Promise<T>,
  ): Promise<T> {
    const stop = new AbortController()
    this.#task = { where, stop }
    const signal = AbortSignal.any([stop.signal, this.#closing.signal])
    const operator = this.#parts.store.run(where.runId)?.createdBy ?? ''
    try {
      return await work({ ...this.#parts, where, signal, operator })
    } finally {
      this.#task = null
    }
  }

  async #grace(): Promise<void> {
    const over = new AbortController()
    this.#wake = () => over.abort()
    const signal = AbortSignal.any([over.signal, this.#closing.signal])
    if (this.#answered.size === 0)
      await this.#parts.ctx.ports.clock.sleep(GRACE_MS, signal).catch(() => undefined)
    this.#wake = () => undefined
  }

  /** What ran when the desk stopped is not verified: it begins again with the step it was in. */
  async #recover(): Promise<void> {
    const { ctx, store, apply } = this.#parts
    try {
      for (const where of store.leftRunning()) await apply(where, { type: 'interrupt' })
    } catch (error) {
      ctx.ports.log.error('chargers of a provisioning run could not be stored', { error: String(error) })
    }
  }
}
