import type { Output } from '#shared/contract/index.ts'
import { HOUR, SECOND } from '#shared/time.ts'
import type { Clock } from '../../ports.ts'
import type { AlarmSource } from '../types.ts'

type SourceStatus = Output<'system.status'>['sources'][number]

const quiet = ({ state }: SourceStatus) => state === 'unconfigured'

/** Hours since a vendor's data were complete; where they never were, since the program started. */
export function syncStale(
  clock: Clock,
  sources: () => readonly SourceStatus[],
  bySchedule: () => boolean,
): AlarmSource {
  const startedAt = clock.now()
  return {
    rule: 'syncStale',
    wakes: ['sync', 'system', 'settings'],
    pace: 'quick',
    // synced by hand only: nobody promised more
    facts: () =>
      !bySchedule()
        ? []
        : sources()
            .filter((source) => !quiet(source))
            .map(({ source, lastCompleteAt }) => ({
              subject: source,
              name: () => NAMES[source],
              value: Math.floor((clock.now() - (lastCompleteAt ?? startedAt)) / HOUR),
            })),
  }
}

/** Seconds between our clock and a vendor's, whichever is ahead (F-25). */
export const clockSkew = (sources: () => readonly SourceStatus[]): AlarmSource => ({
  rule: 'clockSkew',
  wakes: ['system', 'sync'],
  pace: 'quick',
  facts: () =>
    sources().flatMap(({ source, clockSkewMs }) =>
      clockSkewMs === null
        ? []
        : [
            {
              subject: source,
              name: () => NAMES[source],
              value: Math.round(Math.abs(clockSkewMs) / SECOND),
            },
          ],
    ),
})

/** As the product calls them, whatever the language. */
const NAMES: Readonly<Record<SourceStatus['source'], string>> = {
  imr: 'IMR',
  campus: 'Campus',
  water: 'Water',
}
