import nodeModule from 'node:module'
import type { AutomationControl } from '#core/context.ts'
import { workerBeside } from '#main/adapters/workers.ts'
import { fileURLToPath } from 'node:url'
import { parseFlags, type Flags } from '../launch/flags.ts'
import { createPractice, endWithParent, startBrowserPractice } from '../launch/practice.ts'
import { keepFilesPrivate, logBugs, surviveClosedOutput } from '../launch/process-guard.ts'
import { recordCrash } from '../launch/crash-file.ts'
import { LaunchRefusal } from '../launch/refusal.ts'
import { reportFailure, say } from '../launch/report.ts'
import { planStart, startCore, type Started } from '../launch/start-core.ts'
import { updateHost } from '../launch/update-host.ts'
import { createStop, stopOnSignals } from '../launch/stop.ts'
import { openBrowser } from './open-browser.ts'
import { PORT_PROBLEMS, portProblem } from './port-problem.ts'
import { startWebHost, type WebHost } from './server.ts'

export interface HeadlessOptions {
  readonly args: readonly string[]
  /** the worker is built beside the entry */
  readonly entryUrl: string
  /** the built page */
  readonly page: string
}

/** The console without Electron, from flags to ready line; ends the process when it cannot start. */
export async function runHeadless(options: HeadlessOptions): Promise<void> {
  keepFilesPrivate()
  surviveClosedOutput()
  try {
    await run(options, parseFlags(options.args, 'headless'))
  } catch (error) {
    process.exit(reportFailure(error))
  }
}

async function run({ entryUrl, page }: HeadlessOptions, flags: Flags): Promise<void> {
  if (flags.selfTest) return tryOut({ entryUrl, page })
  let web: WebHost | undefined
  const plan = planStart(flags)
  const starting = startCore({
    plan,
    workerUrl: workerBeside(entryUrl),
    automation: alwaysOn(() => web),
    practice: createPractice(() => startBrowserPractice(fileURLToPath(entryUrl))),
    updates: updateHost({ kind: 'headless', install: null }),
    lost: (error) => process.exit(reportFailure(error)),
    say,
  })
  const stopping = createStop(async () => {
    await web?.close()
    await (await settled(starting))?.close()
  }, say)
  stopOnSignals(stopping, exit)
  endWithParent(() => void stopping.stop('parent').then(exit))
  const { core, ports } = await starting
  logBugs(ports.log, stopping, exit, (error) => recordCrash(plan.directory.path, 'main', error))
  try {
    web = await startWebHost({
      core,
      log: ports.log,
      page,
      port: flags.port,
      now: () => ports.clock.monotonic(),
    })
  } catch (error) {
    await stopping.stop('error')
    throw portRefusal(error, flags.port)
  }
  await core.lan.begin()
  if (core.lan.state().state === 'failed') say('the LAN service does not listen; the console says why')
  process.stdout.write(`${readyLine(web, core.lan.state().url)}\n`)
  core.startBackground()
  if (flags.open) await openConsole(web)
  nodeModule.flushCompileCache()
}

/** `--self-test`: says in one line whether this copy works here, and ends. */
async function tryOut(options: Omit<HeadlessOptions, 'args'>): Promise<void> {
  const { selfTest } = await import('../launch/self-test.ts')
  const report = await selfTest({ ...options, host: 'headless' })
  process.stdout.write(`${JSON.stringify(report)}\n`, () => exit(report.ok ? 0 : 1))
}

/** This host is its own automation API, whatever the settings say of the desktop's. */
const alwaysOn = (web: () => WebHost | undefined): AutomationControl => ({
  state: () => {
    const { url = null, token = null } = web() ?? {}
    return Promise.resolve({ enabled: true, url, token, reason: null })
  },
  apply: () => Promise.resolve(),
})

const exit = (code: number) => process.exit(code)

/** The start's own failure is told where the start is awaited. */
const settled = (starting: Promise<Started>) => starting.catch(() => null)

const readyLine = ({ url, token }: WebHost, lan: string | null) =>
  JSON.stringify({ event: 'ready', console: url, token, lan, pid: process.pid })

async function openConsole(web: WebHost): Promise<void> {
  if (await openBrowser(web.openingUrl())) return
  say(`no browser could be opened; go to ${web.url} and paste the token of the ready line`)
}

function portRefusal(error: unknown, port: number | null): unknown {
  const problem = portProblem(error)
  return problem === null ? error : new LaunchRefusal(1, `port ${port} ${PORT_PROBLEMS[problem]}`)
}
