import type { Log } from '#core/ports.ts'
import { LaunchRefusal } from './refusal.ts'
import type { Stopping } from './stop.ts'

/** Node-API 10: an older Node does not refuse the database driver, it ends with a segmentation fault. */
const NODE_API = 10

export function requireNode(versions: NodeJS.ProcessVersions = process.versions): void {
  if (Number(versions.napi) >= NODE_API) return
  throw new LaunchRefusal(1, `Node 22.14 or newer is needed; this is ${versions.node}. Use npm start.`)
}

/** Phones, PIN hashes and the ledger: what this program writes is for its own user, whatever folder it is given. */
export function keepFilesPrivate(): void {
  process.umask(0o077)
}

/** A parent that went away must not take the desk with it. */
export function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/** A forgotten rejection is logged; an exception that nobody caught ends the run, with everything closed. */
export function logBugs(
  log: Log,
  stopping: Stopping,
  exit: (code: number) => void,
  /** writes it down for the next start */
  record: (error: unknown) => void,
): void {
  process.on('unhandledRejection', (reason) => log.error('a promise was forgotten', describe(reason)))
  process.on('uncaughtException', (error) => {
    record(error)
    log.error('nobody caught an error', describe(error))
    void endBadly(stopping, exit)
  })
}

async function endBadly(stopping: Stopping, exit: (code: number) => void): Promise<void> {
  await stopping.stop('error')
  exit(1)
}

const describe = (reason: unknown) => ({
  error: String(reason),
  stack: reason instanceof Error ? reason.stack : undefined,
})
