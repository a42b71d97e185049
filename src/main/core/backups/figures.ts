import { INTENT_STATES } from '#shared/intent-states.ts'
import type { SqlDatabase } from '../ports.ts'

/** What of the desk a table belongs to, as the restore wizard shows it: `backups.group.<group>`. */
export const GROUPS = [
  'recharges',
  'shifts',
  'receipts',
  'orders',
  'coins',
  'cashouts',
  'attendance',
  'operators',
  'settings',
  'chargers',
  'meters',
  'audit',
] as const
export type Group = (typeof GROUPS)[number]

/** Rows and sums of one table at one moment. */
export interface Figure {
  readonly group: Group
  readonly table: string
  readonly rows: number
  /** money in fen, coins in pieces; by name */
  readonly sums: Readonly<Record<string, number>>
  /** when its newest row was made: epoch ms, or text in the zone of the site; null: no row, or no time */
  readonly newest: number | string | null
}

interface Measured {
  readonly group: Group
  readonly table: string
  readonly newest?: string
  /** name → SQL expression over all rows */
  readonly sums?: Readonly<Record<string, string>>
}

const sum = (column: string) => `coalesce(sum(${column}), 0)`
const sumWhere = (column: string, condition: string) =>
  `coalesce(sum(CASE WHEN ${condition} THEN ${column} ELSE 0 END), 0)`

const byState = Object.fromEntries(
  INTENT_STATES.map((state) => [state, sumWhere('amount_fen', `state = '${state}'`)]),
)

/** Every table that holds money or what people decided; the order in which they are shown. */
const MEASURED: readonly Measured[] = [
  {
    group: 'recharges',
    table: 'recharge_intent',
    newest: 'created_at',
    sums: { amountFen: sum('amount_fen'), ...byState },
  },
  { group: 'recharges', table: 'recharge_event', newest: 'at' },
  { group: 'recharges', table: 'recharge_batch', newest: 'created_at' },
  { group: 'recharges', table: 'recharge_batch_row', sums: { amountFen: sum('amount_fen') } },
  {
    group: 'recharges',
    table: 'refund',
    newest: 'requested_at',
    sums: {
      postedFen: `coalesce(sum((SELECT amount_fen FROM recharge_intent i WHERE i.id = intent_id AND refund.state = 'posted')), 0)`,
    },
  },
  {
    group: 'shifts',
    table: 'shift',
    newest: 'opened_at',
    sums: {
      floatFen: sum('cash_float_fen'),
      expectedFen: sum('expected_fen'),
      countedFen: sum('counted_fen'),
      differenceFen: sum('difference_fen'),
    },
  },
  { group: 'shifts', table: 'shift_movement', newest: 'at', sums: { amountFen: sum('amount_fen') } },
  { group: 'receipts', table: 'receipt', newest: 'made_at' },
  {
    group: 'orders',
    table: 'order_info',
    newest: 'orderTime',
    sums: { moneyFen: sum('money'), cashFen: sum('cash'), coins: sum('pmoney') },
  },
  {
    group: 'orders',
    table: 'order_pay_info',
    newest: 'createTime',
    sums: { paidFen: sumWhere('cash', 'state = 1'), coins: sumWhere('pmoney', 'state = 1') },
  },
  { group: 'orders', table: 'order_refund_task', newest: 'raisedAt', sums: { amountFen: sum('amountFen') } },
  { group: 'coins', table: 'pmoney_charge_info', newest: 'payTime', sums: { coins: sum('pmoney') } },
  { group: 'coins', table: 'pmoney_gift_info', newest: 'giftTime', sums: { coins: sum('pmoney') } },
  { group: 'coins', table: 'user_info', newest: 'setupTime', sums: { coins: sum('pmoney') } },
  {
    group: 'cashouts',
    table: 'cashout_info',
    newest: 'cashOutTime',
    sums: { moneyFen: sum('money'), cashFen: sum('cash'), serviceFen: sum('service') },
  },
  { group: 'attendance', table: 'att_project' },
  { group: 'attendance', table: 'att_member' },
  { group: 'attendance', table: 'att_record' },
  { group: 'attendance', table: 'att_correction', newest: 'createdAt' },
  { group: 'attendance', table: 'att_fact', newest: 'at' },
  { group: 'operators', table: 'operator', newest: 'created_at' },
  { group: 'settings', table: 'setting', newest: 'changed_at' },
  { group: 'settings', table: 'secret', newest: 'changed_at' },
  { group: 'chargers', table: 'device_info', newest: 'updateTime' },
  { group: 'chargers', table: 'provisioning_run', newest: 'created_at' },
  { group: 'meters', table: 'meter_decision', newest: 'created_at' },
  { group: 'meters', table: 'meter_command', newest: 'requested_at' },
  { group: 'meters', table: 'report_version', newest: 'at' },
  { group: 'audit', table: 'audit', newest: 'at' },
]

/** Rows and sums of every measured table that this schema has; read in one moment if the caller holds a transaction. */
export function figuresOf(db: SqlDatabase): Figure[] {
  const there = new Set(
    db
      .statement<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => name),
  )
  return MEASURED.filter(({ table }) => there.has(table)).map((one) => figureOf(db, one))
}

function figureOf(db: SqlDatabase, { group, table, newest, sums = {} }: Measured): Figure {
  const names = Object.keys(sums)
  const columns = [
    'count(*)',
    newest === undefined ? 'NULL' : `max(${newest})`,
    ...names.map((name) => sums[name]),
  ]
  const [row = []] = db.statement(`SELECT ${columns.join(', ')} FROM "${table}"`).arrays()
  const [rows, at, ...values] = row
  return {
    group,
    table,
    rows: Number(rows),
    sums: Object.fromEntries(names.map((name, i) => [name, Number(values[i])])),
    newest: typeof at === 'number' || typeof at === 'string' ? at : null,
  }
}

/** Tables whose sums are money: they must come out of a restore exactly as the copy had them. */
const MONEY: ReadonlySet<Group> = new Set(['recharges', 'shifts', 'orders', 'coins', 'cashouts'])

export const isMoney = ({ group }: Pick<Figure, 'group'>) => MONEY.has(group)

/** Tables of money that differ between two moments; empty: proven equal. */
export function moneyDifferences(one: readonly Figure[], other: readonly Figure[]): string[] {
  const text = (figure: Figure | undefined) => JSON.stringify([figure?.rows, figure?.sums])
  const of = (figures: readonly Figure[], table: string) => figures.find((figure) => figure.table === table)
  const tables = new Set([...one, ...other].filter(isMoney).map(({ table }) => table))
  return [...tables].filter((table) => text(of(one, table)) !== text(of(other, table)))
}
