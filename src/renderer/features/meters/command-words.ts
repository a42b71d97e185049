import type { CommandState, MeterAction } from '#shared/contract/meter-commands.ts'

export const ACTIONS = ['close', 'open', 'read'] as const satisfies readonly MeterAction[]
export const STATES = [
  'waiting',
  'sent',
  'accepted',
  'unknown',
  'confirmed',
  'unconfirmed',
  'rejected',
  'notSent',
  'skipped',
] as const satisfies readonly CommandState[]
