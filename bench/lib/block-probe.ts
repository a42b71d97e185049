/**
 * Loaded into the host by `--import`: how long its main thread could not take anything else, told over IPC.
 * A timer of 1 ms; what it is late by is the block. CPU time of the thread in that gap tells a block of our own
 * from one of a machine that ran something else.
 */
import { performance } from 'node:perf_hooks'

export interface Blocks {
  /** ms */
  readonly longest: number
  /** ms of this thread's own CPU in the gap that used most of it */
  readonly longestCpu: number
}

const TICK_MS = 1
/** CPU of the whole process in a second, µs */
const QUIET_US = 50_000
const cpu = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

let timer: NodeJS.Timeout | undefined
let longest = 0
let longestCpu = 0
let last = { at: 0, cpu: 0 }

function tick(): void {
  const now = { at: performance.now(), cpu: cpu() }
  longest = Math.max(longest, now.at - last.at - TICK_MS)
  longestCpu = Math.max(longestCpu, now.cpu - last.cpu)
  last = now
}

/** Tells when the start's own background work (checks, the first copies) is over. */
function waitForQuiet(before = process.cpuUsage()): void {
  setTimeout(() => {
    const { user, system } = process.cpuUsage(before)
    if (user + system < QUIET_US) process.send?.('quiet')
    else waitForQuiet()
  }, 1000)
}

process.on('message', (message) => {
  if (message === 'settle') waitForQuiet()
  if (message === 'measure') {
    longest = 0
    longestCpu = 0
    last = { at: performance.now(), cpu: cpu() }
    timer = setInterval(tick, TICK_MS)
  }
  if (message === 'tell') {
    clearInterval(timer)
    process.send?.({ longest, longestCpu } satisfies Blocks)
  }
})
