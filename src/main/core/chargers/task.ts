import type { Exchange } from '#shared/contract/chargers.ts'
import { ambiguous } from './air.ts'
import { cancelled, typed } from './errors.ts'
import { STANDARD_PROFILE } from './frame.ts'
import type { ChargerParts, TaskOptions } from './index.ts'
import { createSession, type ChargerSession, type PortReport } from './session.ts'
import type { Wire } from './wire.ts'

/** One task with one charger, whose lease is held: connect, work, and what was said is stored. */
export async function runTask<T>(
  parts: ChargerParts,
  name: string,
  options: TaskOptions,
  work: (session: ChargerSession) => Promise<T>,
): Promise<T> {
  const signal = options.signal ? AbortSignal.any([options.signal, parts.closing]) : parts.closing
  if (signal.aborted) throw cancelled()
  const wire = parts.links.take(name)
  const step = { now: options.step ?? null }
  const exchanges = record(parts, wire, options, step)
  try {
    if (!wire.usable) await wire.open(signal)
    return await work(sessionOf(parts, wire, { options, signal, step, exchanges }))
  } catch (error) {
    throw typed(error, name)
  } finally {
    await parts.links.giveBack(wire, (options.keep ?? true) && !signal.aborted)
    await parts.log.stored()
  }
}

/** Lines for the session and for the store; what comes after the task is still the task's. */
function record(
  { ctx, log }: ChargerParts,
  wire: Wire,
  { runId = null, operator = null }: TaskOptions,
  step: { now: string | null },
): readonly Exchange[] {
  const exchanges: Exchange[] = []
  wire.noteTo((direction, text) => {
    const exchange = { at: ctx.ports.clock.now(), direction, text }
    exchanges.push(exchange)
    log.add({ name: wire.name, runId, operator, step: step.now }, exchange)
  })
  return exchanges
}

interface Task {
  readonly options: TaskOptions
  readonly signal: AbortSignal
  readonly step: { now: string | null }
  readonly exchanges: readonly Exchange[]
}

function sessionOf(parts: ChargerParts, wire: Wire, task: Task): ChargerSession {
  const { ctx, areas, probed, stamps } = parts
  const { name } = wire
  const session = createSession({
    wire,
    stamps,
    clock: ctx.ports.clock,
    signal: task.signal,
    exchanges: task.exchanges,
    step: task.step,
    zone: areas.settings.zone,
    clockToleranceS: parts.timings().clockToleranceS,
    profile: task.options.profile ?? areas.devices.profileOf(name) ?? probed.get(name) ?? STANDARD_PROFILE,
    jamCodeOf: (parity) => areas.devices.jamCodeOf(name, parity),
    guard: () => guard(parts, name),
    reported: (report) => save(parts, name, report),
    probed: (profile) => void probed.set(name, profile),
  })
  return session
}

/** A charger that is connected does not advertise: whoever uses its name now is another one (pain 6). */
function guard({ air, links, ctx }: ChargerParts, name: string): void {
  const peer = links.peerOf(name)
  const now = ctx.ports.clock.monotonic()
  const other = peer && air.sightings.otherSince(name, peer.radioId, peer.since)
  if (other || air.sightings.of(name, now)?.ambiguous) throw ambiguous(name)
}

/** The registry's port column is the last report (U-17, R-07); nobody waits for it. */
function save({ ctx, areas: { devices } }: ChargerParts, name: string, { packed, at }: PortReport): void {
  const known = devices.byName(name)
  if (!known) return
  ctx.store.site
    .write(() => devices.saveReport(name, packed, at))
    .then(
      () => devices.changed([known.deviceCode]),
      (error: unknown) => ctx.ports.log.error('a port report could not be stored', { error: String(error) }),
    )
}
