import { failureOf } from './step.ts'

export type Gate = <T>(work: () => Promise<T>, ended: AbortSignal) => Promise<T>

/**
 * One connection attempt at a time: noble queues them, and cancelling one that waits cancels the one that runs
 * (ble.md §5.2). Who gives up while waiting leaves at once; who gives up at work is seen to by the work.
 */
export function createGate(): Gate {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>, ended: AbortSignal) =>
    new Promise<T>((resolve, reject) => {
      const leave = () => reject(failureOf(ended))
      ended.addEventListener('abort', leave, { once: true })
      const turn = async () => {
        ended.removeEventListener('abort', leave)
        if (ended.aborted) leave()
        else await work().then(resolve, reject)
      }
      last = last.then(turn, turn)
    })
}
