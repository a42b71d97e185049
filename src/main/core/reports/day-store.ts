import type { ReportVersion } from '#shared/contract/reports.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { SiteDatabase } from '../store/store.ts'

/** Not in this version any more; the other states are those of usage tables. */
export const ABSENT = 4

/** One meter's figure of one day, with what was known of the meter then. */
export interface Figure {
  readonly meterId: string
  readonly tableNo: string
  readonly kind: string
  readonly place: string
  readonly house: string
  readonly user: string
  /** 1/10 000; 0 where the state says that there is none */
  readonly usage: number
  readonly state: number
}

export interface Change {
  readonly before: Figure | null
  readonly after: Figure
}

interface Paging {
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** Closed days in site.db: versions are only ever added. */
export interface DayStore {
  /** the newest version of a day, or the one asked for; null where there is none */
  version(day: string, version?: number): ReportVersion | null
  versions(filter: Paging & { readonly day?: string | undefined }): { total: number; rows: ReportVersion[] }
  /** figures as they stood in a version, by the meter's public id */
  figures(day: string, version: number): ReadonlyMap<string, Figure>
  changes(day: string, version: number): Change[]
  /** inside a commit */
  add(version: ReportVersion, figures: readonly Figure[]): void
}

const VERSION = 'SELECT day, version, at, by, reason, meters, as_of AS asOf, changed FROM report_version'
const FIGURES = `
  SELECT v.version, m.meter_id AS meterId, m.table_no AS tableNo, m.kind, m.place, m.house, m.user_name AS user,
    f.usage, f.state
  FROM report_version v JOIN report_figure f ON f.version_id = v.id JOIN report_meter m ON m.id = f.meter
  WHERE v.day = ? AND v.version <= ? ORDER BY v.version, f.meter`
const FIELDS = ['meterId', 'tableNo', 'kind', 'place', 'house', 'user'] as const
const given = FIELDS.map((field) => `value ->> '${field}'`).join(', ')
const METER_FIELDS = 'meter_id, table_no, kind, place, house, user_name'
const ADD_METERS = `INSERT OR IGNORE INTO report_meter (${METER_FIELDS}) SELECT ${given} FROM json_each(?)`
const ADD_FIGURES = `
  INSERT INTO report_figure
  SELECT ?, (SELECT id FROM report_meter WHERE (${METER_FIELDS}) = (${given})), value ->> 'usage', value ->> 'state'
  FROM json_each(?)`

type StoredFigure = Figure & { readonly version: number }

export function dayStore(db: SiteDatabase): DayStore {
  const newest = db.statement<ReportVersion>(`${VERSION} WHERE day = ? ORDER BY version DESC LIMIT 1`)
  const exactly = db.statement<ReportVersion>(`${VERSION} WHERE day = ? AND version = ?`)
  const rowsOf = (day: string, version: number) => db.statement<StoredFigure>(FIGURES).all(day, version)
  return {
    version: (day, version) => (version === undefined ? newest.get(day) : exactly.get(day, version)) ?? null,
    versions({ day, offset = 0, limit = DEFAULT_LIMIT }) {
      const where = day === undefined ? '' : 'WHERE day = ?'
      const values = day === undefined ? [] : [day]
      const { n = 0 } =
        db.statement<{ n: number }>(`SELECT count(*) AS n FROM report_version ${where}`).get(...values) ?? {}
      const rows = db
        .statement<ReportVersion>(`${VERSION} ${where} ORDER BY id DESC LIMIT ? OFFSET ?`)
        .all(...values, limit, offset)
      return { total: n, rows }
    },
    figures: (day, version) => standing(rowsOf(day, version)),
    changes(day, version) {
      const rows = rowsOf(day, version)
      const before = standing(rows.filter((row) => row.version < version))
      if (version === 1) return []
      return rows
        .filter((row) => row.version === version)
        .map((after) => ({ before: before.get(after.meterId) ?? null, after }))
    },
    add(version, figures) {
      const { day, version: number, at, by, reason, meters, asOf, changed } = version
      const { lastInsertRowid } = db
        .statement(
          `INSERT INTO report_version (day, version, at, by, reason, meters, as_of, changed)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(day, number, at, by, reason, meters, asOf, changed)
      const rows = JSON.stringify(figures)
      db.statement(ADD_METERS).run(rows)
      db.statement(ADD_FIGURES).run(lastInsertRowid, rows)
    },
  }
}

function standing(rows: readonly StoredFigure[]): Map<string, Figure> {
  const figures = new Map<string, Figure>()
  for (const row of rows) {
    if (row.state === ABSENT) figures.delete(row.meterId)
    else figures.set(row.meterId, row)
  }
  return figures
}
