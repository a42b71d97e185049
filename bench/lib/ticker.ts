import { performance } from 'node:perf_hooks'

export interface Blocks {
  /** ms during which this thread took nothing else */
  readonly longest: number
  /** ms of this thread's own CPU in the gap that used most of it: its own block, not the machine's */
  readonly longestCpu: number
}

const TICK_MS = 1
const cpu = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** A timer of 1 ms from now on; what it is late by is the block. Returns how to stop and what was found. */
export function startTicker(): () => Blocks {
  let longest = 0
  let longestCpu = 0
  let last = { at: performance.now(), cpu: cpu() }
  const timer = setInterval(() => {
    const now = { at: performance.now(), cpu: cpu() }
    longest = Math.max(longest, now.at - last.at - TICK_MS)
    longestCpu = Math.max(longestCpu, now.cpu - last.cpu)
    last = now
  }, TICK_MS)
  return () => {
    clearInterval(timer)
    return { longest, longestCpu }
  }
}
