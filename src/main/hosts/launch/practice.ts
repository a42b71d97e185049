import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PracticeControl } from '#core/context.ts'

/** The demo site is built anew at each start; a slow office PC takes its time. */
const READY_MS = 60_000

interface Running {
  readonly child: ChildProcess
  /** an address that opens it once; null: it has a window of its own */
  address(): Promise<string | null>
  /** begins its end */
  end(): void
}

/**
 * Practice is the same program once more with `--demo`: another process, a throw-away data folder, vendors and
 * radio simulated. It shares no file, no port and no setting with this one (decision 0025).
 */
export function createPractice(start: () => Promise<Running>): PracticeControl {
  let running: Promise<Running> | null = null
  let ready = false
  const forget = () => {
    running = null
    ready = false
  }
  const begin = () =>
    start().then((now) => {
      ready = true
      now.child.once('exit', forget)
      return now
    })
  return {
    state: () => (ready ? 'on' : running === null ? 'off' : 'starting'),
    async open() {
      running ??= begin()
      try {
        return await (await running).address()
      } catch (error) {
        if (!ready) forget()
        throw error
      }
    },
    async close() {
      const now = await running?.catch(() => null)
      forget()
      if (!now || now.child.exitCode !== null) return
      const ended = once(now.child, 'exit')
      now.end()
      await ended
    },
  }
}

/** In the browser host: a child host on a port of its own. It ends with this process, whatever ends it. */
export async function startBrowserPractice(entry: string): Promise<Running> {
  const args = [...process.execArgv, entry, '--demo', '--no-open', '--port', '0']
  // the channel says nothing: its end tells the child that nobody is left
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] })
  const { console: url, token } = await readyLine(child)
  return {
    child,
    async address() {
      const answer = await fetch(`${url}/open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(5000),
      })
      return ((await answer.json()) as { url: string }).url
    },
    // a signal would end it as it stands on Windows, and leave its folder
    end: () => child.disconnect(),
  }
}

/**
 * On the desktop: a second window, which is a program of its own and is closed like one. Its folder is made and removed
 * here, since it may be ended before it is up, and on Windows a signal gives it no time.
 */
export async function startDesktopPractice(args: readonly string[]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'sitedesk-demo-'))
  const child = spawn(process.execPath, [...args, '--demo', '--data-dir', folder], { stdio: 'ignore' })
  const remove = () => removeFolder(folder)
  child.once('exit', remove).once('error', remove)
  await once(child, 'spawn')
  return { child, address: () => Promise.resolve(null), end: () => void child.kill('SIGTERM') }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // it lies where the system tidies up
  }
}

async function readyLine(child: ChildProcess): Promise<{ console: string; token: string }> {
  if (!child.stdout) throw new Error('the practice console has no output')
  const stop = AbortSignal.timeout(READY_MS)
  const line = once(createInterface(child.stdout), 'line', { signal: stop })
  const ended = once(child, 'exit', { signal: stop }).then(([code]) => {
    throw new Error(`the practice console ended with ${String(code)} before it was ready`)
  })
  try {
    const [text] = (await Promise.race([line, ended])) as [string]
    return JSON.parse(text) as { console: string; token: string }
  } catch (error) {
    child.kill()
    throw error
  } finally {
    ended.catch(() => undefined)
  }
}

/** Started by another console for practice, this one ends when that one is gone. */
export function endWithParent(end: () => void): void {
  if (process.connected) process.once('disconnect', end)
}
