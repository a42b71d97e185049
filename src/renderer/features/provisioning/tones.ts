import type { ProvisioningDevice, RunHead } from '#shared/contract/provisioning.ts'
import type { Tone } from '../../ui/figures.tsx'

export const RUN_STATES = ['running', 'asking', 'paused', 'done', 'partial', 'failed', 'cancelled'] as const

export const RUN_TONES: Readonly<Record<RunHead['state'], Tone>> = {
  running: 'neutral',
  asking: 'attention',
  paused: 'attention',
  done: 'good',
  partial: 'attention',
  failed: 'bad',
  cancelled: 'neutral',
}

export const DEVICE_TONES: Readonly<Record<ProvisioningDevice['state'], Tone>> = {
  waiting: 'neutral',
  running: 'neutral',
  asking: 'attention',
  passed: 'good',
  failed: 'bad',
  skipped: 'neutral',
}

/** The order in which counts read: what is done first, then what is open. */
export const COUNTS = ['passed', 'failed', 'skipped', 'asking', 'running', 'waiting'] as const

const ENDED: readonly string[] = ['done', 'partial', 'failed', 'cancelled']
export const hasEnded = ({ state }: Pick<RunHead, 'state'>) => ENDED.includes(state)

export const totalOf = ({ counts }: Pick<RunHead, 'counts'>) =>
  COUNTS.reduce((sum, key) => sum + counts[key], 0)
