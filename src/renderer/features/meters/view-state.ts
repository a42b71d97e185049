import type { Bucket, ZoneOffset } from '#shared/time.ts'
import { MOST_COMPARED, type Compare } from './compare.ts'
import {
  bucketAllowed,
  customSpan,
  defaultBucket,
  QUICK_SPANS,
  quickSpan,
  type QuickSpan,
  type Span,
} from './spans.ts'

export const TABS = [
  'usage',
  'readings',
  'decisions',
  'bands',
  'power',
  'consumption',
  'images',
  'commands',
] as const
export type Tab = (typeof TABS)[number]

/** Everything one meter's page shows, as its URL says it: a copied link shows the same. */
export interface MeterView {
  readonly tab: Tab
  readonly quick: QuickSpan
  readonly span: Span
  readonly bucket: Bucket
  readonly compare: Compare
}

const BUCKETS: readonly Bucket[] = ['hour', 'day', 'month']

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | undefined =>
  all.find((candidate) => candidate === text)

function parseCompare(params: URLSearchParams): Compare {
  const ids = params.getAll('with').slice(0, MOST_COMPARED)
  if (ids.length > 0) return { kind: 'meters', ids: [...new Set(ids)] }
  const kind = oneOf(['previous', 'lastYear'] as const, params.get('compare'))
  return kind ? { kind } : { kind: 'none' }
}

/** Reads the URL; anything it does not understand falls back to the last 31 days by day. */
export function parseView(params: URLSearchParams, now: number, zone: ZoneOffset): MeterView {
  const asked = oneOf(QUICK_SPANS, params.get('span')) ?? '31d'
  const custom =
    asked === 'custom' ? customSpan(params.get('from') ?? '', params.get('last') ?? '', zone) : null
  const quick = asked === 'custom' && custom === null ? '31d' : asked
  const span = quick === 'custom' ? (custom ?? quickSpan('31d', now, zone)) : quickSpan(quick, now, zone)
  const bucket = oneOf(BUCKETS, params.get('bucket'))
  return {
    tab: oneOf(TABS, params.get('tab')) ?? 'usage',
    quick,
    span,
    bucket: bucket && bucketAllowed(bucket, span) ? bucket : defaultBucket(span),
    compare: parseCompare(params),
  }
}

/** Changes to the URL: null takes a key away, an array repeats it. */
export type ViewChange = Readonly<Record<string, string | readonly string[] | null>>

export function applyChange(params: URLSearchParams, change: ViewChange): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [key, value] of Object.entries(change)) {
    next.delete(key)
    if (value === null) continue
    for (const item of typeof value === 'string' ? [value] : value) next.append(key, item)
  }
  return next
}

export const spanChange = (quick: QuickSpan, days?: { first: string; last: string }): ViewChange => ({
  span: quick,
  from: quick === 'custom' ? (days?.first ?? null) : null,
  last: quick === 'custom' ? (days?.last ?? null) : null,
})

export function compareChange(compare: Compare): ViewChange {
  if (compare.kind === 'meters') return { compare: null, with: [...compare.ids] }
  return { compare: compare.kind === 'none' ? null : compare.kind, with: null }
}
