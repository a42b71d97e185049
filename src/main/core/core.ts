import { createAudit } from './audit/index.ts'
import { createBackups } from './backups/index.ts'
import type { Caller, CoreContext, CoreOptions, Handlers } from './context.ts'
import { createDemo } from './demo/index.ts'
import { createDispatch } from './dispatch.ts'
import { createEvents } from './events.ts'
import { createExports } from './exports/index.ts'
import { createJobs } from './jobs/index.ts'
import { createMeters } from './meters/index.ts'
import { createOperators } from './operators/index.ts'
import type { Ports } from './ports.ts'
import { createSettings } from './settings/index.ts'
import { keepLogShort } from './store/checkpoint.ts'
import { openStore } from './store/store.ts'
import { createSync } from './sync/index.ts'
import { createSystem } from './system/index.ts'
import { createUpstreams } from './upstream/index.ts'
import type { CoreEvent } from '#shared/contract/events.ts'

/** The whole desk behind its doors. */
export interface Core {
  /** Answers one operation; rejects with SitedeskError only. */
  call(caller: Caller, operation: string, input: unknown): Promise<unknown>
  /** Pushes events to one screen; nothing while nobody is signed in on it. Returns how to stop. */
  subscribe(caller: Caller, listener: (event: CoreEvent) => void): () => void
  /** Work that waits until the ready line is out: checks, backups, the sync schedule. */
  startBackground(): void
  /** The computer slept: aborts what hangs and goes on where it stood (F-28). */
  resumeAfterSleep(): Promise<void>
  /** Ends running jobs resumably, waits for writes, closes the files. */
  close(): Promise<void>
}

/** Opens the data folder; throws STORE_NEWER or STORE_DAMAGED with nothing changed. */
export async function openCore(ports: Ports, options: CoreOptions): Promise<Core> {
  const store = await openStore(ports, options.directory)
  try {
    return await assemble({ ports, store, options, events: createEvents(ports.log) })
  } catch (error) {
    await store.close()
    throw error
  }
}

async function assemble(ctx: CoreContext): Promise<Core> {
  keepLogShort(ctx.ports, ctx.store.history)
  const audit = createAudit(ctx)
  const settings = await createSettings(ctx)
  const operators = await createOperators(ctx, { settings, audit })
  const upstreams = createUpstreams(ctx, { settings })
  const meters = createMeters(ctx, { settings })
  const jobs = await createJobs(ctx)
  const sync = createSync(ctx, { settings, upstreams, meters, jobs })
  const backups = createBackups(ctx)
  const system = createSystem(ctx, { settings, operators, upstreams, meters, jobs, sync, backups })
  const exports = createExports(ctx, {
    zone: settings.zone,
    list: (caller, name, input) => dispatch(caller, name, input),
  })
  const handlers: Handlers = {
    ...audit.handlers,
    ...settings.handlers,
    ...operators.handlers,
    ...upstreams.handlers,
    ...meters.handlers,
    ...jobs.handlers,
    ...sync.handlers,
    ...system.handlers,
    ...exports.handlers,
    ...createDemo(ctx).handlers,
  }
  const dispatch = createDispatch(ctx, { sessions: operators.sessions, audit, handlers })
  return {
    call: dispatch,
    subscribe(caller, listener) {
      sync.attend()
      return operators.sessions.subscribe(caller, listener)
    },
    startBackground() {
      backups.start()
      sync.startSchedule()
    },
    resumeAfterSleep: sync.resumeAfterSleep,
    async close() {
      await sync.stopSchedule()
      await jobs.close()
      meters.close()
      await backups.close()
      upstreams.close()
      operators.sessions.close()
      await ctx.ports.workers.close()
      await ctx.store.close()
    },
  }
}
