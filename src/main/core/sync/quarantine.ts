import { DEFAULT_LIMIT, type Source } from '#shared/contract/define.ts'
import type { AreaHandlers } from '../context.ts'
import { maskPhone } from '../redact.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { BadRow } from '../upstream/types.ts'

/** A row is evidence, not cargo: the start of it is enough to see what is wrong. */
const RAW_CHARACTERS = 4000
/** Rows kept per source; the oldest go first. */
const KEPT = 5000

const INSERT = `INSERT INTO quarantine (source, dataset, at, reason, raw) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (source, dataset, reason, raw) DO NOTHING`
const TRIM = `DELETE FROM quarantine WHERE source = ? AND id <= (
  SELECT id FROM quarantine WHERE source = ? ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`

/** Keeps what could not be understood (F-23); only inside `history.write`. The same row twice is one row. */
export function quarantineRows(
  history: HistoryDatabase,
  from: { source: Source; dataset: string },
  bad: readonly BadRow[],
  at: number,
): void {
  if (bad.length === 0) return
  const insert = history.statement(INSERT)
  for (const { reason, raw } of bad)
    insert.run(from.source, from.dataset, at, reason, raw.slice(0, RAW_CHARACTERS))
  history.statement(TRIM).run(from.source, from.source)
}

export function listQuarantine(history: HistoryDatabase): AreaHandlers<'sync'>['sync.quarantine'] {
  return (_call, { source, offset = 0, limit = DEFAULT_LIMIT }) => {
    let query = history.query.selectFrom('quarantine')
    if (source) query = query.where('source', '=', source)
    const total = history.get(query.select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
    const rows = history.all(query.selectAll().orderBy('id', 'desc').limit(limit).offset(offset))
    return {
      total,
      rows: rows.map((row) => ({
        ...row,
        id: String(row.id),
        source: row.source as Source,
        raw: row.raw.replaceAll(PHONE_FIELD, (_, key: string, phone: string) => key + maskPhone(phone)),
      })),
    }
  }
}

/** Rows of the water system carry the phones of its accounts; other numbers are what one looks for. */
const PHONE_FIELD = /(phone\w*\\*"?\s*[:=]\s*\\*"?)(\+?\d(?:[\d -]*\d)?)/gi
