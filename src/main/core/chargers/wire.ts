import type { ExchangeEvent } from '#shared/charger-reasons.ts'
import type { Exchange } from '#shared/contract/chargers.ts'
import type { Clock } from '../ports.ts'
import { createAssembler, type Assembler } from './assembler.ts'
import { cancelled, chargerError, typed } from './errors.ts'
import { type RadioFailure, type RadioLink } from './radio.ts'
import { DRAIN_MS, within, type Timings } from './timing.ts'

/** Where lines of the log go; it changes with the session that uses the wire. */
export type Note = (direction: Exchange['direction'], text: string) => void

export interface WireParts {
  readonly name: string
  readonly clock: Clock
  timings(): Timings
  /** one attempt or more; rejects with RadioFailure or SitedeskError */
  connect(signal: AbortSignal): Promise<RadioLink>
}

export interface AskOptions {
  readonly signal: AbortSignal
  /** after the connection stands, before the first byte leaves */
  readonly beforeWrite?: (() => void | Promise<void>) | undefined
}

/** Something is to come: a frame, or the end of the link. */
interface Waiting {
  resolve(frame: string): void
  reject(error: unknown): void
}

/**
 * One charger's connection: one command in flight, its reply or an error within the time (B-09, B-10). It outlives a
 * session for some seconds, so that commands in a row share it.
 */
export class Wire {
  readonly name: string
  readonly #parts: WireParts
  readonly #assembler: Assembler = createAssembler()
  #link: RadioLink | null = null
  #unlisten: () => void = () => undefined
  #note: Note = () => undefined
  #waiting: Waiting | null = null
  /** a reply may still come that belongs to nothing: the connection is not used again */
  #stale = false
  /** a reply came that did not fit: silence is needed first */
  #noisy = false
  #unsure = false
  #writing: Promise<unknown> = Promise.resolve()
  #queue: Promise<unknown> = Promise.resolve()

  constructor(parts: WireParts) {
    this.name = parts.name
    this.#parts = parts
  }

  /** `null`: nobody uses it now */
  noteTo(note: Note | null): void {
    this.#note = note ?? (() => undefined)
  }

  get usable(): boolean {
    return this.#link !== null && this.#link.lost === null && !this.#stale
  }

  get layout(): RadioLink['layout'] | null {
    return this.#link?.layout ?? null
  }

  /** Connects unless a good connection stands. */
  async open(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelled()
    if (this.usable) return
    await this.close()
    this.#event('connecting')
    try {
      const link = await this.#parts.connect(signal)
      this.#hold(link)
    } catch (error) {
      const told = typed(error, this.name)
      this.#event('connectFailed', told instanceof Error ? told.message : '')
      throw told
    }
    this.#event('connected')
  }

  /**
   * Something was not answered, or wrongly: its reply may still come, over whatever connection there is then, as a
   * transparent UART does. Nothing whose reply has no shape of its own may be sent before a query was answered (B-10).
   */
  get unsure(): boolean {
    return this.#unsure
  }

  /** The reply that came does not belong to the command: what follows may not either. */
  distrust(): void {
    this.#noisy = true
    this.#unsure = true
  }

  /** A reply came that can only be the answer to what was asked last. */
  trust(): void {
    this.#unsure = false
  }

  /** Sends one frame and answers the next reply, as text from `@` to `&`. */
  ask(frame: string, options: AskOptions): Promise<string> {
    const turn = this.#queue.then(() => this.#ask(frame, options))
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async close(): Promise<void> {
    const link = this.#link
    if (!link) return
    this.#link = null
    this.#unlisten()
    this.#stale = false
    this.#noisy = false
    this.#waiting?.reject(chargerError('CHARGER_LOST', 'lost', `${this.name}: the connection was closed.`))
    await link.close()
    this.#event('disconnected')
  }

  async #ask(frame: string, { signal, beforeWrite }: AskOptions): Promise<string> {
    await this.open(signal)
    await this.#settleLine(signal)
    await beforeWrite?.()
    const link = this.#link
    if (!link || link.lost) throw this.#lostError(link?.lost ?? null)
    const { clock } = this.#parts
    const { replyMs } = this.#parts.timings()
    const reply = new Promise<string>((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
    reply.catch(() => undefined)
    const onAbort = () => this.#waiting?.reject(cancelled())
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      this.#note('sent', frame)
      // a reply may come while the last write is still to be confirmed: the reply is what counts
      await Promise.race([this.#write(link, frame, replyMs), reply])
      return await within(clock, replyMs, reply, () => this.#noReply(replyMs))
    } catch (error) {
      throw this.#failed(error)
    } finally {
      this.#waiting = null
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** Whatever went wrong, its reply may still be on the way (B-10). */
  #failed(error: unknown): unknown {
    this.#stale = true
    this.#unsure = true
    const told = typed(error, this.name)
    const reason = told instanceof Error && 'data' in told ? (told.data as { reason?: string }).reason : ''
    if (reason === 'noReply' || reason === 'writeFailed') this.#event(reason)
    return told
  }

  /** Chunks in their order, each confirmed before the next (B-09). */
  #write(link: RadioLink, frame: string, timeoutMs: number): Promise<void> {
    const bytes = new TextEncoder().encode(frame)
    const size = Math.max(1, link.chunkBytes)
    const before = this.#writing
    const write = (async () => {
      await before
      for (let at = 0; at < bytes.length; at += size)
        await link.write(bytes.subarray(at, at + size), timeoutMs)
    })()
    this.#writing = write.catch(() => undefined)
    return write
  }

  /** After a reply that did not fit: nothing may have come for half a second (B-10). */
  async #settleLine(signal: AbortSignal): Promise<void> {
    this.#assembler.reset()
    if (!this.#noisy) return
    await this.#parts.clock.sleep(DRAIN_MS, signal).catch(() => {
      throw cancelled()
    })
    this.#noisy = false
    this.#assembler.reset()
  }

  #hold(link: RadioLink): void {
    this.#link = link
    this.#stale = false
    this.#noisy = false
    this.#assembler.reset()
    this.#writing = Promise.resolve()
    const stopBytes = link.onBytes((bytes) => this.#received(bytes))
    const stopLost = link.onLost((failure) => {
      this.#event('lost', failure.message)
      this.#waiting?.reject(this.#lostError(failure))
    })
    this.#unlisten = () => {
      stopBytes()
      stopLost()
    }
  }

  #received(bytes: Uint8Array): void {
    const { frames, noise } = this.#assembler.take(bytes)
    for (const text of noise) this.#event('noise', text)
    for (const frame of frames) {
      const waiting = this.#waiting
      this.#waiting = null
      if (!waiting) this.#event('unexpected', frame)
      else {
        this.#note('received', frame)
        waiting.resolve(frame)
      }
    }
  }

  #noReply(ms: number): unknown {
    const { name } = this
    return chargerError('CHARGER_NO_REPLY', 'noReply', `${name} did not reply within ${ms} ms.`, {
      name,
      seconds: ms / 1000,
    })
  }

  #lostError(failure: RadioFailure | null): unknown {
    return chargerError(
      'CHARGER_LOST',
      'lost',
      `${this.name}: the connection broke.`,
      { name: this.name },
      failure ? { cause: failure } : undefined,
    )
  }

  #event(event: ExchangeEvent, detail = ''): void {
    this.#note('event', detail ? `${event}: ${printable(detail)}` : event)
  }
}

/** Noise as it can be read in a log. */
const printable = (text: string) =>
  text.replaceAll(
    /[^\x20-\x7e\u00a1-\uffff]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
