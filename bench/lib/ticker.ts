import { openSync, readSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { threadCpuMs } from './harness.ts'

export interface Blocks {
  /** ms during which this thread took nothing else */
  readonly longest: number
  /** ms of this thread's own CPU in the gap that used most of it: its own block, not the machine's */
  readonly longestCpu: number
  /**
   * ms of the longest gap less what other processes had of it: the time in which this thread could have run and
   * got no processor. What it waited for the disk stays in. Null where the system does not count this.
   */
  readonly longestOwn: number | null
}

const TICK_MS = 1

/** ms this thread has waited for a processor so far; second number of Linux's schedstat, in ns. */
function openWaiting(): (() => number) | null {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r')
    const bytes = Buffer.alloc(100)
    return () => {
      const length = readSync(file, bytes, 0, bytes.length, 0)
      return Number(bytes.toString('latin1', 0, length).split(' ')[1]) / 1e6
    }
  } catch {
    return null
  }
}

/** A timer of 1 ms from now on; what it is late by is the block. Returns how to stop and what was found. */
export function startTicker(): () => Blocks {
  const waiting = openWaiting()
  const look = () => ({ at: performance.now(), cpu: threadCpuMs(), waited: waiting?.() ?? 0 })
  const most = { late: 0, cpu: 0, own: 0 }
  let last = look()
  const timer = setInterval(() => {
    const now = look()
    const late = now.at - last.at - TICK_MS
    most.late = Math.max(most.late, late)
    most.cpu = Math.max(most.cpu, now.cpu - last.cpu)
    most.own = Math.max(most.own, late - (now.waited - last.waited))
    last = now
  }, TICK_MS)
  return () => {
    clearInterval(timer)
    return { longest: most.late, longestCpu: most.cpu, longestOwn: waiting ? most.own : null }
  }
}
