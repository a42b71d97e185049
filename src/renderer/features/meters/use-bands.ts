import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { DAY, type ZoneOffset } from '#shared/time.ts'
import { useClient } from '../../api/client.ts'
import { readKey, useRead } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import type { BandRow } from './band-chart.ts'
import { bandDays } from './band-chart.ts'
import { bandMonths } from './band-months.ts'
import type { Beside } from './BandShares.tsx'
import { earlierSpan, shiftOf } from './compare.ts'
import { alignSpan, bucketsOf, runningBucket, type Span } from './spans.ts'
import type { MeterView } from './view-state.ts'

/** Bands are registers of whole days: hours have none. */
export const bandBucket = ({ bucket }: Pick<MeterView, 'bucket'>) => (bucket === 'month' ? 'month' : 'day')

/** A month needs the registers of the eve of its first day. */
const asked = (span: Span, bucket: 'day' | 'month'): Span =>
  bucket === 'month' ? { from: span.from - DAY, to: span.to } : span

/** The days or months of a span with what each band used. */
export function bandBuckets(
  rows: readonly BandRow[],
  span: Span,
  bucket: 'day' | 'month',
  { now, zone }: { readonly now: number; readonly zone: ZoneOffset },
) {
  const starts = bucketsOf(span, bucket, now, zone)
  if (bucket === 'day') return bandDays(rows, starts, zone)
  return bandMonths(rows, starts, runningBucket('month', now, zone), zone)
}

export function useBands(meter: MeterRow, view: MeterView) {
  const { zone } = useSite()
  const bucket = bandBucket(view)
  const span = asked(alignSpan(view.span, bucket, zone), bucket)
  return useRead('meters.bands', { meterId: meter.id, ...span, phases: false })
}

/** What the view lays beside the meter: an earlier span of it, or other meters over the same span. */
export function useBeside(meter: MeterRow, view: MeterView): readonly Beside[] {
  const { t } = useTranslation()
  const client = useClient()
  const site = useSite()
  const bucket = bandBucket(view)
  const { kind } = view.compare
  const wanted = kind === 'previous' || kind === 'lastYear'
  const shift = wanted ? shiftOf(kind, view.quick, view.span, bucket, site.zone) : { ms: 0 }
  const span = alignSpan(view.span, bucket, site.zone)
  const before = earlierSpan(view.span, shift, bucket, site.zone)
  const ids = view.compare.kind === 'meters' ? view.compare.ids.filter((id) => id !== meter.id) : []
  const targets = wanted ? [{ meterId: meter.id, of: before }] : ids.map((meterId) => ({ meterId, of: span }))
  const reads = useQueries({
    queries: targets.map(({ meterId, of }) => {
      const input = { meterId, ...asked(of, bucket), phases: false }
      return { queryKey: readKey('meters.bands', input), queryFn: () => client.call('meters.bands', input) }
    }),
  })
  const names = useQueries({
    queries: ids.map((meterId) => ({
      queryKey: readKey('meters.get', { meterId }),
      queryFn: () => client.call('meters.get', { meterId }),
    })),
  })
  const at = { now: site.now(), zone: site.zone }
  return targets.flatMap(({ meterId, of }, i) => {
    const rows = reads[i]?.data?.rows
    if (!rows) return []
    const name = wanted ? t(`meters.compareWith.${kind}`) : (names[i]?.data?.tableNo ?? meterId)
    return [{ key: meterId, name, rows: bandBuckets(rows, of, bucket, at).flatMap(({ row }) => row ?? []) }]
  })
}
