/**
 * `npm start`: builds when stale, then the desktop console; where Electron cannot run, the same console in the
 * browser, said in one line. APP_HOST=desktop|browser|auto forces it.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseFlags } from '../src/main/hosts/launch/flags.ts'
import { LaunchRefusal, LINE_PREFIX } from '../src/main/hosts/launch/refusal.ts'
import { reportFailure, say } from '../src/main/hosts/launch/report.ts'
import { buildIfStale } from './build-if-stale.ts'
import { findElectron } from './find-electron.ts'
import { root } from './sources.ts'

/** An Electron that ends by itself, badly, within this time cannot run here (missing library, sandbox). */
const DIES_AT_ONCE_MS = 5000

const args = process.argv.slice(2)

type Host = 'desktop' | 'browser' | 'auto'

async function start(): Promise<void> {
  const host = chosenHost()
  // Wrong flags are told before anything is built or started.
  parseFlags(args, host === 'browser' ? 'headless' : 'desktop')
  const looking = host === 'browser' ? null : findElectron()
  if (!(await buildIfStale())) throw new LaunchRefusal(1, 'the build failed')
  if (!looking) return openInBrowser()
  const found = await looking
  const reason = 'reason' in found ? found.reason : await runDesktop(found.binary)
  if (host === 'desktop') throw new LaunchRefusal(1, `Electron cannot run here: ${reason}`)
  say(`Electron cannot run here (${reason}); opening the console in the browser instead`)
  return openInBrowser()
}

function chosenHost(): Host {
  const wanted = process.env['APP_HOST'] ?? 'auto'
  if (wanted === 'desktop' || wanted === 'browser' || wanted === 'auto') return wanted
  throw new LaunchRefusal(2, `APP_HOST: expected desktop, browser or auto, got ${wanted}`)
}

async function openInBrowser(): Promise<void> {
  await import(pathToFileURL(join(root, 'out/main/headless.js')).href)
}

/**
 * Runs the desktop to its end and ends with its exit code; comes back with a reason only when Electron died at
 * once and without a word of ours, since then no data folder was touched.
 */
function runDesktop(binary: string): Promise<string> {
  const startedAt = performance.now()
  const child = spawn(binary, [root, ...args], { cwd: root, stdio: ['inherit', 'inherit', 'pipe'] })
  let oursSpoke = false
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    oursSpoke ||= text.split('\n').some((line) => line.startsWith(LINE_PREFIX))
    process.stderr.write(text)
  })
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass)
  return new Promise((resolve) => {
    const giveBack = (reason: string) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, pass)
      resolve(reason)
    }
    child.once('error', (error) => giveBack(error.message))
    child.once('close', (code, signal) => {
      const quick = performance.now() - startedAt < DIES_AT_ONCE_MS
      if (code !== 0 && quick && !oursSpoke) giveBack(`it ended with ${signal ?? `exit code ${code}`}`)
      else process.exit(code ?? 1)
    })
  })
}

try {
  await start()
} catch (error) {
  process.exit(reportFailure(error))
}
