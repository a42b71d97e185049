import type { PortNumber } from '#shared/chargers.ts'
import type { StepName } from '#shared/contract/provisioning.ts'
import { SitedeskError } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { ChargerSession } from '../chargers/index.ts'
import { litPorts, openStep, type Progress } from './progress.ts'
import { failureOf, find, onAir, type StepContext, type StepEnd } from './steps.ts'

export interface DeviceRun extends StepContext {
  readonly operator: string
  /** false: paused, cancelled or closing; the step it was in is the last */
  mayGoOn(): boolean
  /** there is no radio: true when it is worth another try, some seconds later */
  waitForRadio(): Promise<boolean>
}

/**
 * Works on one charger until it has come to its end, asks, or has to stop. Every step is on the disk as running before
 * it begins; what it found, before the next one.
 */
export async function runDevice(run: DeviceRun): Promise<Progress | null> {
  try {
    let progress = await run.apply(run.where, { type: 'take' })
    while (progress?.state === 'running' && run.mayGoOn()) progress = await oneStage(run, progress)
    return progress?.state === 'running' ? await run.apply(run.where, { type: 'interrupt' }) : progress
  } catch (error) {
    return await stopped(run, error)
  }
}

/** What fails the charger, unless it was the desk that stopped. */
async function stopped(run: DeviceRun, error: unknown): Promise<Progress | null> {
  if (run.signal.aborted) return run.apply(run.where, { type: 'interrupt' })
  const radioGone = error instanceof SitedeskError && error.code === 'RADIO_UNAVAILABLE'
  if (radioGone && (await run.waitForRadio())) return run.apply(run.where, { type: 'interrupt' })
  // nothing can be stored, so nothing may be done
  if (error instanceof SitedeskError && STORE.includes(error.code)) throw error
  const { log } = run.ctx.ports
  const reason = failureOf(error)
  if (reason.code === 'internal')
    log.error('a step of a provisioning run failed', { name: run.where.name, error: String(error) })
  return run.apply(run.where, { type: 'failed', reason })
}

const STORE: readonly string[] = ['STORAGE_FULL', 'STORE_DAMAGED']

/** Finding and registering need no connection; what lies between shares one. */
async function oneStage(run: DeviceRun, progress: Progress): Promise<Progress | null> {
  const step = openStep(progress)?.step
  if (step === undefined) return progress
  if (step === 'found') return settle(run, step, await find(run, progress))
  if (step === 'registered') return register(run, progress)
  const { areas, where, signal, operator } = run
  const options = {
    task: 'provisioning',
    runId: where.runId,
    step,
    operator,
    signal,
    profile: progress.memory.profile,
  }
  return whenFree(run, () =>
    areas.chargers.withCharger(where.name, options, (session) => connected(run, session, progress)),
  )
}

/** A person at the screen may have it for a moment: to let it flash, or to read it. */
async function whenFree<T>({ ctx, signal }: DeviceRun, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const held = error instanceof SitedeskError && error.code === 'CHARGER_BUSY'
      if (!held || tries >= HELD_TRIES || signal.aborted) throw error
    }
    await ctx.ports.clock.sleep(HELD_MS, signal).catch(() => undefined)
  }
}
const HELD_TRIES = 6
const HELD_MS = SECOND

async function connected(run: DeviceRun, session: ChargerSession, first: Progress): Promise<Progress | null> {
  let progress: Progress | null = first
  while (progress?.state === 'running' && run.mayGoOn()) {
    const step = openStep(progress)?.step
    if (step === undefined || step === 'registered') break
    session.step = step
    progress = await settle(run, step, await onAir(run, session, { step, progress }))
  }
  return progress
}

function settle(run: DeviceRun, step: StepName, end: StepEnd): Promise<Progress | null> {
  if ('passed' in end) return run.apply(run.where, { type: 'passed', step, facts: end.passed })
  if ('ask' in end) return run.apply(run.where, { type: 'ask', step, question: end.ask })
  return run.apply(run.where, { type: 'failed', reason: end.failed })
}

/** The registry and the step change together. */
async function register(run: DeviceRun, progress: Progress): Promise<Progress | null> {
  const { ctx, areas, store, where } = run
  const { name: btName, deviceCode, alias, memory } = progress
  const now = ctx.ports.clock.now()
  const after = await ctx.store.site.write(() => {
    // a person may have left it out since
    const stored = store.device(where)
    if (stored?.state !== 'running') return stored
    const { profile, packed } = memory
    areas.devices.enrol(
      {
        deviceCode,
        btName,
        profile,
        ...(alias === '' ? {} : { alias }),
        ...(packed === null ? {} : { packed }),
      },
      now,
    )
    return store.apply(where, { type: 'passed', step: 'registered' }, now)
  })
  areas.devices.changed([deviceCode])
  run.changed()
  return after
}

/** With these the charger cannot be reached, or what could be done was done. */
const HOPELESS: readonly string[] = [
  'notHeard',
  'unreachable',
  'lost',
  'noReply',
  'radioUnavailable',
  'stillOn',
]

/** Ports of a charger that was given up, while their minute is not over: they end by themselves. */
export const portsToSwitchOff = (progress: Progress): PortNumber[] =>
  HOPELESS.includes(progress.reason?.code ?? '') ? [] : litPorts(progress)

/** Switches them off; that it fails holds nobody up. */
export async function switchOffPorts(
  run: StepContext & Pick<DeviceRun, 'operator'>,
  ports: readonly PortNumber[],
): Promise<void> {
  const { areas, where, signal, operator } = run
  const profile = run.store.device(where)?.memory.profile ?? null
  const options = { task: 'provisioning', runId: where.runId, step: null, operator, signal, profile }
  try {
    await areas.chargers.withCharger(where.name, options, async (session) => {
      for (const port of ports) {
        session.step = `test${port}.off`
        const { off } = await session.powerOff(port)
        if (off === true) await run.apply(where, { type: 'switchedOff', port })
      }
    })
  } catch (error) {
    if (!(error instanceof SitedeskError)) throw error
    run.ctx.ports.log.warn('a port could not be switched off', {
      name: where.name,
      ports,
      error: error.message,
    })
  }
}
