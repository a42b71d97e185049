import type { CommandState, MeterAction, MeterCommandRow } from '#shared/contract/meter-commands.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import type { Selectable } from 'kysely'
import type { SiteDatabase } from '../store/store.ts'
import type { SiteTables } from '../store/schema.ts'

export type Command = Selectable<SiteTables['meter_command']>
type Change = Partial<Omit<Command, 'ordinal' | 'id'>>

/** Sent, and not known to have come to an end. */
const WATCHED = ['accepted', 'unknown'] as const satisfies readonly CommandState[]

/** The log of commands. What changes it runs inside `site.write`. */
export function commandStore(site: SiteDatabase) {
  const { query } = site
  return {
    insert: (row: Omit<Command, 'ordinal'>) => void site.run(query.insertInto('meter_command').values(row)),
    change: (id: string, change: Change) =>
      void site.run(query.updateTable('meter_command').set(change).where('id', '=', id)),
    get: (id: string): Command | null =>
      site.get(query.selectFrom('meter_command').selectAll().where('id', '=', id)) ?? null,
    inState: (...states: CommandState[]): Command[] =>
      site.all(query.selectFrom('meter_command').selectAll().where('state', 'in', states).orderBy('ordinal')),
    watched(): Command[] {
      return this.inState(...WATCHED)
    },
    ofBatch: (batchId: string, state: CommandState): Command[] =>
      site.all(
        query
          .selectFrom('meter_command')
          .selectAll()
          .where('batch_id', '=', batchId)
          .where('state', '=', state)
          .orderBy('ordinal'),
      ),
    /** commands of a meter that have not ended */
    openOf: (meterId: string): Command[] =>
      site.all(
        query
          .selectFrom('meter_command')
          .selectAll()
          .where('meter_id', '=', meterId)
          .where('ended_at', 'is', null),
      ),
    hasBatch: (batchId: string): boolean =>
      site.get(query.selectFrom('meter_command').select('id').where('batch_id', '=', batchId).limit(1)) !==
      undefined,
    page: (input: Checked<'meters.commands'>) => page(site, input),
  }
}
export type CommandStore = ReturnType<typeof commandStore>

function page(site: SiteDatabase, input: Checked<'meters.commands'>): Output<'meters.commands'> {
  let query = site.query.selectFrom('meter_command')
  if (input.meterId !== undefined) query = query.where('meter_id', '=', input.meterId)
  if (input.batchId !== undefined) query = query.where('batch_id', '=', input.batchId)
  if (input.action !== undefined) query = query.where('action', '=', input.action)
  if (input.state !== undefined) query = query.where('state', '=', input.state)
  if (input.from !== undefined) query = query.where('requested_at', '>=', input.from)
  if (input.to !== undefined) query = query.where('requested_at', '<', input.to)
  const words = input.query?.trim().split(/\s+/).filter(Boolean) ?? []
  for (const word of words) {
    const like = `%${word.replace(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where(({ or, eb }) =>
      or(
        (['table_no', 'place', 'house', 'user_name', 'requested_by'] as const).map((column) =>
          eb(column, 'like', like),
        ),
      ),
    )
  }
  const total = site.get(query.select(({ fn }) => fn.countAll<number>().as('n')))?.n ?? 0
  const rows = site.all(
    query
      .selectAll()
      .orderBy('ordinal', 'desc')
      .limit(input.limit ?? DEFAULT_LIMIT)
      .offset(input.offset ?? 0),
  )
  return { total, rows: rows.map(shown) }
}

export const shown = (row: Command): MeterCommandRow => ({
  id: row.id,
  batchId: row.batch_id,
  meterId: row.meter_id,
  tableNo: row.table_no,
  place: row.place,
  house: row.house,
  user: row.user_name,
  action: row.action as MeterAction,
  state: row.state as CommandState,
  requestedBy: row.requested_by,
  confirmedBy: row.confirmed_by,
  requestedAt: row.requested_at,
  sentAt: row.sent_at,
  acceptedAt: row.accepted_at,
  endedAt: row.ended_at,
  gateBefore: row.gate_before,
  gateNow: row.gate_now,
  readAtBefore: row.read_at_before,
  readAtNow: row.read_at_now,
  error:
    row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? row.error_code },
})
