import { sql } from 'kysely'
import type { Checked, Output } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { SiteDatabase } from '../store/store.ts'

/** Newest first. */
export function listExchanges(
  site: SiteDatabase,
  { name, runId, direction, text, offset = 0, limit = DEFAULT_LIMIT }: Checked<'chargers.exchanges'>,
): Output<'chargers.exchanges'> {
  const chosen = () => {
    let query = site.query.selectFrom('charger_exchange')
    if (name !== undefined) query = query.where('name', '=', name)
    if (runId !== undefined) query = query.where('run_id', '=', runId)
    if (direction !== undefined) query = query.where('direction', '=', direction)
    if (text !== undefined) query = query.where(sql<boolean>`instr(lower(text), ${text.toLowerCase()}) > 0`)
    return query
  }
  const total = site.get(chosen().select(({ fn }) => fn.countAll<number>().as('n')))?.n ?? 0
  const rows = site.all(
    chosen()
      .select(['at', 'name', 'run_id as runId', 'step', 'operator', 'direction', 'text'])
      .orderBy('id', 'desc')
      .limit(limit)
      .offset(offset),
  )
  return { total, rows }
}
