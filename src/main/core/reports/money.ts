import { parseDecimal } from '#shared/decimal.ts'
import { usageText } from '../meters/index.ts'
import type { CashierSum } from '../recharge/index.ts'
import { column, tableOf, type Builder, type Cells } from './parts.ts'
import { spanOf } from './span.ts'

/** Rooms at or below a bound, by the last balances that the platform told of; the deepest debt first. */
export const arrearsReport: Builder = async ({ rooms }, { belowFen = 0, query }) => {
  const found = await rooms.low({ belowFen, query, limit: Number.MAX_SAFE_INTEGER })
  const owed = (fen: number | null) => Math.max(0, -(fen ?? 0))
  return tableOf('arrears', {
    asOf: found.asOf,
    columns: [
      column('room', 'text'),
      column('balance', 'money'),
      column('owed', 'money'),
      column('balanceAt', 'time'),
      column('toldAt', 'time'),
      column('toldBy', 'text'),
    ],
    rows: found.rows.map(({ path, balanceFen, balanceAt, lastTold }) => [
      path.join(' / '),
      balanceFen,
      owed(balanceFen),
      balanceAt,
      lastTold?.at ?? null,
      lastTold?.operator ?? null,
    ]),
    total: [
      null,
      found.rows.reduce((sum, { balanceFen }) => sum + (balanceFen ?? 0), 0),
      found.rows.reduce((sum, { balanceFen }) => sum + owed(balanceFen), 0),
      null,
      null,
      null,
    ],
  })
}

/** At least two decimals, as money is read. */
function yuan(text: string | null): string | null {
  const value = parseDecimal(text)
  return value?.exact ? usageText(value.scaled) : text
}

/** Accounts of the water system that owe, the most first; amounts as it sends them. */
export const waterArrearsReport: Builder = ({ water }, { query }) => {
  const found = water.arrears({ query, limit: Number.MAX_SAFE_INTEGER })
  const owed = found.rows.reduce((sum, row) => sum + (parseDecimal(row.arrears_balance)?.scaled ?? 0), 0)
  return tableOf('waterArrears', {
    asOf: found.asOf,
    columns: [
      column('account', 'text'),
      column('user', 'text'),
      column('rooms', 'text'),
      column('waterMeters', 'text'),
      column('owedYuan', 'decimal'),
      column('balanceYuan', 'decimal'),
      column('billedAt', 'time'),
    ],
    rows: found.rows.map((row) => [
      row.user_code,
      row.username,
      row.rooms.map(({ path }) => path.join(' / ')).join('; '),
      row.devices.map(({ device_code }) => device_code).join('; '),
      yuan(row.arrears_balance),
      yuan(row.account_balance),
      row.last_billing_date,
    ]),
    total: [null, null, null, null, usageText(owed), null, null],
  })
}

type Figures = Omit<CashierSum, 'operator' | 'tender'>

/** What each cashier took by each tender, what was paid back, what is left; a sum under each cashier. */
export const rechargeReport: Builder = ({ ctx, ledger, zone }, filter) => {
  const span = spanOf({ ...filter, bucket: 'day' }, ctx.ports.clock.now(), zone())
  const sums = ledger
    .cashiersOf(span.from, span.to)
    .filter(
      ({ operator, tender }) =>
        (filter.operator === undefined || filter.operator === operator) &&
        (filter.tender === undefined || filter.tender === tender),
    )
  const rows: Cells[] = []
  const subtotals: number[] = []
  for (const [operator, own] of Map.groupBy(sums, (sum) => sum.operator)) {
    for (const sum of own) rows.push([operator, sum.tender, ...cellsOf(sum)])
    subtotals.push(rows.length)
    rows.push([operator, null, ...cellsOf(added(own))])
  }
  return tableOf('recharge', {
    ...span,
    columns: [
      column('cashier', 'text'),
      column('tender', 'word'),
      column('sales', 'integer'),
      column('salesFen', 'money'),
      column('refunds', 'integer'),
      column('refundsFen', 'money'),
      column('netFen', 'money'),
      column('waiting', 'integer'),
      column('waitingFen', 'money'),
    ],
    rows,
    subtotals,
    total: [null, null, ...cellsOf(added(sums))],
    asOf: ctx.ports.clock.now(),
  })
}

const cellsOf = (sum: Figures): Cells => [
  sum.count,
  sum.amountFen,
  sum.refunds,
  sum.refundsFen,
  sum.amountFen - sum.refundsFen,
  sum.waiting,
  sum.waitingFen,
]

const added = (sums: readonly Figures[]): Figures => {
  const sum = (key: keyof Figures) => sums.reduce((all, one) => all + one[key], 0)
  return {
    count: sum('count'),
    amountFen: sum('amountFen'),
    waiting: sum('waiting'),
    waitingFen: sum('waitingFen'),
    refunds: sum('refunds'),
    refundsFen: sum('refundsFen'),
  }
}
