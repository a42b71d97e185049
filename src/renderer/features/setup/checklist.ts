import type { Output } from '#shared/contract/index.ts'

export const CHECKS = ['imr', 'campus', 'water', 'sync', 'people', 'bluetooth', 'lan', 'backups'] as const
export type Check = (typeof CHECKS)[number]

/** Where each is put right. */
export const CHECK_PATHS: Readonly<Record<Check, string>> = {
  imr: '/settings',
  campus: '/settings',
  water: '/settings',
  sync: '/sync',
  people: '/operators',
  bluetooth: '/settings',
  lan: '/lan',
  backups: '/backups',
}

interface Facts {
  readonly settings: Pick<Output<'settings.get'>, 'values'>
  readonly status: Pick<Output<'system.status'>, 'sources' | 'lan' | 'bluetooth'>
  readonly operators: number
}

/** What of the first hour is done, by what stands in the desk and not by what somebody ticked. */
export function checksOf({ settings, status, operators }: Facts): Readonly<Record<Check, boolean>> {
  const upstreams = settings.values.upstreams ?? {}
  return {
    imr: Boolean(upstreams.imr?.baseUrl),
    campus: Boolean(upstreams.campus?.baseUrl),
    water: Boolean(upstreams.water?.baseUrl),
    sync: status.sources.some(({ lastCompleteAt }) => lastCompleteAt !== null),
    people: operators > 1,
    bluetooth: status.bluetooth.state === 'ready',
    lan: status.lan.state === 'on',
    backups: Boolean(settings.values.backups?.second?.folder),
  }
}
