import type { TFunction } from 'i18next'
import type { CommandState, MeterAction } from '#shared/contract/meter-commands.ts'
import type { MeterRow } from '#shared/contract/meters.ts'

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

type Meters = readonly Pick<MeterRow, 'kind'>[]

/** The class that all of them are of, where what is done to them has words of its own. */
function soleKind([first, ...others]: Meters): 'electricity' | 'water' | null {
  if (first === undefined || first.kind === 'unknown') return null
  return others.every(({ kind }) => kind === first.kind) ? first.kind : null
}

/** What an action is called on these meters: a breaker trips, a valve shuts (I-09). */
export function actionText(t: TFunction, action: MeterAction, meters: Meters): string {
  const kind = soleKind(meters)
  return action === 'read' || kind === null
    ? t(`meterData.command.action.${action}`)
    : t(`meterData.command.actionOf.${kind}.${action}`)
}

/** What follows from it for who lives there. */
export function consequenceText(t: TFunction, action: MeterAction, meters: Meters): string {
  if (meters.length > 1) return t(`meterData.command.consequenceMany.${action}`)
  const kind = soleKind(meters)
  return action === 'read' || kind === null
    ? t(`meterData.command.consequence.${action}`)
    : t(`meterData.command.consequenceOf.${kind}.${action}`)
}
