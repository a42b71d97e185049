import type { AlarmNotice } from '#core/alarms/index.ts'

/** Notices of the system follow one another at this distance at least; what comes between is told of as one. */
const BETWEEN_MS = 60_000

export interface NoticeParts {
  show(notice: AlarmNotice): void
  /** what waits now, as one notice; null: nothing does any more */
  waiting(): AlarmNotice | null
  /** monotonic ms */
  now(): number
  /** calls back after so long; returns how to stop */
  later(ms: number, run: () => void): () => void
}

/** When the system's own notices are shown: never while the screen is locked, never one upon the other. */
export class Notices {
  readonly #parts: NoticeParts
  #locked = false
  #held = false
  #shownAt = Number.NEGATIVE_INFINITY
  #stop: (() => void) | null = null

  constructor(parts: NoticeParts) {
    this.#parts = parts
  }

  add(notice: AlarmNotice): void {
    const rest = this.#shownAt + BETWEEN_MS - this.#parts.now()
    if (!this.#locked && !this.#held && rest <= 0) return this.#show(notice)
    this.#held = true
    if (!this.#locked) this.#wait(rest)
  }

  lock(): void {
    this.#locked = true
    this.close()
  }

  /** what came meanwhile and still waits is one notice */
  unlock(): void {
    this.#locked = false
    if (this.#held) this.#release()
  }

  close(): void {
    this.#stop?.()
    this.#stop = null
  }

  #wait(ms: number): void {
    this.#stop ??= this.#parts.later(Math.max(0, ms), () => {
      this.#stop = null
      this.#release()
    })
  }

  #release(): void {
    this.#held = false
    const notice = this.#parts.waiting()
    if (notice) this.#show(notice)
  }

  #show(notice: AlarmNotice): void {
    this.#shownAt = this.#parts.now()
    this.#parts.show(notice)
  }
}
