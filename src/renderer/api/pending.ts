import type { Answer } from '#shared/bridge.ts'
import { fromWire, SitedeskError } from '#shared/errors.ts'

interface Waiting {
  resolve(value: unknown): void
  reject(error: SitedeskError): void
  timer: ReturnType<typeof setTimeout>
}

export const connectionLost = () =>
  new SitedeskError('CONNECTION_LOST', 'The connection to the host was lost before it answered.')

export const timedOut = (operation: string, timeoutMs: number) =>
  new SitedeskError('CONNECTION_LOST', `${operation} was not answered within ${timeoutMs} ms.`, { operation })

/** Turns the answer of a door into its value or its typed error. */
export function settle(answer: Answer): unknown {
  if (answer.ok) return answer.result
  throw fromWire(answer.error)
}

/** Calls that wait for their answer; none waits longer than its timeout. */
export class PendingCalls {
  readonly #waiting = new Map<number, Waiting>()
  #last = 0

  get size(): number {
    return this.#waiting.size
  }

  open(operation: string, timeoutMs: number): { id: number; promise: Promise<unknown> } {
    const id = ++this.#last
    const promise = new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => this.reject(id, timedOut(operation, timeoutMs)), timeoutMs)
      this.#waiting.set(id, { resolve, reject, timer })
    })
    return { id, promise }
  }

  answer(id: number, answer: Answer): void {
    const waiting = this.#take(id)
    if (!waiting) return
    if (answer.ok) waiting.resolve(answer.result)
    else waiting.reject(fromWire(answer.error))
  }

  reject(id: number, error: SitedeskError): void {
    this.#take(id)?.reject(error)
  }

  rejectAll(): void {
    for (const id of this.#waiting.keys()) this.reject(id, connectionLost())
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    if (waiting) clearTimeout(waiting.timer)
    this.#waiting.delete(id)
    return waiting
  }
}
