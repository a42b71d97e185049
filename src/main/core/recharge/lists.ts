import type { Checked, Output } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { sql } from 'kysely'
import type { AreaHandlers } from '../context.ts'
import type { SiteDatabase } from '../store/store.ts'
import { eventsOf, intentRows } from './rows.ts'

export function detailOf(site: SiteDatabase, id: string): Output<'recharge.get'> {
  const stored = site.all(site.query.selectFrom('recharge_intent').selectAll().where('id', '=', id))
  const [row] = intentRows(site, stored)
  if (!row) throw notFound('recharge', id)
  return { ...row, events: eventsOf(site, id) }
}

/** Who sees only his own sales is told so of another's. */
export function requireOwn(own: string | undefined, operator: string): void {
  if (own === undefined || own === operator) return
  throw new SitedeskError('ROLE_REQUIRED', 'This is the sale of somebody else.', { reason: 'own', operator })
}

type Filter = Checked<'recharge.list'>

const likeText = (text: string) => `%${text.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`

/** SQL of the filter; room paths are matched as they were at the sale. */
function filtered(site: SiteDatabase, filter: Filter) {
  let query = site.query.selectFrom('recharge_intent as i')
  if (filter.state) query = query.where('i.state', 'in', filter.state)
  if (filter.roomId !== undefined) query = query.where('i.room_id', '=', filter.roomId)
  if (filter.operator !== undefined) query = query.where('i.operator', '=', filter.operator)
  if (filter.shiftId !== undefined) query = query.where('i.shift_id', '=', filter.shiftId)
  if (filter.batchId !== undefined) query = query.where('i.batch_id', '=', filter.batchId)
  if (filter.tender !== undefined) query = query.where('i.tender', '=', filter.tender)
  if (filter.from !== undefined) query = query.where('i.created_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('i.created_at', '<', filter.to)
  if (filter.needsPerson)
    query = query.where(
      sql<boolean>`(i.state = 'DISPUTED' OR (i.state = 'UNKNOWN' AND i.next_check_at IS NULL))`,
    )
  const text = filter.query?.trim()
  if (text) {
    const like = likeText(text)
    // the path is a JSON list: its names are found across their borders too
    query = query.where(
      sql<boolean>`(i.out_trade_no LIKE ${like} ESCAPE '\\' OR replace(i.room_path, '","', '') LIKE ${like} ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM receipt r WHERE r.intent_id = i.id AND r.number LIKE ${like} ESCAPE '\\'))`,
    )
  }
  return query
}

export function listHandlers(
  site: SiteDatabase,
): Pick<AreaHandlers<'recharge'>, 'recharge.get' | 'recharge.list'> {
  return {
    'recharge.get'({ own }, { id }) {
      const sale = detailOf(site, id)
      requireOwn(own, sale.operator)
      return sale
    },
    'recharge.list'({ own }, filter) {
      const all = filtered(site, filter)
      const query = own === undefined ? all : all.where('i.operator', '=', own)
      const sums = site.get(
        query.select([
          sql<number>`count(*)`.as('total'),
          sql<number>`coalesce(sum(CASE WHEN i.state = 'APPLIED' THEN i.amount_fen ELSE 0 END), 0)`.as(
            'appliedFen',
          ),
        ]),
      )
      const rows = site.all(
        query
          .selectAll('i')
          .orderBy('i.created_at', 'desc')
          .orderBy('i.id', 'desc')
          .limit(filter.limit ?? DEFAULT_LIMIT)
          .offset(filter.offset ?? 0),
      )
      return { total: sums?.total ?? 0, appliedFen: sums?.appliedFen ?? 0, rows: intentRows(site, rows) }
    },
  }
}
