import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tender } from '#shared/contract/values.ts'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { formatNumber } from '../../app/format.ts'
import { Code, Money, State, Time } from '../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'
import { TENDERS } from '../recharge/remembered.ts'
import { sumOrNone } from './figures.ts'
import { KINDS, type Kind } from './count.ts'
import { useFace } from './use-face.ts'

type Part = { readonly report: ShiftReport }
type Taking = ShiftReport['tenders'][number]

const cashFirst = (a: { tender: Tender }, b: { tender: Tender }) =>
  TENDERS.indexOf(a.tender) - TENDERS.indexOf(b.tender)

/** Takings by tender, each for itself; what has no outcome yet stands apart. */
export function TenderTable({ report }: Part) {
  const { t } = useTranslation()
  if (report.tenders.length === 0) return <p className="sd-quiet">{t('shifts.report.none')}</p>
  return (
    <SheetTable
      columns={tenderColumns(t, report.tenders)}
      rows={report.tenders.toSorted(cashFirst)}
      rowKey={(row) => row.tender}
    />
  )
}

function tenderColumns(t: TFunction, all: readonly Taking[]): SheetColumn<Taking>[] {
  const sum = (key: 'count' | 'waiting') => all.reduce((total, row) => total + row[key], 0)
  const money = (key: 'amountFen' | 'waitingFen') => sumOrNone(all.map((row) => row[key]))
  return [
    {
      key: 'tender',
      title: t('shifts.report.tender'),
      names: true,
      cell: (row) => t(`recharge.tender.${row.tender}`),
      total: t('shifts.report.total'),
    },
    {
      key: 'count',
      title: t('shifts.report.count'),
      cell: (row) => formatNumber(row.count),
      total: formatNumber(sum('count')),
    },
    {
      key: 'amount',
      title: t('shifts.report.amount'),
      cell: (row) => <Money fen={row.amountFen} />,
      total: <Money fen={money('amountFen')} />,
    },
    {
      key: 'waiting',
      title: t('shifts.report.waiting'),
      cell: (row) => <Waiting of={row.waiting}>{formatNumber(row.waiting)}</Waiting>,
      total: <Waiting of={sum('waiting')}>{formatNumber(sum('waiting'))}</Waiting>,
    },
    {
      key: 'waitingAmount',
      title: t('shifts.report.waitingAmount'),
      cell: (row) => (
        <Waiting of={row.waiting}>
          <Money fen={row.waitingFen} />
        </Waiting>
      ),
      total: (
        <Waiting of={sum('waiting')}>
          <Money fen={money('waitingFen')} />
        </Waiting>
      ),
    },
  ]
}

const Waiting = ({ of, children }: { of: number; children: ReactNode }) => (
  <State tone={of > 0 ? 'attention' : 'neutral'}>{children}</State>
)

export function CountedTable({ report }: Part) {
  const { t } = useTranslation()
  const face = useFace()
  if (report.counted === null) return <p className="sd-quiet">{t('shifts.report.countNone')}</p>
  return <SheetTable columns={countColumns(t, face, report)} rows={KINDS} rowKey={(kind) => kind} />
}

const countColumns = (
  t: TFunction,
  face: (kind: Kind) => string,
  { counted, countedFen }: ShiftReport,
): SheetColumn<Kind>[] => [
  {
    key: 'face',
    title: t('shifts.count.face'),
    names: true,
    cell: face,
    total: t('shifts.count.total'),
  },
  { key: 'pieces', title: t('shifts.count.pieces'), cell: (kind) => formatNumber(counted?.[kind] ?? 0) },
  {
    key: 'sum',
    title: t('shifts.count.sum'),
    cell: (kind) => <Money fen={(counted?.[kind] ?? 0) * kind} />,
    total: <Money fen={countedFen} />,
  },
]

export function MovementTable({ report }: Part) {
  const { t } = useTranslation()
  if (report.movements.length === 0) return <p className="sd-quiet">{t('shifts.report.movementsNone')}</p>
  return <SheetTable columns={movementColumns(t)} rows={report.movements} rowKey={(row) => row.id} />
}

const movementColumns = (t: TFunction): SheetColumn<ShiftReport['movements'][number]>[] => [
  { key: 'at', title: t('shifts.report.at'), cell: (row) => <Time at={row.at} /> },
  {
    key: 'reason',
    title: t('shifts.report.reason'),
    align: 'left',
    wrap: true,
    cell: (row) => row.reason,
  },
  { key: 'by', title: t('shifts.report.by'), align: 'left', cell: (row) => row.operator },
  { key: 'amount', title: t('recharge.room.amount'), cell: (row) => <Money fen={row.amountFen} /> },
]

/** Sales that had no outcome at the close and what became of them: beside the closed figures, never in them. */
export function LateTable({ report }: Part) {
  const { t } = useTranslation()
  if (report.late.length === 0) return <p className="sd-quiet">{t('shifts.report.lateNone')}</p>
  return (
    <>
      <p className="sd-quiet">{t('shifts.report.lateHint')}</p>
      <SheetTable columns={lateColumns(t)} rows={report.late} rowKey={(row) => row.intentId} />
    </>
  )
}

const lateColumns = (t: TFunction): SheetColumn<ShiftReport['late'][number]>[] => [
  { key: 'orderNo', title: t('shifts.report.orderNo'), cell: (row) => <Code>{row.outTradeNo}</Code> },
  {
    key: 'tender',
    title: t('shifts.report.tender'),
    align: 'left',
    cell: (row) => t(`recharge.tender.${row.tender}`),
  },
  {
    key: 'stateAtClose',
    title: t('shifts.report.stateAtClose'),
    align: 'left',
    cell: (row) => t(`recharge.state.${row.stateAtClose}`),
  },
  {
    key: 'stateNow',
    title: t('shifts.report.stateNow'),
    align: 'left',
    cell: (row) => t(`recharge.state.${row.state}`),
  },
  { key: 'at', title: t('shifts.report.at'), cell: (row) => <Time at={row.at} /> },
  { key: 'amount', title: t('recharge.room.amount'), cell: (row) => <Money fen={row.amountFen} /> },
]
