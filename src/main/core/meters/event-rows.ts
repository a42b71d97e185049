import type { Checked, Output } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { MeterDecision, MeterEvent } from '#shared/contract/meter-decisions.ts'
import { formatDecimal, neededDigits } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { HistoryTables } from '../store/schema.ts'
import type { StoredDecision } from './decisions.ts'
import type { Effective } from './effective.ts'
import type { Located } from './locate.ts'
import { meterIdOf } from './rows.ts'
import type { Register } from './usage-tables.ts'

/** At least two decimals, as usage is shown. */
export const figure = (scaled: number) => formatDecimal(scaled, neededDigits(scaled, 2))
export const registerOf = ({ at, value }: Register) => ({ at: at * SECOND, value: figure(value) })

type StoredEvent = HistoryTables['usage_event'] &
  Pick<HistoryTables['meter'], 'source' | 'device_id' | 'table_no' | 'name' | 'place'> & {
    meter_kind: string
  }

const ROWS = `
  SELECT e.*, m.source, m.device_id, m.table_no, m.name, m.place, m.kind AS meter_kind
  FROM usage_event e JOIN meter m ON m.id = e.meter WHERE e.kind <> 'estimate'`

export type EventReader = ReturnType<typeof createEventReader>

/** Falls and jumps as they are shown. */
export function createEventReader(ctx: CoreContext, effective: Effective) {
  const { history } = ctx.store
  const inRange = history.statement<StoredEvent>(
    `${ROWS} AND e.meter = ? AND e.to_at > ? AND e.from_at < ? ORDER BY e.at`,
  )
  const show = (row: StoredEvent) => eventRow(row, effective)
  return {
    /** of one meter, those that lie, if only partly, in (from, to] */
    between: (meter: number, from: number, to: number) => inRange.all(meter, from, to).map(show),
    list(input: Checked<'meters.events'>, meter: number | undefined): Output<'meters.events'> {
      const where = [
        meter === undefined ? '' : 'AND e.meter = ?',
        input.kind === undefined ? '' : 'AND e.kind = ?',
        input.state === undefined ? '' : `AND e.step IS ${input.state === 'parked' ? '' : 'NOT '}NULL`,
        input.query ? "AND instr(lower(m.table_no || ' ' || m.name || ' ' || m.place), ?) > 0" : '',
      ].join(' ')
      const values = [
        ...(meter === undefined ? [] : [meter]),
        ...(input.kind === undefined ? [] : [input.kind]),
        ...(input.query ? [input.query.trim().toLowerCase()] : []),
      ]
      const total = history
        .statement<{ n: number }>(`SELECT count(*) AS n FROM (${ROWS} ${where})`)
        .get(...values)
      const rows = history
        .statement<StoredEvent>(`${ROWS} ${where} ORDER BY e.at DESC, e.meter LIMIT ? OFFSET ?`)
        .all(...values, input.limit ?? DEFAULT_LIMIT, input.offset ?? 0)
      return { total: total?.n ?? 0, rows: rows.map(show) }
    },
  }
}

function eventRow(row: StoredEvent, effective: Effective): MeterEvent & { step: string | null } {
  const [before] = effective.upTo(row.meter, row.at - 1, 1)
  return {
    meterId: meterIdOf(row.source, row.device_id),
    tableNo: row.table_no,
    name: row.name,
    place: row.place,
    meterKind: row.meter_kind as MeterEvent['meterKind'],
    kind: row.kind as MeterEvent['kind'],
    at: row.at * SECOND,
    value: figure(row.value),
    before: registerOf({ at: before?.at ?? row.from_at, value: row.before_value }),
    from: registerOf({ at: row.from_at, value: row.from_value }),
    to: registerOf({ at: row.to_at, value: row.to_value }),
    suspects: suspectsOf(row, effective),
    digits: row.digits,
    state: row.step === null ? 'parked' : 'decided',
    decisionId: row.decision,
    usage: row.step === null ? null : figure(Math.max(0, row.to_value - row.from_value + row.step)),
    step: row.step === null ? null : figure(row.step),
  }
}

/** Of a spike the readings before the fall, of a dip those from it on. */
function suspectsOf(
  { meter, kind, at, from_at: from, to_at: to }: StoredEvent,
  effective: Effective,
): number[] {
  const range = kind === 'spike' ? [from, at - 1] : kind === 'dip' ? [at - 1, to - 1] : [at - 1, at]
  return effective.between(meter, range[0] ?? 0, range[1] ?? 0).map(([second]) => second * SECOND)
}

export type DecisionReader = ReturnType<typeof createDecisionReader>

/** Decisions as they are shown. */
export function createDecisionReader({ store: { site, history } }: CoreContext) {
  const tableNo = history.statement<{ table_no: string }>(
    'SELECT table_no FROM meter WHERE source = ? AND device_id = ?',
  )
  const show = (row: StoredDecision): MeterDecision =>
    decisionRow(row, tableNo.get(row.source, row.device_id)?.table_no ?? row.device_id)
  const inRange = site.statement<StoredDecision>(
    `SELECT * FROM meter_decision WHERE source = ? AND device_id = ? AND at > ? AND at <= ?
       AND withdrawn_at IS NULL ORDER BY at, entered`,
  )
  return {
    between: ({ source, deviceId }: Located, from: number, to: number) =>
      inRange.all(source, deviceId, from, to).map(show),
    list(input: Checked<'meters.decisions'>, meter: Located | undefined): Output<'meters.decisions'> {
      const where = [
        meter ? 'source = ? AND device_id = ?' : 'TRUE',
        input.importId === undefined ? 'TRUE' : 'batch = ?',
      ].join(' AND ')
      const values = [
        ...(meter ? [meter.source, meter.deviceId] : []),
        ...(input.importId === undefined ? [] : [input.importId]),
      ]
      const from = `FROM meter_decision WHERE ${where}`
      const total = site.statement<{ n: number }>(`SELECT count(*) AS n ${from}`).get(...values)?.n ?? 0
      const rows = site
        .statement<StoredDecision>(`SELECT * ${from} ORDER BY entered DESC LIMIT ? OFFSET ?`)
        .all(...values, input.limit ?? DEFAULT_LIMIT, input.offset ?? 0)
      return { total, rows: rows.map(show) }
    },
  }
}

const registerText = (scaled: number | null, digits?: number) =>
  scaled === null ? null : digits === undefined ? figure(scaled) : formatDecimal(scaled, digits)

const decisionRow = (row: StoredDecision, tableNo: string): MeterDecision => ({
  id: row.id,
  meterId: meterIdOf(row.source, row.device_id),
  tableNo,
  at: row.at * SECOND,
  kind: row.kind as MeterDecision['kind'],
  origin: row.origin as MeterDecision['origin'],
  value: registerText(row.value, row.digits),
  estimated: row.estimated === 1,
  registerDigits: row.register_digits,
  oldLast: registerText(row.old_last),
  newFirst: registerText(row.new_first),
  original: row.original,
  reason: row.reason,
  by: row.by,
  createdAt: row.created_at,
  importId: row.batch,
  withdrawnAt: row.withdrawn_at,
  withdrawnBy: row.withdrawn_by,
  withdrawnReason: row.withdrawn_reason,
})
