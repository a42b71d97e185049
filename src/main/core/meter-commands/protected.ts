import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import type { Call } from '../context.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { CommandParts } from './index.ts'

type Row = Output<'meters.protected'>['rows'][number]

/** Protected supply (保电): a short list that people keep, so it is looked through in memory. */
export function createProtected({ ctx, meters }: Pick<CommandParts, 'ctx' | 'meters'>) {
  const { site } = ctx.store
  const list = (): Row[] => rowsOf(site).map((row) => named(row, meters.row(row.meter_id)))
  return {
    has: (meterId: string): boolean =>
      site.get(
        site.query.selectFrom('protected_meter').select('meter_id').where('meter_id', '=', meterId),
      ) !== undefined,

    list(_call: Call, input: Checked<'meters.protected'>): Output<'meters.protected'> {
      const wanted = input.meterIds && new Set(input.meterIds)
      const word = input.query?.trim().toLowerCase() ?? ''
      const rows = list().filter(
        (row) =>
          (!wanted || wanted.has(row.meterId)) &&
          [row.tableNo, row.place, row.house, row.user, row.reason].join(' ').toLowerCase().includes(word),
      )
      const { offset = 0, limit = DEFAULT_LIMIT } = input
      return { total: rows.length, rows: rows.slice(offset, offset + limit) }
    },

    async set(call: Call, { meterId, reason, ...input }: Checked<'meters.protect'>) {
      const at = ctx.ports.clock.now()
      const by = call.operator?.name ?? ''
      await call.commit(() => {
        call.note({ target: meterId, after: { protected: input.protected, reason } })
        if (input.protected)
          site
            .statement(
              `INSERT INTO protected_meter (meter_id, reason, by, at) VALUES (?, ?, ?, ?)
               ON CONFLICT (meter_id) DO UPDATE SET reason = excluded.reason, by = excluded.by, at = excluded.at`,
            )
            .run(meterId, reason, by, at)
        else site.run(site.query.deleteFrom('protected_meter').where('meter_id', '=', meterId))
      })
      ctx.events.emit({ type: 'changed', area: 'meters', ids: [meterId] })
      return { ok: true as const }
    },
  }
}
export type Protected = ReturnType<typeof createProtected>

const rowsOf = (site: SiteDatabase) =>
  site.all(site.query.selectFrom('protected_meter').selectAll().orderBy('at', 'desc'))

const named = (
  row: ReturnType<typeof rowsOf>[number],
  meter: ReturnType<CommandParts['meters']['row']>,
): Row => ({
  meterId: row.meter_id,
  tableNo: meter?.tableNo ?? row.meter_id,
  place: meter?.place ?? '',
  house: meter?.house ?? '',
  user: meter?.user ?? '',
  reason: row.reason,
  by: row.by,
  at: row.at,
})
