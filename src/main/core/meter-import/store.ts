import type { Checked } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { ImportKind, MeterImportRow } from '#shared/contract/meter-import.ts'
import { notFound } from '#shared/errors.ts'
import type { SiteTables } from '../store/schema.ts'
import type { SiteDatabase } from '../store/store.ts'

type Stored = SiteTables['meter_import']

/** Imports in site.db; a dry run leaves none. */
export interface ImportStore {
  /** inside `site.write`, with the first rows */
  add(row: { id: string; kind: ImportKind; fileName: string; by: string | null; at: number }): void
  /** inside `site.write`: so many rows more were taken */
  count(id: string, rows: number, changed: number): void
  get(id: string): MeterImportRow
  page(input: Checked<'meters.imports'>): { total: number; rows: MeterImportRow[] }
  /** inside `site.write` */
  withdraw(id: string, said: { at: number; by: string | null; reason: string }): void
  /** how much of what it brought still stands */
  standing(id: string): number
  /** withdrawn, while some of what they brought still stands */
  unfinished(): MeterImportRow[]
}

const rowOf = (one: Stored): MeterImportRow => ({
  id: one.id,
  kind: one.kind as ImportKind,
  fileName: one.file_name,
  at: one.at,
  by: one.by,
  rows: one.rows,
  changed: one.changed,
  withdrawnAt: one.withdrawn_at,
  withdrawnBy: one.withdrawn_by,
  withdrawnReason: one.withdrawn_reason,
})

export function importStore(site: SiteDatabase): ImportStore {
  const insert = site.statement(
    'INSERT INTO meter_import (id, kind, file_name, rows, changed, by, at) VALUES (?, ?, ?, 0, 0, ?, ?)',
  )
  const count = site.statement('UPDATE meter_import SET rows = rows + ?, changed = changed + ? WHERE id = ?')
  const find = site.statement<Stored>('SELECT * FROM meter_import WHERE id = ?')
  const mark = site.statement(
    'UPDATE meter_import SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ? WHERE id = ?',
  )
  const standing = site.statement<{ n: number }>(
    `SELECT (SELECT count(*) FROM meter_decision WHERE batch = ? AND withdrawn_at IS NULL)
      + (SELECT count(*) FROM meter_attribute_change WHERE import = ? AND undone = 0) AS n`,
  )
  const unfinished = site.statement<Stored>(
    `SELECT * FROM meter_import i WHERE withdrawn_at IS NOT NULL AND (
       EXISTS (SELECT 1 FROM meter_decision d WHERE d.batch = i.id AND d.withdrawn_at IS NULL)
       OR EXISTS (SELECT 1 FROM meter_attribute_change c WHERE c.import = i.id AND c.undone = 0))`,
  )
  return {
    add: ({ id, kind, fileName, by, at }) => void insert.run(id, kind, fileName, by, at),
    count: (id, rows, changed) => void count.run(rows, changed, id),
    get(id) {
      const found = find.get(id)
      if (!found) throw notFound('import', id)
      return rowOf(found)
    },
    page: (input) => pageOf(site, input),
    withdraw: (id, { at, by, reason }) => void mark.run(at, by, reason, id),
    standing: (id) => standing.get(id, id)?.n ?? 0,
    unfinished: () => unfinished.all().map(rowOf),
  }
}

function pageOf(site: SiteDatabase, input: Checked<'meters.imports'>) {
  const { kind, state, query = '', offset = 0, limit = DEFAULT_LIMIT } = input
  let found = site.query.selectFrom('meter_import')
  if (kind) found = found.where('kind', '=', kind)
  if (state) found = found.where('withdrawn_at', state === 'valid' ? 'is' : 'is not', null)
  const words = query.trim()
  if (words !== '')
    found = found.where((e) =>
      e.or([
        e(e.fn<number>('instr', ['file_name', e.val(words)]), '>', 0),
        e(e.fn<number>('instr', ['by', e.val(words)]), '>', 0),
      ]),
    )
  const total = site.get(found.select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
  const rows = site.all(found.selectAll().orderBy('at', 'desc').orderBy('id').limit(limit).offset(offset))
  return { total, rows: rows.map(rowOf) }
}
