import type { Output } from '#shared/contract/index.ts'
import { DAY, HOUR, SECOND, startOfDay, type ZoneOffset } from '#shared/time.ts'
import type { Clock } from '../ports.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { Usage, UsageMeter } from './usage.ts'
import { usageText } from './usage-rows.ts'
import { MEASURED, type UsageTable } from './usage-tables.ts'

type Summary = Omit<Output<'meters.summary'>, 'asOf'>
type Kind = 'electricity' | 'water' | 'unknown'
interface KindMeter extends UsageMeter {
  readonly kind: Kind
}

const SILENT_HOURS = 48
/** Whole days shown on today's page. */
const DAYS = 14

/** What hangs in a campus room and is in a meter system too is one meter; the platform never says when it was read. */
const COUNTS = `
  SELECT count(*) AS total, coalesce(sum(m.kind = 'electricity'), 0) AS electricity,
    coalesce(sum(m.kind = 'water'), 0) AS water, coalesce(sum(m.kind = 'unknown'), 0) AS unknown,
    coalesce(sum(m.online = 'offline'), 0) AS offline, coalesce(sum(m.gate = 'closed'), 0) AS gateClosed,
    coalesce(sum(m.source <> 'campus' AND (l.at IS NULL OR l.at < ?)), 0) AS silent
  FROM meter m LEFT JOIN latest l ON l.meter = m.id WHERE m.active = 1 AND (m.source <> 'campus' OR NOT EXISTS
    (SELECT 1 FROM meter o WHERE o.table_no = m.table_no AND o.source <> 'campus' AND o.active = 1))`

interface Parts {
  readonly db: HistoryDatabase
  readonly clock: Clock
  readonly usage: Usage
  zone(): ZoneOffset
  /** changes whenever meters or readings do */
  version(): number
}

/** Figures of today's page, computed again only when something changed or the day did. */
export function createSummary(parts: Parts): () => Promise<Summary> {
  const counts = parts.db.statement<Omit<Summary, 'days' | 'parked'>>(COUNTS)
  const parked = parts.db.statement<{ n: number }>('SELECT count(*) AS n FROM usage_event WHERE step IS NULL')
  const meters = parts.db.statement<KindMeter>(
    "SELECT id AS key, kind, '' AS id FROM meter WHERE active = 1 AND source <> 'campus'",
  )
  let kept: { key: string; days: Summary['days'] } | null = null
  return async () => {
    const now = parts.clock.now()
    const today = startOfDay(now, parts.zone())
    const key = `${today} ${parts.version()}`
    if (kept?.key !== key) {
      const starts = Array.from({ length: DAYS }, (_, i) => today - (DAYS - i) * DAY)
      const asked = meters.all()
      kept = { key, days: sumByKind(await parts.usage.days(asked, starts), asked, starts) }
    }
    const found = counts.get(Math.floor((now - SILENT_HOURS * HOUR) / SECOND))
    return { ...(found ?? NONE), parked: parked.get()?.n ?? 0, days: kept.days }
  }
}

const NONE = { total: 0, electricity: 0, water: 0, unknown: 0, offline: 0, silent: 0, gateClosed: 0 }

function sumByKind(
  table: UsageTable,
  meters: readonly KindMeter[],
  starts: readonly number[],
): Summary['days'] {
  return starts.map((day, bucket) => {
    const sum: Record<Kind, number | null> = { electricity: null, water: null, unknown: null }
    let measured = 0
    for (const [slot, { kind }] of meters.entries()) {
      const at = slot * table.buckets + bucket
      if (table.state[at] !== MEASURED) continue
      measured++
      sum[kind] = (sum[kind] ?? 0) + (table.usage[at] ?? 0)
    }
    return { day, electricity: textOf(sum.electricity), water: textOf(sum.water), measured }
  })
}

const textOf = (sum: number | null) => (sum === null ? null : usageText(sum))
