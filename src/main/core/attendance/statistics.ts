import { addMonths, DAY, dayNumber, dayStartOf, MINUTE, startOfMonth, type ZoneOffset } from '#shared/time.ts'
import { clamp, partsOf, type Viewer } from './access.ts'
import { FUTURE_BY, type Books } from './books.ts'

/** Worked time, added up (A-23): closed shifts with their applied corrections, each on the day it began. */

export const TIME_UNITS = ['day', 'week', 'month'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]
export type Dimension = 'project' | 'user' | TimeUnit

export interface Sums {
  /** of closed shifts */
  readonly minutes: number
  readonly count: number
  /** shifts that have not ended, and requests nobody answered: counted apart */
  readonly open: number
  readonly pending: number
}

export interface StatRow extends Sums {
  readonly projectId: number | null
  readonly user: string | null
  /** epoch ms of the start of the day, week (Monday) or month in the zone */
  readonly bucket: number | null
}

export interface Statistics {
  readonly rows: readonly StatRow[]
  readonly totals: Sums
  /** R-62 */
  readonly limited: boolean
  /** where it begins after the clamp, epoch ms */
  readonly from: number
}

export interface StatFilter {
  readonly projectId?: string | undefined
  readonly user?: string | undefined
  /** epoch ms of the check-in; `to` exclusive */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** one unit of time at most */
  readonly by: readonly Dimension[]
}

/** 1970-01-01 was a Thursday: three days more make a week begin on Monday. */
const THURSDAY = 3

export const startOfWeek = (at: number, zone: ZoneOffset): number => {
  const day = dayNumber(at, zone) + THURSDAY
  return dayStartOf(Math.floor(day / 7) * 7 - THURSDAY, zone)
}

/** Spans of which each is one group: months have no fixed length. Other units are found by arithmetic. */
function edges(from: number, to: number, unit: TimeUnit | undefined, zone: ZoneOffset): [number, number][] {
  if (unit !== 'month') return [[from, to]]
  const months: [number, number][] = []
  for (let start = startOfMonth(from, zone); start < to; start = addMonths(start, 1, zone))
    months.push([start, addMonths(start, 1, zone)])
  return months
}

/** Integer arithmetic of SQLite; check-ins lie after 1970. */
function bucketSql(unit: TimeUnit | undefined, zone: ZoneOffset): string {
  const day = `(r.checkInAt + ${zone}) / ${DAY}`
  if (unit === 'day') return `${day} * ${DAY} - ${zone}`
  if (unit === 'week') return `((${day} + ${THURSDAY}) / 7 * 7 - ${THURSDAY}) * ${DAY} - ${zone}`
  return unit === 'month' ? 'b.value ->> 0' : 'NULL'
}

export function statistics(books: Books, viewer: Viewer, filter: StatFilter): Statistics {
  const parts = partsOf(books, viewer, filter)
  const clamped = clamp(books, viewer, filter)
  // nothing begins later than now
  const to = Math.min(clamped.to, viewer.now + FUTURE_BY + 1)
  const { from, limited } = clamped
  const zone = books.zone()
  const unit = unitOf(filter.by)
  const rows = books.db
    .statement<StatRow>(statisticsSql(filter.by, zone))
    .all(JSON.stringify(parts), JSON.stringify(edges(from, to, unit, zone)), from, to)
  return { rows, totals: rows.reduce(add, NONE), limited, from }
}

const unitOf = (by: readonly Dimension[]) => TIME_UNITS.find((one) => by.includes(one))

/** Projects and spans are walked one by one, each along its part of the index, and nothing else is read. */
export function statisticsSql(by: readonly Dimension[], zone: ZoneOffset): string {
  const unit = unitOf(by)
  const byProject = by.includes('project')
  const byUser = by.includes('user')
  // numbers of the columns: time first, then project, then worker
  const groups = [...(unit ? ['1'] : []), ...(byProject ? ['2'] : []), ...(byUser ? ['3'] : [])].join(', ')
  return `SELECT ${bucketSql(unit, zone)} AS bucket, ${byProject ? 'r.projectId' : 'NULL'} AS projectId,
      ${byUser ? 'r.phone' : 'NULL'} AS user, ${SUMS}
    FROM json_each(?) s CROSS JOIN json_each(?) b CROSS JOIN att_record r INDEXED BY att_record_counted
    WHERE r.projectId = s.value ->> 0 AND (s.value ->> 1 IS NULL OR r.phone = s.value ->> 1)
      AND r.state IN ('pending', 'confirmed', 'closed')
      AND r.checkInAt >= max(?, b.value ->> 0) AND r.checkInAt < min(?, b.value ->> 1)
    ${groups === '' ? 'HAVING count(*) > 0' : `GROUP BY ${groups} ORDER BY ${groups}`}`
}

/** The minutes are those of the column, told from what the index holds. */
const SUMS = `coalesce(sum((r.checkOutAt - r.checkInAt) / ${MINUTE}), 0) AS minutes, sum(r.state = 'closed') AS count,
  sum(r.state = 'confirmed') AS open, sum(r.state = 'pending') AS pending`

export const NONE: Sums = { minutes: 0, count: 0, open: 0, pending: 0 }

export const add = (sum: Sums, row: Sums): Sums => ({
  minutes: sum.minutes + row.minutes,
  count: sum.count + row.count,
  open: sum.open + row.open,
  pending: sum.pending + row.pending,
})

/** Names as the keepers wrote them, the newest of a phone; of one project or of all. */
export function namesOf({ db }: Books, projectId?: number): Map<string, string> {
  const rows = db
    .statement<{ phone: string; name: string }>(
      `SELECT phone, name FROM att_member WHERE ? IS NULL OR projectId = ? ORDER BY id`,
    )
    .all(projectId ?? null, projectId ?? null)
  return new Map(rows.map(({ phone, name }) => [phone, name]))
}

export function projectNames({ db }: Books): Map<number, string> {
  const rows = db.statement<{ id: number; name: string }>('SELECT id, name FROM att_project').all()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
