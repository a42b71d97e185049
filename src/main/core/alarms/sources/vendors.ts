import { VENDOR_NAMES } from '#shared/alarm-words.ts'
import type { Output } from '#shared/contract/index.ts'
import { HOUR, SECOND } from '#shared/time.ts'
import type { Clock } from '../../ports.ts'
import type { HistoryDatabase } from '../../store/store.ts'
import type { AlarmSource, Fact } from '../types.ts'
import { inVain } from './in-vain.ts'

type SourceStatus = Output<'system.status'>['sources'][number]

const quiet = ({ state }: SourceStatus) => state === 'unconfigured'

/** Hours since a vendor's data were complete; where they never were, since they are asked for. */
export function syncStale(
  history: HistoryDatabase,
  clock: Clock,
  sources: () => readonly SourceStatus[],
  bySchedule: () => boolean,
): AlarmSource {
  const sinceInVain = inVain(history, clock)
  return {
    rule: 'syncStale',
    wakes: ['sync', 'system', 'settings'],
    pace: 'quick',
    async *facts(): AsyncGenerator<Fact> {
      // synced by hand only: nobody promised more
      const asked = bySchedule() ? sources().filter((source) => !quiet(source)) : []
      const never = asked.filter(({ lastCompleteAt }) => lastCompleteAt === null)
      const inVainSince = await sinceInVain(never.map(({ source }) => source))
      for (const { source, lastCompleteAt } of asked) {
        const since = lastCompleteAt ?? inVainSince[source] ?? clock.now()
        yield {
          subject: source,
          name: () => VENDOR_NAMES[source],
          value: Math.floor((clock.now() - since) / HOUR),
        }
      }
    },
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
              name: () => VENDOR_NAMES[source],
              value: Math.round(Math.abs(clockSkewMs) / SECOND),
            },
          ],
    ),
})
