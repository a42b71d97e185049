import { PORTS, type PortNumber } from '#shared/chargers.ts'
import { MINUTE, SECOND } from '#shared/time.ts'
import type { PortState } from '#shared/contract/chargers.ts'
import type { Reason, StepName } from '#shared/contract/provisioning.ts'
import { SitedeskError } from '#shared/errors.ts'
import { median, reasonOf, type ChargerSession, type PortReport } from '../chargers/index.ts'
import type { Facts } from './machine.ts'
import type { RunParts } from './parts.ts'
import { portOf, TEST_MINUTES, type Progress } from './progress.ts'
import type { Where } from './store.ts'

/** What became of a step. Whatever else goes wrong is thrown. */
export type StepEnd = { readonly passed: Facts } | { readonly ask: Reason } | { readonly failed: Reason }

const OK: StepEnd = { passed: {} }
const failed = (code: string, data?: Reason['data']): StepEnd => ({
  failed: data ? { code, data } : { code },
})

/** features §4 "Scan and provision": farther away the installer is asked to come closer. */
export const WEAK_DBM = -85
const SAMPLES = 5
const FIND_MS = 10 * SECOND
/** enough for five advertisements of a charger that is near */
const MEASURE_MS = 2500
/** how far off the clock may be when it is read back */
const MOST_SKEW_S = 2
/** Within this time 000 proves that POWERON had no effect; later the minute may be over (B-14). */
const PROOF_MS = TEST_MINUTES * MINUTE - 10 * SECOND

export interface StepContext extends RunParts {
  readonly where: Where
  readonly signal: AbortSignal
}

/** Is it there, and near enough, and free for this code? Nothing is written. */
export async function find(context: StepContext, progress: Progress): Promise<StepEnd> {
  const { areas, signal, where } = context
  const conflict = conflictOf(context, progress)
  if (conflict) return { failed: conflict }
  const { name } = where
  await areas.chargers.find(name, { timeoutMs: FIND_MS, signal })
  const measured = await measure(context, progress.memory.cameCloser)
  await context.apply(where, { type: 'signal', samples: measured })
  const dbm = median(measured)
  if (measured.length === 0 || dbm >= WEAK_DBM) return OK
  const data = { median: dbm, limit: WEAK_DBM }
  return progress.memory.cameCloser ? failed('weakSignal', data) : { ask: { code: 'comeCloser', data } }
}

/** The newest samples. A weak one is held against more of them; what was heard farther away counts no more. */
async function measure({ ctx, areas, where, signal }: StepContext, anew: boolean): Promise<number[]> {
  const { chargers } = areas
  const newest = () => chargers.signalOf(where.name).slice(-SAMPLES)
  const heard = newest()
  if (!anew && (heard.length === 0 || median(heard) >= WEAK_DBM || heard.length >= SAMPLES)) return heard
  await chargers.listen(MEASURE_MS)
  await ctx.ports.clock.sleep(MEASURE_MS, signal)
  return newest()
}

/** A code or a charger that the registry has otherwise: found before anything is tested. */
function conflictOf({ areas: { devices } }: RunParts, { name, deviceCode }: Progress): Reason | null {
  const code = devices.byCode(deviceCode)
  if (code && code.btName !== name) return { code: 'codeTaken', data: { deviceCode, btName: code.btName } }
  const known = devices.byName(name)
  if (known && known.deviceCode !== deviceCode)
    return { code: 'nameTaken', data: { deviceCode: known.deviceCode, btName: name } }
  return null
}

/** One step that needs the connection. */
export function onAir(
  context: StepContext,
  session: ChargerSession,
  { step, progress }: { step: StepName; progress: Progress },
): Promise<StepEnd> {
  const port = portOf(step)
  if (port !== null)
    return step.endsWith('.on') ? switchOn(context, session, port, progress) : switchOff(session, port)
  if (step === 'profile') return probe(session)
  if (step === 'clock') return setClock(session)
  if (step === 'ports') return readPorts(session, progress)
  // `connected`: the session stands
  return Promise.resolve(OK)
}

async function probe(session: ChargerSession): Promise<StepEnd> {
  return { passed: { profile: await session.probe() } }
}

