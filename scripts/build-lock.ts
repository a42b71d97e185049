import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** How often someone who waits looks whether the builder is done; a build takes some seconds. */
const LOOK_EVERY_MS = 200
/** No build takes so long: its number has gone to another process, after a restart of the computer say. */
const OLDEST_MS = 10 * 60_000

export interface LockOptions {
  readonly lookEveryMs?: number
  /** told once, with the number of the process that is waited for */
  readonly onWait?: (pid: number) => void
}

/**
 * Runs `work` while no other process does, told by a file that holds the number of the one that does. The file
 * of a process that is gone is taken over.
 */
export async function alone<T>(file: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const { lookEveryMs = LOOK_EVERY_MS, onWait } = options
  mkdirSync(dirname(file), { recursive: true })
  for (let waited = false; !take(file); waited = true) {
    const holder = holderOf(file)
    if (holder === 'gone') continue
    if (!holder.alive) {
      clear(file, holder.text)
      continue
    }
    if (!waited) onWait?.(holder.pid)
    await wait(lookEveryMs)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

function take(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    // Windows answers EPERM while the file is on its way out
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'EPERM') return false
    throw error
  }
}

interface Holder {
  readonly text: string
  readonly pid: number
  readonly alive: boolean
}

function holderOf(file: string): Holder | 'gone' {
  try {
    const text = readFileSync(file, 'utf8')
    const age = Date.now() - statSync(file).mtimeMs
    const pid = Number(text.trim())
    // empty: made a moment ago, its number is about to be written
    if (text === '') return { text, pid, alive: age < 1000 }
    return { text, pid, alive: age < OLDEST_MS && isAlive(pid) }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone'
    throw error
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * Takes a dead lock away by renaming it, which only one of several can. Was it exchanged for a living one
 * meanwhile, that is put back.
 */
function clear(file: string, dead: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') !== dead) renameSync(aside, file)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  rmSync(aside, { force: true })
}
