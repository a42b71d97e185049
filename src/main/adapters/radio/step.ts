import type { EventEmitter } from 'node:events'
import { RadioFailure, type RadioFailureKind } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'

export interface Step {
  readonly on: EventEmitter
  readonly event: string
  readonly act: () => void
  readonly clock: Clock
  readonly ms: number
  /** what it is called when nothing comes in time, or when `act` throws */
  readonly failure: RadioFailureKind
  /** aborted with a RadioFailure when the link, the adapter or the caller's patience ends */
  readonly ended: AbortSignal
}

/**
 * Does something and waits for the event that answers it; leaves no listener behind, whatever comes (ble.md §5.6).
 * An ATT error and a lost link answer nothing at all (ble.md §5.4–5), so the limit is what ends most failures.
 */
export function step({ on, event, act, clock, ms, failure, ended }: Step): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const timer = new AbortController()
    const leave = () => {
      on.removeListener(event, heard)
      ended.removeEventListener('abort', end)
      timer.abort()
    }
    const heard = (...values: unknown[]) => {
      leave()
      resolve(values)
    }
    const fail = (error: RadioFailure) => {
      leave()
      reject(error)
    }
    const end = () => fail(failureOf(ended))
    if (ended.aborted) {
      end()
      return
    }
    on.on(event, heard)
    ended.addEventListener('abort', end)
    clock.sleep(ms, timer.signal).then(
      () => fail(new RadioFailure(failure, `no ${event} within ${ms} ms`)),
      () => undefined,
    )
    try {
      act()
    } catch (error) {
      fail(new RadioFailure(failure, `${event}: ${String(error)}`, { cause: error }))
    }
  })
}

/** Whether it was heard in time; for what is only waited for. */
export const heardWithin = (wanted: Omit<Step, 'failure'>): Promise<boolean> =>
  step({ ...wanted, failure: 'cancelled' }).then(
    () => true,
    () => false,
  )

export function failureOf(ended: AbortSignal): RadioFailure {
  const reason: unknown = ended.reason
  return reason instanceof RadioFailure
    ? reason
    : new RadioFailure('cancelled', 'cancelled', { cause: reason })
}

/** Never aborted. */
export const ENDLESS = new AbortController().signal
