import { REPORTS, type ReportFilter, type ReportName } from '#shared/contract/reports.ts'
import { parseYuan } from '#shared/money.ts'
import { DAY, parseDateTime, type ZoneOffset } from '#shared/time.ts'
import type { FilterValues } from '../../ui/filters.ts'

/** What each report can be filtered by; the names stand in the URL. */
export const FILTER_KEYS = {
  usage: ['from', 'to', 'bucket', 'layout', 'kind', 'place', 'query'],
  places: ['from', 'to', 'bucket', 'kind', 'place'],
  regions: ['from', 'to', 'bucket', 'query'],
  top: ['from', 'to', 'most', 'kind', 'place', 'query'],
  unusual: ['from', 'to', 'what', 'factor', 'kind', 'place', 'query'],
  success: ['from', 'to', 'group', 'kind', 'place', 'query'],
  arrears: ['below', 'query'],
  waterArrears: ['query'],
  recharge: ['from', 'to', 'operator', 'tender'],
  day: ['day', 'version', 'kind', 'place', 'query'],
} as const satisfies Readonly<Record<ReportName, readonly string[]>>

export type FilterKey = (typeof FILTER_KEYS)[ReportName][number]

export const KINDS = ['electricity', 'water', 'unknown'] as const
export const BUCKETS = ['day', 'month'] as const
export const LAYOUTS = ['wide', 'long'] as const
export const GROUPS = ['meter', 'place'] as const
export const WHATS = ['zero', 'high', 'low'] as const
export const TENDERS = ['cash', 'card', 'transfer', 'wechat', 'alipay', 'other'] as const
export const MOSTS = [10, 20, 50, 100, 500] as const
export const FACTORS = [2, 3, 5, 10] as const

export const reportOf = (text: string | undefined): ReportName =>
  REPORTS.find((report) => report === text) ?? 'usage'

const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | undefined =>
  values.find((value) => value === text)

/** What the address asks for; what is no such value counts as not there. */
export function filterOf(report: ReportName, values: FilterValues, zone: ZoneOffset): ReportFilter {
  const keys: readonly string[] = FILTER_KEYS[report]
  const text = (key: FilterKey) => (keys.includes(key) ? values[key] : undefined)
  const day = (key: FilterKey) => {
    const found = text(key)
    return (found === undefined ? null : parseDateTime(found, zone)) ?? undefined
  }
  const whole = (key: FilterKey) => {
    const found = text(key)
    return found !== undefined && /^[1-9]\d{0,2}$/.test(found) ? Number(found) : undefined
  }
  const from = day('from')
  const last = day('to')
  const asked = {
    from,
    // the last day is included; one before the first is still being chosen
    to: last === undefined || (from !== undefined && last < from) ? undefined : last + DAY,
    bucket: oneOf(BUCKETS, text('bucket')),
    layout: oneOf(LAYOUTS, text('layout')),
    kind: oneOf(KINDS, text('kind')),
    place: text('place'),
    query: text('query'),
    group: oneOf(GROUPS, text('group')),
    most: whole('most'),
    factor: whole('factor'),
    what: oneOf(WHATS, text('what')),
    belowFen: parseYuan(text('below'))?.fen,
    operator: text('operator'),
    tender: oneOf(TENDERS, text('tender')),
    day: day('day') === undefined ? undefined : text('day'),
    version: whole('version'),
  }
  const set = Object.entries(asked).filter(([, value]) => value !== undefined)
  return { report, ...Object.fromEntries(set) }
}
