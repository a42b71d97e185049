import { hostname } from 'node:os'
import type { AutomationControl, CoreOptions, PracticeControl } from '#core/context.ts'
import { openCore, type Core } from '#core/core.ts'
import type { KeyWrap, Ports } from '#core/ports.ts'
import type { UpdateHost } from '#core/updates/index.ts'
import { FolderInUse, lockFolder } from '#main/adapters/lock.ts'
import { createPorts } from '#main/adapters/ports.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { createLan, createPayments, paymentProblem } from '#main/lan/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { readProfile, type LoadedProfile } from './config.ts'
import { dataDirectory, type DataDirectory } from './data-dir.ts'
import { demoRadioOf, startDemo, type Demo } from './demo.ts'
import type { Flags } from './flags.ts'
import { LaunchRefusal } from './refusal.ts'
import { openRestartable } from './restartable.ts'
import { restore } from './restore.ts'
import { VERSION } from './version.ts'

/** What was asked, judged before the data folder is touched. */
export interface Plan {
  readonly flags: Flags
  readonly loaded: LoadedProfile | null
  readonly directory: DataDirectory
}

export interface StartOptions {
  readonly plan: Plan
  /** the built worker, found beside the entry */
  readonly workerUrl: URL
  readonly keyWraps?: readonly KeyWrap[]
  readonly automation: AutomationControl
  /** the practice console cannot start another */
  readonly practice: PracticeControl
  readonly updates: UpdateHost
  /** the core closed for a restore and cannot open again */
  readonly lost: (error: unknown) => void
  /** one line for people, on stderr */
  readonly say: (line: string) => void
}

export interface Started {
  readonly core: Core
  readonly ports: Ports
  /** closes the core, gives the folder back, removes a throw-away one */
  close(): Promise<void>
}

/** Throws LaunchRefusal for what a person can put right. */
export function planStart(flags: Flags): Plan {
  const loaded = flags.config === null ? null : readProfile(flags.config)
  if (loaded) refuseUnusableKeys(flags.config, loaded)
  return { flags, loaded, directory: dataDirectory(flags) }
}

/** What is wrong with a key file is said before anybody wants to pay. */
function refuseUnusableKeys(file: string | null, { profile }: LoadedProfile): void {
  const payment = profile.lan?.payment
  const problem = payment?.kind === 'wechatpay' ? paymentProblem(payment) : null
  if (problem !== null) throw new LaunchRefusal(2, `${file}: ${problem}`)
}

/** Takes the data folder, restores if asked, opens the core. Throws LaunchRefusal likewise. */
export async function startCore(options: StartOptions): Promise<Started> {
  const { plan, workerUrl, keyWraps = [], automation, practice, updates, lost, say } = options
  const { flags, loaded, directory } = plan
  if (loaded?.readable) say(`${flags.config}: other users of this machine can read this file`)
  const undo: (() => void | Promise<void>)[] = [() => directory.dispose()]
  try {
    const lock = lockFolder(directory.path)
    undo.push(() => lock.release())
    const demo = flags.demo ? await startDemo() : null
    if (demo) undo.push(() => demo.close())
    const demoRadio = demoRadioOf(demo)
    const ports = createPorts({ directory: directory.path, workerUrl, extraKeyWraps: keyWraps, demoRadio })
    if (flags.restore !== null) for (const line of restore(ports, directory.path, flags.restore)) say(line)
    undo.push(() => practice.close())
    const standing = {
      ...coreOptions(directory.path, loaded, demo),
      automation,
      updates,
      ...(demo ? {} : { practice }),
    }
    let used = ports
    const { core } = await openRestartable({
      lost: (error) => lost(asRefusal(error)),
      async open(again) {
        const opened = await openCore(used, { ...standing, restart: again })
        // a core closes its workers with itself: the next one has its own
        used = { ...ports, workers: createWorkers(workerUrl) }
        return opened
      },
    })
    undo.push(() => core.close())
    return { core, ports, close: () => runBackwards(undo) }
  } catch (error) {
    await runBackwards(undo)
    throw asRefusal(error)
  }
}

function coreOptions(directory: string, loaded: LoadedProfile | null, demo: Demo | null): CoreOptions {
  return {
    version: VERSION,
    directory,
    demo: demo !== null,
    machine: hostname(),
    createLan,
    createPayments,
    ...(loaded ? { profile: loaded.profile, profileReadable: loaded.readable } : {}),
    ...demo?.options,
  }
}

/** Every step is tried, whatever became of the one before; the first failure is told at the end. */
async function runBackwards(steps: (() => void | Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (let step = steps.pop(); step; step = steps.pop()) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

function asRefusal(error: unknown): unknown {
  if (error instanceof FolderInUse) return new LaunchRefusal(1, error.message, { cause: error })
  if (error instanceof SitedeskError) return new LaunchRefusal(1, error.message, { cause: error })
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof Error && ['EACCES', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EPERM'].includes(code))
    return new LaunchRefusal(1, `the data folder cannot be used: ${error.message}`, { cause: error })
  return error
}
