import { useEffect, useRef } from 'react'
import type { ProvisioningDevice } from '#shared/contract/provisioning.ts'

export type Tune = 'passed' | 'failed' | 'asking'

/** Hz and seconds: up for passed, down and low for failed, one short for a question. */
const TUNES: Readonly<Record<Tune, readonly (readonly [hz: number, s: number])[]>> = {
  passed: [
    [660, 0.12],
    [990, 0.18],
  ],
  failed: [
    [300, 0.2],
    [200, 0.35],
  ],
  asking: [[880, 0.1]],
}

/** What is to be heard of a change; one sound for all, the worst first. */
export function tuneOf(
  before: ReadonlyMap<string, string>,
  devices: readonly Pick<ProvisioningDevice, 'name' | 'state' | 'steps'>[],
): Tune | null {
  const now = devices.filter((device) => {
    const state = before.get(device.name)
    return state !== undefined && state !== stateOf(device)
  })
  return (
    (['failed', 'asking', 'passed'] as const).find((tune) => now.some(({ state }) => state === tune)) ?? null
  )
}

/** A charger that asks again asks about another step. */
export const stateOf = ({ state, steps }: Pick<ProvisioningDevice, 'state' | 'steps'>): string =>
  state === 'asking' ? `asking ${steps.find((step) => step.state === 'asking')?.step ?? ''}` : state

export const statesOf = (devices: readonly Pick<ProvisioningDevice, 'name' | 'state' | 'steps'>[]) =>
  new Map(devices.map((device) => [device.name, stateOf(device)]))

export function play(tune: Tune): void {
  const context = new AudioContext()
  let at = context.currentTime
  for (const [hz, seconds] of TUNES[tune]) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = hz
    volume.gain.setValueAtTime(0.2, at)
    volume.gain.exponentialRampToValueAtTime(0.001, at + seconds)
    tone.connect(volume).connect(context.destination)
    tone.start(at)
    at += seconds
    tone.stop(at)
  }
  setTimeout(() => void context.close(), 1500)
}

/** Heard only while it is switched on, and only what changes while one looks. */
export function useRunSound(devices: readonly ProvisioningDevice[], on: boolean): void {
  const before = useRef(statesOf(devices))
  useEffect(() => {
    const tune = tuneOf(before.current, devices)
    before.current = statesOf(devices)
    if (on && tune) play(tune)
  }, [devices, on])
}
