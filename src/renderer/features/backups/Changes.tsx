import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatNumber } from '../../app/format.ts'
import { Figure, Money, State, Time } from '../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'

type Change = Output<'backups.preview'>['changes'][number]

/** The table of a group whose rows and sums stand for it, and which sum. */
const SHOWN = {
  recharge_intent: { name: 'recharges', sum: 'amountFen' },
  refund: { name: 'refunds', sum: 'postedFen' },
  shift: { name: 'shifts', sum: 'countedFen' },
  receipt: { name: 'receipts', sum: null },
  order_info: { name: 'orders', sum: 'moneyFen' },
  pmoney_charge_info: { name: 'coins', sum: 'coins' },
  cashout_info: { name: 'cashouts', sum: 'moneyFen' },
  att_record: { name: 'attendance', sum: null },
  operator: { name: 'operators', sum: null },
  setting: { name: 'settings', sum: null },
  device_info: { name: 'chargers', sum: null },
  meter_decision: { name: 'meters', sum: null },
  audit: { name: 'audit', sum: null },
} as const
type Table = keyof typeof SHOWN

const isShown = (table: string): table is Table => Object.hasOwn(SHOWN, table)

/** What there is now, what the copy has, and what would be gone. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation()
  const rows = changes.filter(({ table }) => isShown(table))
  const columns: SheetColumn<Change>[] = [
    {
      key: 'what',
      title: t('backups.change.what'),
      names: true,
      cell: ({ table }) => (isShown(table) ? t(`backups.group.${SHOWN[table].name}`) : table),
    },
    { key: 'now', title: t('backups.change.now'), cell: rowsNow },
    { key: 'inCopy', title: t('backups.change.inCopy'), cell: rowsThen },
    { key: 'lost', title: t('backups.change.lost'), cell: lostOf },
    { key: 'sumNow', title: t('backups.change.sumNow'), cell: (row) => sumOf(row, row.sumsNow) },
    { key: 'sumThen', title: t('backups.change.sumThen'), cell: (row) => sumOf(row, row.sumsThen) },
    { key: 'newestNow', title: t('backups.change.newestNow'), cell: (row) => newest(row.newestNow) },
    { key: 'newestThen', title: t('backups.change.newestThen'), cell: (row) => newest(row.newestThen) },
  ]
  return (
    <div tabIndex={0} role="region" aria-label={t('backups.change.title')} style={{ overflowX: 'auto' }}>
      <SheetTable
        columns={columns}
        rows={rows}
        rowKey={(row) => row.table}
        caption={t('backups.change.title')}
      />
    </div>
  )
}

const rowsNow = (row: Change) => <Figure value={row.rowsNow} />
const rowsThen = (row: Change) => <Figure value={row.rowsThen} />

const lostOf = ({ lost }: Change) =>
  lost === 0 ? <Figure value={0} /> : <State tone="bad">−{formatNumber(lost)}</State>

function sumOf({ table }: Change, sums: Readonly<Record<string, number>>) {
  const key = isShown(table) ? SHOWN[table].sum : null
  if (key === null) return ''
  return key === 'coins' ? <Figure value={sums[key]} /> : <Money fen={sums[key]} />
}

const newest = (at: Change['newestNow']) =>
  typeof at === 'string' ? <span className="sd-figure">{at.slice(5, 16)}</span> : <Time at={at} />
