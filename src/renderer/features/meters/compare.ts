import { addMonths, DAY, formatDay, type Bucket, type ZoneOffset } from '#shared/time.ts'
import { alignSpan, type QuickSpan, type Span } from './spans.ts'

/** What a span is laid beside: the one before it, the same days a year ago, or other meters. */
export type Compare =
  | { readonly kind: 'none' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'lastYear' }
  | { readonly kind: 'meters'; readonly ids: readonly string[] }

/** More lines than colours that can be told apart would say nothing. */
export const MOST_COMPARED = 4

/** How far back the counterpart lies: whole months keep the calendar, days keep the length. */
export type Shift = { readonly months: number } | { readonly ms: number }

function monthsBetween(span: Span, zone: ZoneOffset): number {
  const index = (at: number) => {
    const [year, month] = formatDay(at, zone).split('-')
    return Number(year) * 12 + Number(month)
  }
  return index(span.to - 1) - index(span.from) + 1
}

export function shiftOf(
  kind: 'previous' | 'lastYear',
  quick: QuickSpan,
  span: Span,
  bucket: Bucket,
  zone: ZoneOffset,
): Shift {
  if (kind === 'lastYear' || quick === 'year' || quick === '12m') return { months: 12 }
  if (bucket === 'month') return { months: monthsBetween(span, zone) }
  if (quick === 'month' || quick === 'lastMonth') return { months: 1 }
  return { ms: span.to - span.from }
}

/**
 * The bucket that answers to this one in the earlier span; null where the calendar has none
 * (29 February a year earlier, 31 March a month earlier), so that no day is counted twice.
 */
export function counterpart(at: number, shift: Shift, zone: ZoneOffset): number | null {
  if ('ms' in shift) return at - shift.ms
  const back = addMonths(at, -shift.months, zone)
  return addMonths(back, shift.months, zone) === at ? back : null
}

/** The span to ask for so that every bucket of `span` finds its counterpart. */
export function earlierSpan(span: Span, shift: Shift, bucket: Bucket, zone: ZoneOffset): Span {
  const aligned = alignSpan(span, bucket, zone)
  if ('ms' in shift) return { from: aligned.from - shift.ms, to: aligned.to - shift.ms }
  const to = addMonths(aligned.to, -shift.months, zone)
  // a span up to the 30th, a month earlier, goes to the end of February, its last day included
  const cut = addMonths(to, shift.months, zone) !== aligned.to
  return { from: addMonths(aligned.from, -shift.months, zone), to: cut ? to + DAY : to }
}
