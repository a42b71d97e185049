import type { OpenRadio, Radio } from '#core/chargers/radio.ts'
import type { Clock, Log } from '#core/ports.ts'
import { DriverFailure, type OpenDriver } from './driver.ts'
import { LazyRadio } from './lazy-radio.ts'
import { LIMITS } from './limits.ts'
import { createNobleRadio } from './noble-radio.ts'
import { systemDriver } from './system-driver.ts'
import { tcpDriver } from './tcp-driver.ts'

export interface OpenRadioOptions {
  readonly clock: Clock
  readonly log: Log
  /** the simulated chargers; handed in by the host, loaded when they are asked for */
  readonly demo?: () => Promise<Radio>
}

/** What the setting `bluetooth.adapter` names. Nothing is loaded or opened before the radio is started. */
export function createOpenRadio({ clock, log, demo = noDemo }: OpenRadioOptions): OpenRadio {
  const noble = (open: OpenDriver) => createNobleRadio({ clock, log, open })
  return (adapter) => {
    if (adapter === 'demo') return new LazyRadio(demo)
    if (adapter === 'system') return noble(systemDriver(log))
    if (isRemote(adapter)) return noble(tcpDriver({ url: adapter, clock, log, limits: LIMITS }))
    return noble(() => Promise.reject(new DriverFailure('failed', `no such adapter: ${adapter}`)))
  }
}

const noDemo = () => Promise.reject(new Error('this host brings no simulated chargers'))

const isRemote = (adapter: string): boolean =>
  adapter.startsWith('tcp://') && URL.canParse(adapter) && new URL(adapter).port !== ''
