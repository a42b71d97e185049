/** Loaded into the host by `--import`: how long its main thread could not take anything else, told over IPC. */
import { startTicker, type Blocks } from './ticker.ts'

/** CPU of the whole process in a second, µs */
const QUIET_US = 50_000

/** Tells when the start's own background work (checks, the first copies) is over. */
function waitForQuiet(before = process.cpuUsage()): void {
  setTimeout(() => {
    const { user, system } = process.cpuUsage(before)
    if (user + system < QUIET_US) process.send?.('quiet')
    else waitForQuiet()
  }, 1000)
}

let stop: (() => Blocks) | undefined

process.on('message', (message) => {
  if (message === 'settle') waitForQuiet()
  if (message === 'measure') stop = startTicker()
  if (message === 'tell') process.send?.(stop?.())
})