/** The probe has just set it; after a restart it may be off again. */
async function setClock(session: ChargerSession): Promise<StepEnd> {
  const right = (skewS: number | null) => skewS !== null && Math.abs(skewS) <= MOST_SKEW_S
  const first = await session.readClock()
  if (right(first.skewS)) return { passed: { clockSkewS: first.skewS ?? 0 } }
  await session.setClock()
  const { skewS, text } = await session.readClock()
  if (right(skewS)) return { passed: { clockSkewS: skewS ?? 0 } }
  return failed('clockOff', { skewS, clock: text })
}

/** All four, none broken; a port to be tested is free unless this run has switched it on. */
async function readPorts(session: ChargerSession, { steps, memory }: Progress): Promise<StepEnd> {
  const { ports, packed } = await session.ports()
  const tested = (port: PortNumber) =>
    steps.some((one) => one.step === `test${port}.on` && one.state !== 'skipped')
  for (const port of PORTS) {
    const state = stateOf(ports, port)
    const wrong = verdict(state)
    if (wrong && (state.state !== 'charging' || (tested(port) && !memory.power[port]))) return wrong
  }
  return { passed: { packed } }
}

const stateOf = (ports: readonly PortState[], port: number): PortState =>
  ports.find((one) => one.port === port) ?? { port, state: 'unknown', minutes: null }

/** null: free */
function verdict({ port, state, minutes }: PortState): StepEnd | null {
  if (state === 'free') return null
  if (state === 'charging') return failed('portBusy', { port, minutes })
  return failed(state === 'broken' ? 'portBroken' : 'portUnknown', { port })
}

/** POWERON for a minute, read back. One that may have left already is not sent again unless STA proves it idle. */
async function switchOn(
  context: StepContext,
  session: ChargerSession,
  port: PortNumber,
  { memory }: Progress,
): Promise<StepEnd> {
  const before = memory.power[port]
  if (before && before.state !== 'off') {
    const state = stateOf((await session.ports()).ports, port)
    if (state.state === 'charging' && (state.minutes ?? 0) <= TEST_MINUTES) return OK
    const wrong = verdict(state)
    if (wrong) return wrong
    if (before.approved !== true && !provenIdle(context, port, before.at))
      return { ask: { code: 'switchOnAgain', data: { port } } }
  }
  const { report } = await session.powerOn(port, TEST_MINUTES, {
    beforeWrite: async () => {
      const now = await context.apply(context.where, { type: 'intend', port })
      // a person was quicker and left it out
      if (now?.state !== 'running') throw new SitedeskError('CANCELLED', 'The charger was left out.')
    },
  })
  return afterOn(report ?? (await session.ports()), port)
}

/** Free proves nothing once the bytes surely left, or once the minute may be over. */
function provenIdle({ store, where, ctx }: StepContext, port: PortNumber, at: number): boolean {
  const age = ctx.ports.clock.now() - at
  return age >= 0 && age < PROOF_MS && !store.wasSent(where, `@POWERON|${port}|`, at)
}

/** B-14: some show 000 in the last minute; the person's eyes follow anyway. */
function afterOn({ ports, packed }: PortReport, port: PortNumber): StepEnd {
  const state = stateOf(ports, port)
  if (state.state === 'charging' || state.state === 'free') return { passed: { packed } }
  return verdict(state) ?? OK
}

/** B-27: what STA says afterwards counts. */
async function switchOff(session: ChargerSession, port: PortNumber): Promise<StepEnd> {
  const { report } = await session.powerOff(port)
  const { ports, packed } = report ?? (await session.ports())
  const state = stateOf(ports, port)
  if (state.state === 'free') return { passed: { packed } }
  if (state.state === 'charging') return failed('stillOn', { port, minutes: state.minutes })
  return verdict(state) ?? OK
}

/** What a thrown error means for the charger. */
export function failureOf(error: unknown): Reason {
  if (!(error instanceof SitedeskError) || error.code !== 'CODE_TAKEN') return reasonOf(error)
  const { what, deviceCode, btName } = error.data as { what: string; deviceCode: string; btName: string }
  return { code: what === 'btName' ? 'nameTaken' : 'codeTaken', data: { deviceCode, btName } }
}
