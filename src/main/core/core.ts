import { alarmSources, createAlarms, type AlarmBell, type Alarms } from './alarms/index.ts'
import { createAttendance } from './attendance/index.ts'
import { createAudit } from './audit/index.ts'
import { createBackups, exchangeFiles, finishRestore } from './backups/index.ts'
import { createCamera } from './camera/index.ts'
import { createChargers } from './chargers/index.ts'
import type { Caller, CoreContext, CoreOptions, Handlers, LanService } from './context.ts'
import { createDemo } from './demo/index.ts'
import { createDevices } from './devices/index.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { createEvents } from './events.ts'
import { createExports } from './exports/index.ts'
import { createHealth, watchWorkers, type Health, type WatchedWorkers } from './health/index.ts'
import { createJobs } from './jobs/index.ts'
import { createLabels } from './labels/index.ts'
import { createMeterCommands, type MeterCommands } from './meter-commands/index.ts'
import { createMeterImports, type MeterImports } from './meter-import/index.ts'
import { createMeters } from './meters/index.ts'
import { loadOperations } from './operations.ts'
import { createOperators } from './operators/index.ts'
import { createPhones, type Phones } from './phones.ts'
import type { Ports } from './ports.ts'
import { createProvisioning } from './provisioning/index.ts'
import { createReceipts } from './receipts/index.ts'
import { createLedger, createRecharge } from './recharge/index.ts'
import { createReconciliation } from './reconciliation/index.ts'
import { createReports } from './reports/index.ts'
import { createRetention, type Retention } from './retention/index.ts'
import { createRooms, type Rooms } from './rooms/index.ts'
import { createSearch } from './search/index.ts'
import { createSettings, type Settings } from './settings/index.ts'
import { createShifts } from './shifts/index.ts'
import { keepLogShort } from './store/checkpoint.ts'
import { openStore, withCure } from './store/store.ts'
import { createSync } from './sync/index.ts'
import { createSystem } from './system/index.ts'
import { createUpdates, type Updates } from './updates/index.ts'
import { createUpstreams } from './upstream/index.ts'
import { createWater, type Water } from './water/index.ts'
import type { CoreEvent } from '#shared/contract/events.ts'

/** The whole desk behind its doors. */
export interface Core {
  /** Answers one operation; rejects with SitedeskError only. */
  call(caller: Caller, operation: string, input: unknown): Promise<unknown>
  /** Pushes events to one screen; nothing while nobody is signed in on it. Returns how to stop. */
  subscribe(caller: Caller, listener: (event: CoreEvent) => void): () => void
  /** The service for mini-programs: a host waits for it to begin before it says that it is ready. */
  readonly lan: Pick<LanService, 'begin' | 'state'> & {
    /** calls back when it may stand otherwise; returns how to stop */
    onChange(listener: () => void): () => void
  }
  /** what a host shows of alarms while no screen is open */
  readonly bell: AlarmBell
  /** Work that waits until the ready line is out: checks, backups, the sync schedule. */
  startBackground(): void
  /** The computer slept: aborts what hangs and goes on where it stood (F-28). */
  resumeAfterSleep(): Promise<void>
  /** Ends running jobs resumably, waits for writes, closes the files. */
  close(): Promise<void>
}

/** Opens the data folder; throws STORE_NEWER or STORE_DAMAGED with nothing changed. */
export async function openCore(ports: Ports, options: CoreOptions): Promise<Core> {
  await exchangeFiles(ports, options.directory)
  const store = await openStore(ports, options.directory)
  try {
    const workers = watchWorkers(ports.workers, ports.clock)
    const ctx = { ports: { ...ports, workers }, store, options, events: createEvents(ports.log) }
    return await assemble(ctx, workers)
  } catch (error) {
    await store.close().catch(() => undefined)
    throw withCure(ports, options.directory, error)
  }
}

