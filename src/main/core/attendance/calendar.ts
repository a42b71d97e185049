import { dayNumber, dayStartOf } from '#shared/time.ts'
import { partsOf, type Viewer } from './access.ts'
import type { Books, StoredRecord } from './books.ts'
import { isForgotten, isLate } from './gang.ts'
import { monthSpan } from './sheet.ts'
import { namesOf, statistics, type StatRow, type Sums } from './statistics.ts'

export interface CalendarRow extends Sums {
  readonly user: string
  readonly userName: string
  readonly day: number
  readonly forgotten: number
  readonly late: number
  readonly corrections: number
}

interface Loud extends StoredRecord {
  readonly correction: number
}

/** A month by worker and day: what counts, and what is loud (ends forgotten, requests and corrections that wait). */
export function monthCalendar(
  books: Books,
  viewer: Viewer,
  wanted: { projectId: string; user?: string | undefined; month: string },
) {
  const zone = books.zone()
  const { projectId, user } = wanted
  const { from, to } = monthSpan(wanted.month, zone)
  const found = statistics(books, viewer, { projectId, user, from, to, by: ['user', 'day'] })
  const names = namesOf(books, Number(projectId))
  const dayOf = (at: number) => dayStartOf(dayNumber(at, zone), zone)
  const loud = Map.groupBy(
    loudOf(books, viewer, { projectId, user }, { from: found.from, to }),
    ({ phone, checkInAt }) => `${phone} ${dayOf(checkInAt)}`,
  )
  const rows = found.rows.map((row) => rowOf(books, { row, names, loud, now: viewer.now }))
  return { from, to, rows, totals: found.totals, limited: found.limited }
}

function loudOf(
  books: Books,
  viewer: Viewer,
  wanted: { projectId: string; user?: string | undefined },
  { from, to }: { from: number; to: number },
): Loud[] {
  const [part] = partsOf(books, viewer, wanted)
  if (!part) return []
  const [projectId, user] = part
  return books.db
    .statement<Loud>(
      `SELECT r.*, EXISTS (SELECT 1 FROM att_correction c WHERE c.recordId = r.id AND c.state = 'pending') AS correction
       FROM att_record r WHERE r.projectId = ? AND r.checkInAt >= ? AND r.checkInAt < ? AND (? IS NULL OR r.phone = ?)
         AND (r.state IN ('pending', 'confirmed') OR correction)`,
    )
    .all(projectId, from, to, user, user)
}

function rowOf(
  books: Books,
  given: {
    row: StatRow
    names: ReadonlyMap<string, string>
    loud: ReadonlyMap<string, readonly Loud[]>
    now: number
  },
): CalendarRow {
  const { row, names, now } = given
  const { bucket, user, minutes, count, open, pending } = row
  const phone = user ?? ''
  const records = given.loud.get(`${phone} ${bucket ?? 0}`) ?? []
  return {
    minutes,
    count,
    open,
    pending,
    user: phone,
    userName: names.get(phone) ?? '',
    day: bucket ?? 0,
    forgotten: records.filter((record) => isForgotten(books, record, now)).length,
    late: records.filter((record) => isLate(books, record, now)).length,
    corrections: records.filter(({ correction }) => correction === 1).length,
  }
}
