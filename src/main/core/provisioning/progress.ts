import { PORTS, type PortNumber } from '#shared/chargers.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import type { ProvisioningDevice, Reason, Step, StepName } from '#shared/contract/provisioning.ts'
import { PROVISIONING_STEPS } from '#shared/provisioning-codes.ts'

export type DeviceState = ProvisioningDevice['state']

/** What the run did to the power of a port; stored before the bytes leave. */
export interface PortPower {
  /** epoch ms of the intent */
  readonly at: number
  /** `intended`: POWERON may have left · `on`: STA said so · `off`: STA said so */
  readonly state: 'intended' | 'on' | 'off'
  /** a person decided that POWERON may be sent once more */
  readonly approved?: boolean
}

/** What the steps found out, kept for those that follow. */
export interface Memory {
  /** how this charger wants its frames (B-07) */
  readonly profile: BleProfile | null
  /** the last report of the ports, packed (U-17) */
  readonly packed: string | null
  readonly power: Readonly<Partial<Record<PortNumber, PortPower>>>
  /** the installer said that he came closer */
  readonly cameCloser: boolean
  /** this attempt is counted */
  readonly begun: boolean
}

/** One charger of a run, as it is stored. */
export interface Progress {
  readonly name: string
  readonly deviceCode: string
  readonly alias: string
  readonly state: DeviceState
  readonly reason: Reason | null
  readonly steps: readonly Step[]
  readonly memory: Memory
  /** dBm */
  readonly signal: readonly number[]
  /** charger minus desk, s: as it was read back after the clock was set */
  readonly clockSkewS: number | null
  readonly attempts: number
  readonly labelPrintedAt: number | null
}

export const FRESH_MEMORY: Memory = {
  profile: null,
  packed: null,
  power: {},
  cameCloser: false,
  begun: false,
}

/** A port's test lasts one minute (B-23). */
export const TEST_MINUTES = 1

/** A charger before anything was done; ports that are not tested have their steps left out from the start. */
export function freshProgress(
  device: { name: string; deviceCode: string; alias?: string | undefined },
  testPorts: readonly number[],
): Progress {
  const tested = (step: StepName) => {
    const port = portOf(step)
    return port === null || testPorts.includes(port)
  }
  return {
    name: device.name,
    deviceCode: device.deviceCode,
    alias: device.alias ?? '',
    state: 'waiting',
    reason: null,
    steps: PROVISIONING_STEPS.map((step) => ({ step, state: tested(step) ? 'waiting' : 'skipped' })),
    memory: FRESH_MEMORY,
    signal: [],
    clockSkewS: null,
    attempts: 0,
    labelPrintedAt: null,
  }
}

/** The port of a test's step, else null. */
export function portOf(step: StepName): PortNumber | null {
  const digit = /^test([1-4])\./.exec(step)?.[1]
  return PORTS.find((port) => String(port) === digit) ?? null
}

const settled = ({ state }: Step) => state === 'passed' || state === 'skipped'

/** The first step that is not verified; a label never holds a charger back, so it is none. */
export const openStep = ({ steps }: Pick<Progress, 'steps'>): Step | null =>
  steps.find((step) => step.step !== 'labelled' && !settled(step)) ?? null

/** Ports that this run may have left switched on. */
export const litPorts = ({ memory }: Pick<Progress, 'memory'>): PortNumber[] =>
  PORTS.filter((port) => ['intended', 'on'].includes(memory.power[port]?.state ?? 'off'))
