import type { RetentionKind } from '#shared/retention.ts'
import type { CoreContext } from '../context.ts'
import type { SqlValue } from '../ports.ts'

/** Kinds whose rows go one by one; readings are thinned (meters/thin.ts). */
export type RowKind = Exclude<RetentionKind, 'readings'>

/** Rows that are looked at in one turn: well under 30 ms with all their deletions. */
const SLICE = 500

interface RowRule {
  readonly file: 'site' | 'history'
  readonly table: string
  readonly key: readonly string[]
  /** when a row came to its end, epoch ms */
  readonly at: string
  /** which rows may go at all */
  readonly may: string
  /** rows of other tables that go first: their column for the key */
  readonly first?: { readonly table: string; readonly column: string }
}

const RULES: Readonly<Record<RowKind, RowRule>> = {
  // only what was exchanged for another value; the full text of a long decimal belongs to its reading
  conflicts: {
    file: 'history',
    table: 'reading_note',
    key: ['meter', 'at', 'kind', 'text'],
    at: 'seen_at',
    may: "kind = 'conflict'",
  },
  quarantine: { file: 'history', table: 'quarantine', key: ['id'], at: 'at', may: 'TRUE' },
  // a day of reconciliation names its job
  jobs: {
    file: 'site',
    table: 'job',
    key: ['id'],
    at: 'ended_at',
    may: `ended_at IS NOT NULL AND id NOT IN (SELECT job_id FROM reconciliation_day WHERE job_id IS NOT NULL)`,
  },
  deliveries: {
    file: 'site',
    table: 'alarm_delivery',
    key: ['id'],
    at: 'coalesce(tried_at, made_at)',
    may: "state <> 'waiting'",
  },
  // a digest goes after the alarms that it stands for
  alarms: {
    file: 'site',
    table: 'alarm',
    key: ['id'],
    at: 'cleared_at',
    may: `state = 'cleared' AND holds = 0 AND cleared_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM alarm m WHERE m.digest_id = alarm.id)`,
    first: { table: 'alarm_event', column: 'alarm_id' },
  },
  // a run that is not over is still being proven
  exchanges: {
    file: 'site',
    table: 'charger_exchange',
    key: ['id'],
    at: 'at',
    may: `(run_id IS NULL OR run_id NOT IN
      (SELECT id FROM provisioning_run WHERE state IN ('running', 'paused')))`,
  },
  // the vendor's rows as sent: their registers stay in `reading`. What it says of money and of jobs has no rule
  waterReadings: {
    file: 'history',
    table: 'water_record',
    key: ['dataset', 'key'],
    at: 'at',
    may: "dataset = 'readings'",
  },
  // seconds, as IMR counts
  bands: { file: 'history', table: 'band', key: ['meter', 'at'], at: 'at * 1000', may: 'TRUE' },
  phases: { file: 'history', table: 'phase', key: ['meter', 'at'], at: 'at * 1000', may: 'TRUE' },
  consumption: {
    file: 'history',
    table: 'consumption',
    key: ['meter', 'daily', 'at'],
    at: 'at * 1000',
    may: 'TRUE',
  },
}

export type RowCursor = readonly SqlValue[]
export interface Walked {
  /** where to go on; null: at the end */
  readonly next: RowCursor | null
  readonly rows: number
  readonly goes: number
  readonly oldest: number | null
}

export interface RowWalk {
  readonly file: 'site' | 'history'
  readonly table: string
  /** counts the next rows, and which of them go; changes nothing */
  look(cursor: RowCursor | null, before: number): Walked
  /** inside a write of the file: takes those away */
  take(cursor: RowCursor | null, before: number): Walked
}

/** Goes through the rows of a kind by their key, some at a time, however many there are. */
export function createRowWalk(ctx: CoreContext, kind: RowKind): RowWalk {
  const { file, table, key, at, may, first } = RULES[kind]
  const db = ctx.store[file].sql
  const keys = key.join(', ')
  const marks = key.map(() => '?').join(', ')
  const page = (where: string) =>
    `SELECT ${keys}, ${at}, coalesce(${at} < ? AND ${may}, 0) FROM ${table} ${where} ORDER BY ${keys} LIMIT ${SLICE}`
  const begin = db.statement(page(''))
  const further = db.statement(page(`WHERE (${keys}) > (${marks})`))
  const remove = db.statement(`DELETE FROM ${table} WHERE (${keys}) = (${marks})`)
  const removeFirst = first && db.statement(`DELETE FROM ${first.table} WHERE ${first.column} = ?`)
  const walk = (cursor: RowCursor | null, before: number, each: (key: RowCursor) => void): Walked => {
    const rows = cursor ? further.arrays(before, ...cursor) : begin.arrays(before)
    let goes = 0
    let oldest: number | null = null
    for (const row of rows) {
      const [when, old] = row.slice(key.length)
      if (typeof when === 'number') oldest = Math.min(oldest ?? when, when)
      if (old !== 1) continue
      goes++
      each(row.slice(0, key.length))
    }
    const last = rows.at(-1)?.slice(0, key.length)
    return { next: last && rows.length === SLICE ? last : null, rows: rows.length, goes, oldest }
  }
  return {
    file,
    table,
    look: (cursor, before) => walk(cursor, before, () => undefined),
    take: (cursor, before) =>
      walk(cursor, before, (row) => {
        if (row[0] !== undefined) removeFirst?.run(row[0])
        remove.run(...row)
      }),
  }
}
