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
  figures(day: string, version: number, breathe: Breathe): Promise<Map<string, Figure>>
  changes(day: string, version: number, breathe: Breathe): Promise<Change[]>
  /** stores figures some at a time; they count for nothing until `add` names them. One day after the other. */
  keep(figures: readonly Figure[]): Promise<Kept>
  /** inside a commit */
  add(version: ReportVersion, kept: Kept): void
}

/** Figures that wait for their version. */
export interface Kept {
  readonly id: number
}
type Breathe = () => Promise<void> | undefined

/** Figures read, or written, in one turn of the event loop: well under 30 ms. */
const SLICE = 500

const VERSION = 'SELECT day, version, at, by, reason, meters, as_of AS asOf, changed FROM report_version'
const FIGURES = `
  SELECT f.meter, m.meter_id AS meterId, m.table_no AS tableNo, m.kind, m.place, m.house, m.user_name AS user,
    f.usage, f.state
  FROM report_figure f JOIN report_meter m ON m.id = f.meter
  WHERE f.version_id = ? AND f.meter > ? ORDER BY f.meter LIMIT ${SLICE}`
const FIELDS = ['meterId', 'tableNo', 'kind', 'place', 'house', 'user'] as const
const given = FIELDS.map((field) => `value ->> '${field}'`).join(', ')
const METER_FIELDS = 'meter_id, table_no, kind, place, house, user_name'
const ADD_METERS = `INSERT OR IGNORE INTO report_meter (${METER_FIELDS}) SELECT ${given} FROM json_each(?)`
const ADD_FIGURES = `
  INSERT INTO report_figure
  SELECT ?, (SELECT id FROM report_meter WHERE (${METER_FIELDS}) = (${given})), value ->> 'usage', value ->> 'state'
  FROM json_each(?)`
/** Of a program that ended before it closed the day. */
const REMOVE_LEFT = `
  DELETE FROM report_figure WHERE (version_id, meter) IN
    (SELECT version_id, meter FROM report_figure WHERE version_id > ? LIMIT ${SLICE})`

type StoredFigure = Figure & { readonly meter: number }

export function dayStore(db: SiteDatabase): DayStore {
  const newest = db.statement<ReportVersion>(`${VERSION} WHERE day = ? ORDER BY version DESC LIMIT 1`)
  const exactly = db.statement<ReportVersion>(`${VERSION} WHERE day = ? AND version = ?`)
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
    figures: (day, version, breathe) => standing(db, { day, upTo: version }, breathe),
    async changes(day, version, breathe) {
      if (version === 1) return []
      const before = await standing(db, { day, upTo: version - 1 }, breathe)
      const changes: Change[] = []
      for (const { id } of versionsOf(db, day).filter((one) => one.version === version))
        for await (const after of figuresOf(db, id, breathe))
          changes.push({ before: before.get(after.meterId) ?? null, after })
      return changes
    },
    keep: (figures) => keepFigures(db, figures),
    add({ day, version, at, by, reason, meters, asOf, changed }, { id }) {
      db.statement(
        `INSERT INTO report_version (id, day, version, at, by, reason, meters, as_of, changed)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(id, day, version, at, by, reason, meters, asOf, changed)
    },
  }
}

async function keepFigures(db: SiteDatabase, figures: readonly Figure[]): Promise<Kept> {
  const last =
    db.statement<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM report_version').get()?.id ?? 0
  const left = () => db.writeAlone(() => db.statement(REMOVE_LEFT).run(last).changes)
  while ((await left()) > 0) continue
  for (let at = 0; at < figures.length; at += SLICE) {
    const rows = JSON.stringify(figures.slice(at, at + SLICE))
    await db.writeAlone(() => {
      db.statement(ADD_METERS).run(rows)
      db.statement(ADD_FIGURES).run(last + 1, rows)
    })
  }
  return { id: last + 1 }
}

const versionsOf = (db: SiteDatabase, day: string) =>
  db
    .statement<{ id: number; version: number }>(
      'SELECT id, version FROM report_version WHERE day = ? ORDER BY version',
    )
    .all(day)

/** All figures of the first version of a day, of later ones only what changed. */
async function* figuresOf(db: SiteDatabase, id: number, breathe: Breathe): AsyncGenerator<Figure> {
  const page = db.statement<StoredFigure>(FIGURES)
  for (let after: number | undefined = -1; after !== undefined;) {
    const rows: StoredFigure[] = page.all(id, after)
    yield* rows
    await breathe()
    after = rows.length < SLICE ? undefined : rows.at(-1)?.meter
  }
}

async function standing(
  db: SiteDatabase,
  { day, upTo }: { day: string; upTo: number },
  breathe: Breathe,
): Promise<Map<string, Figure>> {
  const figures = new Map<string, Figure>()
  for (const { id } of versionsOf(db, day).filter(({ version }) => version <= upTo))
    for await (const figure of figuresOf(db, id, breathe)) {
      if (figure.state === ABSENT) figures.delete(figure.meterId)
      else figures.set(figure.meterId, figure)
    }
  return figures
}
