import { RadioFailure } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import type { RadioLimits } from './limits.ts'
import type { LinkLife } from './link.ts'
import type { Noble, Peripheral } from './noble-types.ts'
import { ENDLESS, failureOf, heardWithin } from './step.ts'

export interface Attempt {
  readonly noble: Noble
  readonly peripheral: Peripheral
  readonly clock: Clock
  readonly limits: RadioLimits
  readonly ms: number
  /** hears of the link's end from its first moment */
  readonly life: LinkLife
  /** the caller gave up, or the adapter is gone */
  readonly ended: AbortSignal
  /** the adapter is gone: nothing more will be confirmed */
  readonly adapterGone: AbortSignal
  /** a cancelled attempt was never confirmed: the driver may hold on to it for ever */
  readonly onStuck: () => void
}

/** Opens the link, or rejects when the attempt is over for the driver too. */
export async function openLink(attempt: Attempt): Promise<void> {
  const { peripheral, ms } = attempt
  await forgetOld(attempt)
  // ble.md §5.6: what an earlier attempt left behind would run again
  peripheral.removeAllListeners()
  if (attempt.ended.aborted) throw failureOf(attempt.ended)
  attempt.life.watch(peripheral)
  const outcome = await firstOf(attempt)
  if (outcome.kind === 'connected') return
  if (outcome.kind === 'error') throw new RadioFailure('refused', `not connected: ${outcome.detail}`)
  if (!attempt.adapterGone.aborted) await cancel(attempt)
  throw outcome.kind === 'ended'
    ? failureOf(attempt.ended)
    : new RadioFailure('connectTimeout', `not connected within ${ms} ms`)
}

type Outcome = { kind: 'connected' | 'late' | 'ended' } | { kind: 'error'; detail: string }

/** connect() to a device that is not there never ends by itself (ble.md §5.1). */
function firstOf({ peripheral, clock, ms, ended }: Attempt): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = new AbortController()
    const settle = (outcome: Outcome) => {
      peripheral.removeListener('connect', connected)
      ended.removeEventListener('abort', end)
      timer.abort()
      resolve(outcome)
    }
    const connected = (error: unknown) =>
      settle(error ? { kind: 'error', detail: detailOf(error) } : { kind: 'connected' })
    const end = () => settle({ kind: 'ended' })
    peripheral.on('connect', connected)
    ended.addEventListener('abort', end)
    clock.sleep(ms, timer.signal).then(
      () => settle({ kind: 'late' }),
      () => undefined,
    )
    try {
      peripheral.connect()
    } catch (error) {
      settle({ kind: 'error', detail: detailOf(error) })
    }
  })
}

/**
 * A link that noble believes in and we do not: the adapter was off for less than noble's poll, or a close was never
 * confirmed. noble would refuse with "already connected" (ble.md §5.7).
 */
async function forgetOld({ peripheral, clock, limits, ended }: Attempt): Promise<void> {
  if (peripheral.state !== 'connected' && peripheral.state !== 'disconnecting') return
  const act = () => peripheral.disconnect()
  await heardWithin({ on: peripheral, event: 'disconnect', act, clock, ms: limits.closeMs, ended })
  peripheral.state = 'disconnected'
}

/**
 * noble says "cancelled" at once; the controller confirms later, and only then may the next attempt begin
 * (ble.md §5.3). The link may also have come up in between: then it is closed again.
 */
async function cancel({ noble, peripheral, clock, limits, adapterGone, onStuck }: Attempt): Promise<void> {
  const { _bindings: bindings } = noble
  const wait = { on: peripheral, clock, ended: adapterGone }
  if (!bindings.cancelConnect) {
    // WinRT and CoreBluetooth: closing what is not open yet gives it up; both need not confirm it
    const act = () => peripheral.disconnect()
    await heardWithin({ ...wait, event: 'disconnect', act, ms: limits.cancelMs })
    peripheral.state = 'disconnected'
    peripheral.on('connect', () => peripheral.disconnect())
    return
  }
  peripheral.cancelConnect()
  // only now: the event that noble has just sent itself is not the confirmation
  const confirmed = await heardWithin({
    ...wait,
    event: 'connect',
    act: () => undefined,
    ms: limits.cancelMs,
  })
  if (!confirmed) {
    if (!adapterGone.aborted) onStuck()
  } else if ((peripheral.state as string) === 'connected') {
    const act = () => peripheral.disconnect()
    await heardWithin({ ...wait, event: 'disconnect', act, ms: limits.closeMs, ended: ENDLESS })
  }
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