async function assemble(ctx: CoreContext, workers: WatchedWorkers): Promise<Core> {
  keepLogShort(ctx.ports, ctx.store.history)
  const audit = createAudit(ctx)
  await finishRestore(ctx, audit)
  const settings = await createSettings(ctx)
  const operators = await createOperators(ctx, { settings, audit })
  const upstreams = createUpstreams(ctx, { settings })
  const meters = createMeters(ctx, { settings })
  const commands = await createMeterCommands(ctx, { upstreams, meters, operators, audit })
  const jobs = await createJobs(ctx)
  const imports = createMeterImports(ctx, { meters, jobs, zone: settings.zone })
  const sync = createSync(ctx, { settings, upstreams, meters, jobs })
  const camera = createCamera(ctx, { settings, meters })
  const rooms = createRooms(ctx, { settings, upstreams, jobs, meters })
  const water = createWater(ctx, { settings, upstreams, jobs, meters, rooms })
  const desk = await createDeskAreas(ctx, { settings, upstreams, rooms, jobs, operators })
  const radio = createChargerAreas(ctx, settings)
  const phones = createPhones(ctx, { settings, operators, devices: radio.devices })
  const demo = createDemo(ctx, { devices: radio.devices, settings })
  await demo.seed()
  const { payments } = phones.charging
  const keeping = await createKeeping(ctx, { settings, operators, meters, jobs, payments })
  const { backups, retention, updates } = keeping
  const health = await createHealth(ctx, workers)
  const work = { sync, jobs, meters, camera, backups, upstreams, operators, health, updates }
  const parts = { desk, rooms, water, radio, phones, commands, imports }
  const system = createSystem(ctx, { ...work, settings, phones, chargers: radio.chargers })
  const sources = alarmSources(ctx, { settings, sync, system, backups, water, phones })
  const alarms = createAlarms(ctx, { settings, operators, sources })
  const list: Dispatch = (caller, name, input) => dispatch(caller, name, input)
  const exports = createExports(ctx, { zone: settings.zone, audit, list })
  const handlers: Handlers = {
    ...audit.handlers(settings),
    ...settings.handlers,
    ...operators.handlers,
    ...upstreams.handlers,
    ...meters.handlers,
    ...camera.handlers,
    ...commands.handlers,
    ...imports.handlers,
    ...jobs.handlers,
    ...sync.handlers,
    ...rooms.handlers,
    ...water.handlers,
    ...desk.handlers,
    ...radio.handlers,
    ...phones.charging.handlers,
    ...phones.lan.handlers,
    ...createSearch({ meters, rooms, devices: radio.devices }).handlers,
    ...createAttendance(ctx, { settings, jobs }).handlers,
    ...createReports(ctx, { ...work, water, rooms, ledger: desk.ledger, zone: settings.zone }).handlers,
    ...keeping.handlers,
    ...system.handlers,
    ...alarms.handlers,
    ...exports.handlers,
    ...demo.handlers,
  }
  const dispatch = createDispatch(ctx, { ...operators, audit, handlers })
  return coreOf(ctx, dispatch, { ...work, ...parts, retention, system, alarms })
}

/** What a host sees of the areas. */
function coreOf(ctx: CoreContext, dispatch: Core['call'], areas: Areas): Core {
  const { sync, camera, desk, rooms, radio, phones, backups } = areas
  const { operators, commands, imports, system, alarms, updates } = areas
  return {
    call: dispatch,
    lan: {
      begin: () => phones.lan.begin(),
      state: () => phones.lan.state(),
      onChange: (listener) =>
        ctx.events.on((event) => {
          if (event.type === 'changed' && event.area === 'lan') listener()
        }),
    },
    bell: alarms.bell,
    subscribe(caller, listener) {
      sync.attend()
      return operators.sessions.subscribe(caller, listener)
    },
    startBackground() {
      void loadOperations()
      ctx.ports.http.warm?.()
      backups.start()
      areas.retention.start()
      system.start()
      updates.start()
      sync.startSchedule()
      camera.start()
      rooms.startNight()
      commands.start()
      imports.start()
      desk.recharge.start()
      desk.receipts.start()
      radio.provisioning.start()
      phones.charging.start()
      alarms.start()
    },
    async resumeAfterSleep() {
      radio.provisioning.resumeAfterSleep()
      // a listener that failed while there was no network is tried again
      await Promise.all([sync.resumeAfterSleep(), desk.recharge.resumeAfterSleep(), phones.lan.begin()])
    },
    close: () => closeAreas(ctx, areas),
  }
}

