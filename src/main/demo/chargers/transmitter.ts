import type { Clock } from '#core/ports.ts'
import { chunksOf, type ReplyStyle } from './reply-style.ts'

export interface Outgoing {
  readonly text: string
  readonly delayMs: number
  readonly reply: (bytes: Uint8Array) => void
  /** set: the reply breaks off half way, then this happens */
  readonly breakOff: (() => void) | null
}

/**
 * One command after another, as one UART gives them: the next is looked at when the reply before it is out. A power cut
 * ends all of it.
 */
export class Transmitter {
  readonly #clock: Pick<Clock, 'sleep'>
  readonly #style: ReplyStyle
  readonly #waiting: (() => Outgoing | null)[] = []
  #power = new AbortController()
  #sending = false

  constructor(clock: Pick<Clock, 'sleep'>, style: ReplyStyle) {
    this.#clock = clock
    this.#style = style
  }

  get powered(): boolean {
    return !this.#power.signal.aborted
  }

  /** `work` does a command and says what goes out; null: nothing */
  enqueue(work: () => Outgoing | null): void {
    this.#waiting.push(work)
    this.#next()
  }

  powerCut(): void {
    this.#power.abort(new Error('the power was cut'))
    this.#waiting.length = 0
    this.#sending = false
  }

  powerBack(): void {
    this.#power = new AbortController()
  }

  #next(): void {
    while (!this.#sending && this.powered) {
      const outgoing = this.#waiting.shift()
      if (outgoing === undefined) return
      const reply = outgoing()
      if (reply === null) continue
      // also while a short one goes out at once: who hears it may send the next command in the same breath
      this.#sending = true
      if (reply.delayMs > 0 || this.#style.gapMs > 0) void this.#sendSlowly(reply, this.#power.signal)
      else this.#sendAtOnce(reply, this.#power.signal)
    }
  }

  #sendAtOnce(outgoing: Outgoing, signal: AbortSignal): void {
    for (const chunk of this.#chunks(outgoing)) outgoing.reply(chunk)
    this.#end(outgoing, signal)
  }

  #end({ breakOff }: Outgoing, signal: AbortSignal): void {
    breakOff?.()
    if (!signal.aborted) this.#sending = false
  }

  #chunks({ text, breakOff }: Outgoing): Uint8Array[] {
    return chunksOf(breakOff ? text.slice(0, text.length / 2) : text, this.#style.chunkBytes)
  }

  async #sendSlowly(outgoing: Outgoing, signal: AbortSignal): Promise<void> {
    try {
      if (outgoing.delayMs > 0) await this.#clock.sleep(outgoing.delayMs, signal)
      for (const [i, chunk] of this.#chunks(outgoing).entries()) {
        if (i > 0 && this.#style.gapMs > 0) await this.#clock.sleep(this.#style.gapMs, signal)
        outgoing.reply(chunk)
      }
    } catch (error) {
      if (!signal.aborted) throw error
      return
    }
    this.#end(outgoing, signal)
    this.#next()
  }
}