interface Areas {
  readonly sync: ReturnType<typeof createSync>
  readonly jobs: Awaited<ReturnType<typeof createJobs>>
  readonly desk: Awaited<ReturnType<typeof createDeskAreas>>
  readonly rooms: Rooms
  readonly water: Water
  readonly meters: ReturnType<typeof createMeters>
  readonly camera: ReturnType<typeof createCamera>
  readonly commands: MeterCommands
  readonly imports: MeterImports
  readonly radio: ReturnType<typeof createChargerAreas>
  readonly phones: Phones
  readonly backups: ReturnType<typeof createBackups>
  readonly retention: Retention
  readonly health: Health
  readonly updates: Updates
  readonly system: Pick<ReturnType<typeof createSystem>, 'start'>
  readonly upstreams: ReturnType<typeof createUpstreams>
  readonly operators: Awaited<ReturnType<typeof createOperators>>
  readonly alarms: Alarms
}

/**
 * Nothing new begins, what runs stops where it can go on, and the files close last: whatever became of a step, the
 * others are taken. Rejects with what the first failed one said.
 */
async function closeAreas(ctx: CoreContext, areas: Areas): Promise<void> {
  const steps: readonly (() => unknown)[] = [
    () => areas.alarms.close(),
    () => areas.retention.close(),
    () => areas.phones.close(),
    () => areas.sync.stopSchedule(),
    // a batch waits for its sale, whose request is cut with the others
    () =>
      Promise.all([
        areas.jobs.close(),
        areas.desk.recharge.close(),
        areas.commands.close(),
        areas.imports.close(),
      ]),
    () => areas.desk.receipts.close(),
    () => areas.desk.reconciliation.close(),
    () => areas.rooms.close(),
    () => areas.camera.close(),
    () => areas.water.close(),
    () => areas.meters.close(),
    () => areas.radio.provisioning.close(),
    () => areas.radio.chargers.close(),
    () => areas.backups.close(),
    () => areas.updates.close(),
    () => areas.health.close(),
    () => areas.upstreams.close(),
    () => areas.operators.sessions.close(),
    () => ctx.ports.workers.close(),
    () => ctx.store.close(),
  ]
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

type DeskParts = Pick<
  Parameters<typeof createRecharge>[1],
  'settings' | 'upstreams' | 'jobs' | 'operators'
> & {
  readonly rooms: Rooms
}

/** Where money is taken: the areas around the ledger. */
async function createDeskAreas(ctx: CoreContext, parts: DeskParts) {
  const ledger = createLedger(ctx)
  const shifts = createShifts(ctx, {
    ledger,
    reasonAboveFen: () => parts.settings.values().shifts.reasonAboveFen,
  })
  const recharge = await createRecharge(ctx, { ...parts, shifts, ledger })
  const receipts = createReceipts(ctx, { ...parts, ledger })
  const reconciliation = createReconciliation(ctx, { ...parts, ledger })
  const handlers = {
    ...shifts.handlers,
    ...recharge.handlers,
    ...receipts.handlers,
    ...reconciliation.handlers,
  }
  return { ledger, recharge, receipts, reconciliation, handlers }
}

/** What is copied, what is kept how long, and what replaces the program itself. */
async function createKeeping(
  ctx: CoreContext,
  parts: Parameters<typeof createBackups>[1] & Parameters<typeof createRetention>[1],
) {
  const backups = createBackups(ctx, parts)
  const retention = createRetention(ctx, parts)
  const updates = await createUpdates(ctx, parts)
  const handlers = { ...backups.handlers, ...retention.handlers, ...updates.handlers }
  return { backups, retention, updates, handlers }
}

/** Chargers: the radio, the registry, and what brings one into the other. */
function createChargerAreas(ctx: CoreContext, settings: Settings) {
  const devices = createDevices(ctx, { settings })
  const chargers = createChargers(ctx, { settings, devices })
  const provisioning = createProvisioning(ctx, { chargers, devices, settings })
  const handlers = {
    ...chargers.handlers,
    ...devices.handlers,
    ...provisioning.handlers,
    ...createLabels(ctx, { devices, settings }).handlers,
  }
  return { devices, chargers, provisioning, handlers }
}
